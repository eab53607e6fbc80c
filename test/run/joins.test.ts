import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ffmpeg, samples } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;
const rate = 48000;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  // A tone that never stands at zero where it is cut below.
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=3"],
    ...["-f", "lavfi", "-i", `aevalsrc='0.5*cos(2*PI*200*t)':s=${rate}:d=3`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le", project.path("media/tone.mkv")],
  ]);
  await ffmpeg([
    ...["-f", "lavfi", "-i", `aevalsrc='0.5*cos(2*PI*200*t)':s=${rate}:d=12`],
    ...["-c:a", "pcm_s16le", project.path("media/long.mkv")],
  ]);
});
afterAll(() => project.remove());

async function cut(ranges: readonly string[], input = "tone.mkv"): Promise<Float32Array> {
  await project.write(
    "cut.yaml",
    `version: 1\ninputs: { a: media/${input} }\nstages:\n  - cut: { keep: ${JSON.stringify(ranges)} }\n  - id: out\n    export: { output: out/cut.mkv, video: none, audio: { codec: pcm } }\n`,
  );
  expect(await project.vendue(["run", "cut.yaml", "--force"])).toMatchObject({ exitCode: 0 });
  return samples(project.path("out/cut.mkv"), rate);
}

/** The largest step from one sample to the next. A click is a step that the tone itself never takes. */
const step = (sound: Float32Array) =>
  sound.reduce((most, one, nth) => Math.max(most, Math.abs(one - (sound[nth - 1] ?? one))), 0);

test("a cut that changes nothing leaves every sample as it was", async () => {
  const whole = await samples(project.path("media/tone.mkv"), rate);
  expect(await cut(["0-1.5", "1.5-3"])).toEqual(whole);
});

test("a join fades for milliseconds, so that it does not click, and loses no sample", async () => {
  const whole = await samples(project.path("media/tone.mkv"), rate);
  // Half a wave apart: joined hard, the tone would jump from one peak to the other.
  const sound = await cut(["0.5-1", "1.5025-2.0025"]);
  expect(sound).toHaveLength(rate);
  expect(step(sound)).toBeLessThan(step(whole) * 1.2);
  const far = 0.01 * rate;
  const untouched = sound.slice(far, rate / 2 - far);
  expect(untouched).toEqual(whole.slice(0.5 * rate + far, rate - far));
});

test("many near ranges of one source fade at each join as well, and are cut to the sample", async () => {
  const ranges = Array.from({ length: 10 }, (_, nth) => `${nth + 0.5}-${nth + 1.2025}`);
  const sound = await cut(ranges, "long.mkv");
  expect(sound).toHaveLength(Math.round(7.025 * rate));
  expect(step(sound)).toBeLessThan(0.5 * ((2 * Math.PI * 200) / rate) * 1.2);
});
