import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clapTimes, flashAt, makeClapper } from "../support/clapper.ts";
import { builds } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;
const vp8 = {
  video: ["-c:v", "libvpx", "-deadline", "realtime", "-b:v", "400k"],
  audio: ["-c:a", "libopus", "-b:a", "64k"],
};

/** Clips that agree in nothing: container, rate, sample rate, start time. */
const clips = [
  { file: "a.mp4", rate: "25", sampleRate: 44100 },
  { file: "b.mkv", rate: "30000/1001", sampleRate: 48000 },
  { file: "c.mov", rate: "24", sampleRate: 32000 },
  { file: "d.ts", rate: "50", sampleRate: 48000 },
  { file: "e.webm", rate: "30", sampleRate: 48000, ...vp8 },
] as const;

/** Ranges that start and end amid the frames and samples of every clip, each around one full second. */
const ranges = [
  { from: 0.83, to: 1.3141 },
  { from: 1.9007, to: 2.47 },
  { from: 2.777, to: 3.35 },
  { from: 3.61, to: 4.2903 },
];

/** What ought to be seen and heard, and when. */
const claps = clips
  .flatMap(({ rate }) => ranges.map((range, nth) => ({ ...range, rate, second: nth + 1 })))
  .map(({ from, rate, second }, nth, all) => {
    const before = all.slice(0, nth).reduce((sum, one) => sum + one.to - one.from, 0);
    return { beep: before + second - from, flash: before + flashAt(second, rate) - from };
  });

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await Promise.all(
    clips.map(({ file, ...clip }) => makeClapper({ path: project.path("media", file), lengthSec: 5, ...clip })),
  );
  const inputs = clips.map(({ file }) => `${file[0]}: media/${file}`).join(", ");
  await project.write(
    "cuts.yaml",
    [
      "version: 1",
      "vars: { container: mp4 }",
      `inputs: { ${inputs} }`,
      "stages:",
      `  - cut: { keep: [${ranges.map(({ from, to }) => `"${from}-${to}"`).join(", ")}] }`,
      "  - concat:",
      "  - id: web",
      "    export:",
      '      output: "out/cuts.${container}"',
      "      video: { codec: h264, quality: 50, effort: fastest, max_fps: 30 }",
    ].join("\n"),
  );
});
afterAll(() => project.remove());

const frameSec = 1 / 30;
const soundSec = 0.01;
const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;

function expectTogether(found: readonly number[], wanted: readonly number[], boundSec: number): void {
  expect(found).toHaveLength(wanted.length);
  const offsets = found.map((sec, nth) => sec - (wanted[nth] ?? Number.NaN));
  for (const offset of offsets) expect(Math.abs(offset)).toBeLessThanOrEqual(boundSec);
  // And the last joins are no worse than the first: nothing adds up.
  const half = offsets.length / 2;
  expect(Math.abs(mean(offsets.slice(half)) - mean(offsets.slice(0, half)))).toBeLessThan(boundSec / 2);
}

const rows = builds.flatMap(({ name, path }) =>
  (["mp4", "mov", "mkv", "ts"] as const).map((container) => ({ name, path, container })),
);

test.each(rows)(
  "each of twenty joins has its flash within a frame and its beep within 10 ms, $container by the $name ffmpeg",
  async ({ path, container }) => {
    const { exitCode, stderr } = await project.vendue(
      ["run", "cuts.yaml", "--set", `container=${container}`, "--force"],
      { env: { ...project.env, VENDUE_FFMPEG: path } },
    );
    expect(stderr).not.toContain("failed");
    expect(exitCode, stderr).toBe(0);
    const { flashes, beeps } = await clapTimes(project.path(`out/cuts.${container}`));
    expectTogether(
      flashes,
      claps.map(({ flash }) => flash),
      frameSec,
    );
    expectTogether(
      beeps,
      claps.map(({ beep }) => beep),
      soundSec,
    );
  },
);

test.each(builds)(
  "twenty near ranges of one clip are read in one go and stay in sync, by the $name ffmpeg",
  async ({ path }) => {
    const rate = "30000/1001";
    await makeClapper({ path: project.path("media/long.mkv"), rate, sampleRate: 44100, lengthSec: 22 });
    const starts = Array.from({ length: 20 }, (_, nth) => nth + 0.7);
    const keep = starts.map((from) => `${from.toFixed(1)}-${(from + 0.7).toFixed(1)}`);
    await project.write(
      "comb.yaml",
      `version: 1\ninputs: { a: media/long.mkv }\nstages:\n  - cut: { keep: ${JSON.stringify(keep)} }\n  - id: web\n    export: { output: out/comb.mp4, video: { effort: fastest } }\n`,
    );
    const env = { ...project.env, VENDUE_FFMPEG: path };
    const plan = JSON.parse((await project.vendue(["plan", "comb.yaml", "--json"], { env })).stdout) as {
      jobs: { bids: { commands: { args: string[] }[] }[] }[];
    };
    const args = plan.jobs[0]?.bids[0]?.commands[0]?.args ?? [];
    expect(args.filter((arg) => arg === "-i")).toHaveLength(1);
    expect(await project.vendue(["run", "comb.yaml", "--force"], { env })).toMatchObject({ exitCode: 0 });
    const { flashes, beeps } = await clapTimes(project.path("out/comb.mp4"));
    const at = (sec: number, nth: number) => nth * 0.7 + sec - (starts[nth] ?? 0);
    expectTogether(
      flashes,
      starts.map((_, nth) => at(flashAt(nth + 1, rate), nth)),
      frameSec,
    );
    expectTogether(
      beeps,
      starts.map((_, nth) => at(nth + 1, nth)),
      soundSec,
    );
  },
);
