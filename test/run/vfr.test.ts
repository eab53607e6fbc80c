import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ffmpeg, lumas } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  // A phone in the dark: most frames stand on a grid of 30, and some are missing.
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=size=96x64:rate=30:duration=3", "-f", "lavfi", "-i", "sine=duration=3"],
    ...["-vf", "select='not(eq(mod(n,7),3)+eq(mod(n,5),2))'", "-fps_mode", "vfr"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", project.path("media/phone.mp4")],
  ]);
});
afterAll(() => project.remove());

async function render(video: string, stages = "") {
  await project.write(
    "vfr.yaml",
    `version: 1\ninputs: { phone: media/phone.mp4 }\nstages:\n  - normalize: { video: ${video} }\n${stages}  - id: out\n    export: { output: out/vfr.mp4, video: { effort: fastest } }\n`,
  );
  const { exitCode, stderr, report } = await project.run("vfr.yaml", "--force");
  expect(exitCode, stderr).toBe(0);
  const plan = (await project.vendue(["plan", "vfr.yaml"])).stdout;
  const times = (await lumas(project.path("out/vfr.mp4"))).map(({ sec }) => sec);
  return { times, plan, output: report.jobs.flatMap(({ outputs }) => outputs)[0] };
}

test("a varying frame rate becomes the constant one that most of its frames keep, and plan says so", async () => {
  const { times, plan, output } = await render("{}");
  expect(times).toHaveLength(90);
  times.forEach((sec, nth) => expect(Math.abs(sec - nth / 30)).toBeLessThan(0.001));
  expect(plan).toMatch(/phone\.mp4 varies its frame rate and becomes 30 frames a second: each frame moves by 17 ms/);
  // Half a block of the encoder, however long the file is.
  expect(Math.abs(output?.driftSec ?? 1)).toBeLessThan(0.05);
});

test("vfr: keep leaves every frame at its own time", async () => {
  const own = (await lumas(project.path("media/phone.mp4"))).map(({ sec }) => sec);
  const { times, plan } = await render("{ vfr: keep }");
  expect(times).toHaveLength(own.length);
  times.forEach((sec, nth) => expect(Math.abs(sec - (own[nth] ?? 0))).toBeLessThan(0.002));
  expect(plan).toContain("phone.mp4 keeps its own varying frame rate");
});

test("vfr: keep gives way where ranges are joined, with a warning", async () => {
  const { times, plan } = await render("{ vfr: keep }", '  - cut: { keep: ["0-1", "2-3"] }\n');
  expect(times).toHaveLength(60);
  expect(plan).toMatch(/warning.*phone\.mp4 cannot keep its varying frame rate/);
});
