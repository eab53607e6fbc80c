import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type BenchResult, isMeasured } from "../../bench/types.ts";
import { faultsOf } from "../../bench/quality/mod.ts";
import type { Survey } from "../../core/types.ts";
import { makeProject, type Project, root } from "../support/project.ts";
import { dying, grey, twin } from "./strangers.ts";

// Dozens of encodes, and scores of each, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  for (const [name, text] of Object.entries({ twin, grey, dying })) await project.write(`${name}/mod.mjs`, text);
});
afterAll(() => project.remove());

const small = ["--clip", "talk", "--codec", "h264", "--size", "160x90"];
const use = (...names: readonly string[]) => names.flatMap((name) => ["--use", `./${name}/mod.mjs`]);

async function bench(...args: readonly string[]): Promise<BenchResult> {
  const { exitCode, stdout, stderr } = await project.vendue(["bench", "run", ...args, "--json"]);
  expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout) as BenchResult;
}

test("bench run --quick measures every backend that is ready against the cpu, and names the others with their reason", async () => {
  const result = await bench("--quick", ...small, "--rounds", "2", ...use("twin", "grey", "dying"));
  const caseOf = (backend: string) => result.cases.find((one) => one.backend === backend);
  const [cpu, other, flat, broken] = ["cpu", "twin", "grey", "dying"].map(caseOf);
  expect(other).toMatchObject({ reference: cpu?.id, device: "board", chain: "full", clip: "talk", failures: [] });
  expect(other?.samples.map(({ round }) => round)).toEqual([0, 1]);
  for (const sample of other?.samples ?? []) {
    expect(sample).toMatchObject({ side: "candidate", length: "long", frames: 60 });
    expect(isMeasured(sample.cpuSec) && sample.cpuSec > 0).toBe(true);
    expect(sample.bytes).toBeGreaterThan(500);
  }
  expect(other?.deterministic).toBe(true);
  // Nothing of where files lie.
  expect(other?.args).toContain("file:<clip>");
  expect(JSON.stringify(result)).not.toContain(project.folder);

  // A grey backend is fast and small, and caught.
  const scores = [flat, cpu].map((one) => (one && isMeasured(one.scores) ? one.scores : undefined));
  expect(scores[0] && faultsOf(scores[0], scores[1]).map(({ fault }) => fault)).toEqual(
    expect.arrayContaining(["flat", "chroma"]),
  );
  // What never works costs nobody else a sample.
  expect(broken?.samples).toEqual([]);
  expect(broken?.failures.length).toBeGreaterThan(0);

  const { stdout } = await project.vendue(["doctor", "--json"]);
  const survey = JSON.parse(stdout) as Survey;
  const absent = survey.backends.flatMap(({ name, probe }) =>
    probe.state === "absent" ? [{ backend: name, reason: probe.reason }] : [],
  );
  expect(result.absent).toEqual(expect.arrayContaining(absent));

  // It stays where the judging commands look for it.
  const last = JSON.parse(await readFile(project.path(".state", "bench", "last.json"), "utf8")) as { run: string };
  const kept = JSON.parse(
    await readFile(project.path(".state", "bench", "runs", `${last.run}.json`), "utf8"),
  ) as unknown;
  expect(kept).toEqual(result);
});

test("bench run times reading, scaling and the whole way apart, and the auction learns the pace", async () => {
  await project.write(
    "p.yaml",
    `version: 1\nname: p\nbackends: [cpu]\ninputs: { a: a.mkv }\nstages:\n  - { id: out, export: { output: out.mp4, audio: none } }\n`,
  );
  const args = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:d=2", "-c:v", "ffv1", project.path("a.mkv")];
  const { ffmpeg } = await import("../support/ffmpeg.ts");
  await ffmpeg(args);
  const before = await project.vendue(["plan", "p.yaml"]);
  expect(before.stdout).toMatch(/cpu \* .*x claimed/);

  // A pace is the difference of two times: with three rounds one late start does not hide it.
  const result = await bench(...small, "--backend", "cpu", "--rounds", "3");
  expect(result.cases.map(({ clip, chain }) => `${clip} ${chain}`)).toEqual([
    ...["talk full", "talk-h264 decode", "talk-h264 scale", "talk-h264 full"],
  ]);
  const [whole, decode, scale, chain] = result.cases;
  const lengths = whole?.samples.map(({ length, frames }) => `${length} ${frames}`);
  expect(lengths).toEqual(Array(3).fill(["short 30", "long 120"]).flat());
  expect([decode, scale, chain].map((one) => one?.samples[0]?.frames)).toEqual([120, 120, 120]);
  expect([decode, scale].map((one) => one?.samples[0]?.bytes)).toEqual([0, 0]);
  expect(result.run.quick).toBe(false);

  const after = await project.vendue(["plan", "p.yaml"]);
  expect(after.stdout).toMatch(/cpu \* .*x measured/);
});

test("bench run shows a table: numbers, what was not measured, and no verdict", async () => {
  const { stdout, stderr, exitCode } = await project.vendue([
    ...["bench", "run", "--quick", ...small, "--rounds", "1", ...use("twin")],
  ]);
  expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^twin:board +libx264 +talk +full +\d+ fps/m);
  expect(stdout).toMatch(/^not measured {2}nvenc: .+/m);
  expect(stdout).toContain("no verdict");
});

test("bench refuses what it does not know, with what there is", async () => {
  const clip = await project.vendue(["bench", "run", "--clip", "nonsense"]);
  expect([clip.exitCode, clip.stderr]).toEqual([2, expect.stringContaining("talk, sport, grain")]);
  const codec = await project.vendue(["bench", "run", "--codec", "mpeg2"]);
  expect([codec.exitCode, codec.stderr]).toEqual([2, expect.stringContaining("h264, hevc, av1, vp9")]);
});

test("bench has every command that its pages name, and its pages name every command", async () => {
  const { stdout } = await project.vendue(["bench", "--help"]);
  const known = [...stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name ?? "").filter((name) => name !== "help");
  const texts = await Promise.all(
    ["docs/measuring.md", "docs/bench.md"].map((page) => readFile(join(root, page), "utf8").catch(() => "")),
  );
  const named = new Set([...texts.join("\n").matchAll(/vendue bench (\w+)/g)].map(([, name]) => name ?? ""));
  for (const name of ["run", "compare", "quality", "search", "sweep", "doctor", "calibrate", "clip"]) {
    expect(known).toContain(name);
    expect(named).toContain(name);
  }
  for (const name of named) expect(known).toContain(name);
});
