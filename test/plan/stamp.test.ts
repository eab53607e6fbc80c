import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import { CONTAINERS, type Container } from "../../core/types.ts";
import { anyBuild } from "../support/ffmpeg.ts";
import { backends, mediaFor, survey } from "../support/machine.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vendue-stamp-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function stampOf(container: Container, tags: Readonly<Record<string, string>> = {}): readonly string[] {
  const text = `version: 1\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/x.${container}${container === "webm" ? ", video: { codec: vp9 }" : ""} }\n`;
  const pipeline = parse(text, { file: "/p.yaml" });
  const plan = makePlan(
    pipeline,
    mediaFor(pipeline, (info) => ({ ...info, tags })),
    survey,
    { backends },
  );
  const job = plan.jobs.at(-1);
  const args = job?.kind === "render" ? (job.bids[0]?.commands[0]?.args ?? []) : [];
  return args.flatMap((arg, nth) =>
    args[nth - 1] === "-metadata" && arg.includes("=vendue; ") ? ["-metadata", arg] : [],
  );
}

test.each(CONTAINERS)("a %s file says who encoded it", async (container) => {
  const file = join(folder, `x.${container}`);
  const codec = container === "webm" ? ["-c:v", "libvpx-vp9", "-deadline", "realtime"] : ["-c:v", "libx264"];
  const source = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25", "-t", "0.2"];
  await execa(anyBuild, ["-v", "error", ...source, ...codec, ...stampOf(container), file]);
  const { stderr } = await execa(anyBuild, ["-hide_banner", "-i", file], { reject: false });
  expect(stderr).toMatch(/vendue; backend=cpu; encoder=\S+; gpu_accel=false; gpu_fallback=false/);
});

test("a source's own comment is not written over", () => {
  expect(stampOf("mov")).toHaveLength(2);
  expect(stampOf("mov", { comment: "holiday, sea" })).toEqual([]);
});
