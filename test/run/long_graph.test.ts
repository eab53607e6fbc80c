import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeBuild } from "../../core/host/mod.ts";
import { spillGraph } from "../../core/run/long_graph.ts";
import { builds } from "../support/ffmpeg.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vendue graph's "));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const graphOf = (digits: number) => `[0:v]setpts=PTS+0.${"0".repeat(digits)}[v]`;
const argsOf = (graph: string, out: string) => [
  ...["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=0.2"],
  ...["-filter_complex", graph, "-map", "[v]", "-f", "null", out],
];

test("spillGraph() leaves a graph that fits where it is", async () => {
  const args = argsOf(graphOf(10), "-");
  expect(await spillGraph(args, { beside: join(folder, "short"), release: [7, 0] })).toBe(args);
  expect(await readdir(folder)).toEqual([]);
});

test.each(builds)("spillGraph() lets the $name ffmpeg read what no argument can hold", async ({ path }) => {
  const long = argsOf(graphOf(140_000), "-");
  if (process.platform === "linux") await expect(execa(path, long)).rejects.toThrow(/E2BIG|too long/i);
  const { release } = await describeBuild(path, { cache: folder, launcher: [] });
  const args = await spillGraph(long, { beside: join(folder, `part-${release[0]}`), release });
  const { exitCode, stderr } = await execa(path, args);
  expect([exitCode, stderr]).toEqual([0, ""]);
});
