import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { spawnProgram } from "../../core/host/mod.ts";

const node = { program: process.execPath, keepStdout: true };

test("spawnProgram() says why a program could not be started", async () => {
  const missing = await spawnProgram({ program: "/nowhere/ffmpeg", args: [] }, []);
  expect(missing).toMatchObject({ why: "unstartable", exitCode: null });
  expect(missing.stderr).toContain("spawn /nowhere/ffmpeg ENOENT");
  const tooLong = await spawnProgram({ ...node, args: ["-e", "0", "x".repeat(2 ** 23)] }, []);
  expect(tooLong).toMatchObject({ why: "unstartable", exitCode: null });
  expect(tooLong.stderr).toContain("spawn");
});

test("spawnProgram() tells the exit code and all that was said, whole characters at a time", async () => {
  const script = 'process.stdout.write("é".repeat(1e6)); process.stderr.write("why"); process.exitCode = 3;';
  const { stdout, ...ended } = await spawnProgram({ ...node, args: ["-e", script] }, []);
  expect(stdout === "é".repeat(1e6)).toBe(true);
  expect(ended).toMatchObject({ why: "exited", exitCode: 3, signal: null, stderr: "why" });
});

test("spawnProgram() ends what says nothing for too long, and its children with it", async () => {
  const begun = performance.now();
  const child =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)'], { stdio: 'inherit' })";
  const ended = await spawnProgram({ ...node, args: ["-e", child], limitSec: 0.5 }, []);
  expect(ended).toMatchObject({ why: "timeout", exitCode: null, signal: "SIGTERM" });
  expect(performance.now() - begun).toBeLessThan(20_000);
});

const taskset = ["/usr/bin/taskset", "/bin/taskset"].find((path) => existsSync(path));

test.skipIf(taskset === undefined)(
  "spawnProgram() leaves the processor to others where it runs in the background",
  async () => {
    const script = `let n = 0; while (Date.now() < ${Date.now() + 3000}) n++; process.stdout.write(String(n));`;
    const onOneCore = [taskset ?? "", "-c", "0"];
    const count = async (background: boolean) =>
      Number((await spawnProgram({ ...node, args: ["-e", script], background }, onOneCore)).stdout);
    const [before, behind] = await Promise.all([count(false), count(true)]);
    expect(before).toBeGreaterThan(0);
    expect(behind / before).toBeLessThan(0.5);
  },
);
