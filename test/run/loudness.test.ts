import { mkdir } from "node:fs/promises";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLoudness } from "../../core/run/mod.ts";
import type { OutputReport } from "../../core/types.ts";
import { anyBuild, ffmpeg, lumas } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

/** Sounds that make it hard: encoders lift a tone's peaks, bursts leave no room, hiss is not to be lifted. */
const sounds = {
  tone: "aevalsrc='0.12*sin(2*PI*1000*t)':s=48000:d=4",
  bursts: "aevalsrc='(0.15+0.6*lt(mod(t,1),0.02))*sin(2*PI*330*t)':s=44100:d=4",
  hiss: "anoisesrc=amplitude=0.0012:seed=7:sample_rate=48000:duration=4",
  // Its second half is 12 dB quieter than the whole.
  uneven: "aevalsrc='0.2*if(lt(t,2),1,0.2)*sin(2*PI*440*t)':s=48000:d=4",
};

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  for (const [name, source] of Object.entries(sounds))
    await ffmpeg([
      ...["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=4", "-f", "lavfi", "-i", source],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le", project.path(`media/${name}.mkv`)],
    ]);
});
afterAll(() => project.remove());

interface Wish {
  readonly sound: keyof typeof sounds;
  readonly container?: string;
  readonly loudness: string;
  readonly audio?: string;
  readonly cut?: string;
}

/** What the report says of the output, and what is really in it. */
async function render({ sound, container = "mp4", loudness, audio = "{}", cut }: Wish) {
  const output = `out/${sound}.${container}`;
  await project.write(
    "loud.yaml",
    [
      `version: 1\ninputs: { a: media/${sound}.mkv }\nstages:`,
      `  - normalize: { loudness: ${loudness} }`,
      ...(cut ? [`  - cut: { keep: "${cut}" }`] : []),
      `  - export: { output: ${output}, video: { effort: fastest }, audio: ${audio} }`,
    ].join("\n"),
  );
  const { exitCode, stderr, report } = await project.run("loud.yaml", "--force");
  expect(exitCode, stderr).toBe(0);
  const made = report.jobs.flatMap(({ outputs }) => outputs)[0] as OutputReport;
  const path = project.path(output);
  const args = ["-hide_banner", "-nostats", "-vn", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"];
  const found = readLoudness((await execa(anyBuild, args)).stderr);
  if (found === undefined) throw new Error("no loudness");
  return { made, found, path, gains: report.jobs.flatMap((job) => job.gains), stderr };
}

test.each([{ container: "mp4" }, { container: "ts" }, { container: "webm", audio: "{ codec: opus }" }])(
  "a tone whose peaks the encoder lifts stays below the true-peak limit in $container",
  async (row) => {
    const loudness = "{ target: -5 LUFS, true_peak: -3 dBTP }";
    const { made, found, path } = await render({ sound: "tone", loudness, ...row });
    expect(found.truePeakDbtp).toBeLessThanOrEqual(-3);
    // As loud as the limit allows, and what that leaves undone is said.
    expect(found.truePeakDbtp).toBeGreaterThanOrEqual(-3.5);
    expect(made.loudness).toMatchObject(found);
    expect(made.loudness?.shortfallLu ?? 0).toBeCloseTo(Math.max(0, -5 - found.integratedLufs), 1);
    // The picture was copied: it is all there, and in its place.
    const frames = await lumas(path);
    expect(frames).toHaveLength(100);
    expect(made.checks.every(({ ok }) => ok)).toBe(true);
  },
);

test("peaks that leave no room leave the level below the target, and the report says so", async () => {
  const { made, found, stderr } = await render({ sound: "bursts", loudness: "{ target: -14, true_peak: -1.5 }" });
  expect(found.integratedLufs).toBeLessThan(-15);
  expect(found.truePeakDbtp).toBeLessThanOrEqual(-1.5);
  expect(found.truePeakDbtp).toBeGreaterThanOrEqual(-2);
  expect(made.loudness?.shortfallLu).toBeCloseTo(-14 - found.integratedLufs, 1);
  expect(stderr).toContain("limiter: true");
});

test("a limiter reaches the target where it was asked for, and says what it did", async () => {
  const { made, found, gains } = await render({
    sound: "bursts",
    loudness: "{ target: -14, true_peak: -1.5, limiter: true }",
  });
  expect(Math.abs(found.integratedLufs + 14)).toBeLessThanOrEqual(0.5);
  expect(found.truePeakDbtp).toBeLessThanOrEqual(-1.5);
  expect(gains[0]?.ceilingDb).toBeLessThan(-1.5);
  await project.write("plan.json", (await project.vendue(["plan", "loud.yaml", "--json"])).stdout);
  const verified = await project.vendue(["verify", "out/bursts.mp4", "--against", "plan.json"]);
  expect(verified, verified.stdout).toMatchObject({ exitCode: 0 });
  expect(verified.stdout).toMatch(/ok +loudness/);
  expect(made.loudness?.shortfallLu).toBeUndefined();
  expect(made.audio).toEqual([{ codec: "aac", sampleRate: 44100, channels: 1 }]);
});

test("hiss near silence stays what it is", async () => {
  const { found, gains } = await render({ sound: "hiss", loudness: "streaming" });
  expect(found.integratedLufs).toBeLessThan(-55);
  expect(gains[0]).toMatchObject({ gainDb: 0, shortfallLu: 0 });
});

test("a cut that leaves the quiet half still ends at the target", async () => {
  const { found, made } = await render({ sound: "uneven", loudness: "podcast", cut: "2-4" });
  expect(Math.abs(found.integratedLufs + 16)).toBeLessThanOrEqual(0.5);
  expect(made.loudness?.trimDb).toBeGreaterThan(5);
});

test("a mono clip that becomes stereo is weighed as it is heard", async () => {
  const { found, made } = await render({
    sound: "tone",
    loudness: "{ target: -23 }",
    audio: "{ codec: flac, channels: stereo }",
    container: "mkv",
  });
  expect(Math.abs(found.integratedLufs + 23)).toBeLessThanOrEqual(0.5);
  expect(made.audio[0]?.channels).toBe(2);
});
