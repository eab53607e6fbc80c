import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Contender, interleave } from "../../bench/harness/mod.ts";
import { runFfmpeg, runProgram } from "../../bench/measure/mod.ts";
import { isMeasured } from "../../bench/types.ts";
import { rigFor, type TestRig } from "./rig.ts";

let rig: TestRig;
beforeAll(async () => {
  rig = await rigFor();
});
afterAll(() => rig.remove());
const { signal } = new AbortController();

/** Contenders that note their turns, and notice when two run at once. */
function crowd() {
  const order: string[] = [];
  let inside = 0;
  const member =
    (name: string, act: (round: number) => void = () => undefined): Contender<string> =>
    async ({ round }) => {
      inside += 1;
      order.push(inside > 1 ? `${name}!` : name);
      await sleep(2);
      inside -= 1;
      act(round);
      return name;
    };
  return { order, member };
}

test("interleave() mirrors the order in every other round, and never runs two at once", async () => {
  const { order, member } = crowd();
  const { entries, cut } = await interleave(
    { a: member("A"), b: member("B"), c: member("C") },
    { rounds: 3, warmups: 1, signal },
  );
  expect(order.join("")).toBe("ABCCBAABCCBA");
  // The warm-up is not kept, and samples stay in the order they ran.
  expect(entries.map(({ name, round }) => `${name}${round}`).join(" ")).toBe("c0 b0 a0 a1 b1 c1 c2 b2 a2");
  expect(cut).toBeUndefined();
});

test("interleave() loses one round of one contender when it fails once", async () => {
  const { order, member } = crowd();
  const died = (at: number) => (round: number) => {
    if (round === at) throw new Error("the encoder died");
  };
  const { entries, failures } = await interleave(
    { a: member("A"), b: member("B", died(1)) },
    { rounds: 4, warmups: 0, signal },
  );
  expect(order.join("")).toBe("ABBAABBA");
  expect(failures).toEqual([{ name: "b", round: 1, reason: "the encoder died" }]);
  expect(entries.filter(({ name }) => name === "b").map(({ round }) => round)).toEqual([0, 2, 3]);
  expect(entries.filter(({ name }) => name === "a")).toHaveLength(4);
});

test("interleave() gives up on one that fails three times in a row, and goes on with the others", async () => {
  const { order, member } = crowd();
  const broken = member("B", () => {
    throw new Error("never works");
  });
  const { entries, failures } = await interleave({ a: member("A"), b: broken }, { rounds: 5, warmups: 0, signal });
  expect(failures).toHaveLength(3);
  expect(entries).toHaveLength(5);
  expect(order.join("")).toBe("ABBAABAA");
});

test("interleave() begins no round once its budget is spent, and says so", async () => {
  const { member } = crowd();
  const { entries, cut } = await interleave(
    { a: member("A"), b: member("B") },
    { rounds: 10_000, warmups: 0, budgetSec: 0.05, signal },
  );
  expect(cut).toBe("budget");
  expect(entries.length).toBeGreaterThanOrEqual(2);
  expect(entries.length % 2).toBe(0);
  expect(entries.length).toBeLessThan(1000);
});

test("interleave() ends with all it has when it is cancelled, and the process group goes with it", async () => {
  const stop = new AbortController();
  const pidFile = join(rig.scratch, "pid");
  const hang = async () => {
    // A wrapper whose child would live on if only the wrapper were ended.
    const script = `sh -c 'echo $$ > "${pidFile}"; exec sleep 60' & wait`;
    return runProgram({ program: "/bin/sh", args: ["-c", script], signal: stop.signal }, rig);
  };
  const begun = performance.now();
  const ledger = interleave<unknown>(
    { fine: async () => "seen", hang },
    { rounds: 5, warmups: 0, signal: stop.signal },
  );
  const pid = await untilWritten(pidFile);
  stop.abort();
  const { entries, cut } = await ledger;
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(cut).toBe("cancelled");
  expect(entries.map(({ name }) => name)).toEqual(["fine"]);
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});

test("runFfmpeg() tells wall, CPU, memory, bytes, frames and how busy the machine was", async () => {
  const output = join(rig.scratch, "out.mkv");
  const source = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=2"];
  const args = ["-hide_banner", "-nostdin", "-y", "-v", "repeat+level+info", "-nostats", "-benchmark"];
  const seen = await runFfmpeg({ args: [...args, ...source, "-c:v", "mpeg4", output], output, accel: false }, rig);
  expect(seen).toMatchObject({ frames: 50, gpu: { notMeasured: "it runs on the processor" } });
  expect(seen.bytes).toBeGreaterThan(1000);
  for (const value of [seen.cpuSec, seen.peakBytes]) expect(isMeasured(value) && value > 0).toBe(true);
  if (process.platform === "linux") expect(isMeasured(seen.noise.load)).toBe(true);
});

test("runFfmpeg() fails with the line that says why", async () => {
  const args = [
    "-hide_banner",
    "-v",
    "repeat+level+info",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=d=1",
    "-c:v",
    "no_such",
    "-f",
    "null",
    "-",
  ];
  await expect(runFfmpeg({ args, accel: false }, rig)).rejects.toMatchObject({ code: "ENCODER_MISSING" });
});

test("runProgram() counts the CPU time of every process below it", async () => {
  const burn = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
  const { cpuSec } = await runProgram({ program: "/bin/sh", args: ["-c", `sh -c '${burn}'; sh -c '${burn}'`] }, rig);
  expect(isMeasured(cpuSec) && cpuSec > 0.05).toBe(true);
});

async function untilWritten(file: string): Promise<number> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (/^\d+\n/.test(text)) return Number(text);
    await sleep(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
