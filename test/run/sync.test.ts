import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clapTimes, makeClapper } from "../support/clapper.ts";
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

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await Promise.all(
    clips.map(({ file, ...clip }) => makeClapper({ path: project.path("media", file), lengthSec: 9, ...clip })),
  );
  const inputs = clips.map(({ file }) => `${file[0]}: media/${file}`).join(", ");
  await project.write(
    "cuts.yaml",
    [
      "version: 1",
      "vars: { container: mp4 }",
      `inputs: { ${inputs} }`,
      "stages:",
      '  - cut: { keep: ["0:00.63-0:02.41", "0:04.37-0:06.52"] }',
      "  - concat:",
      "  - id: web",
      '    export: { output: "out/cuts.${container}", video: { codec: h264, quality: 50, effort: fastest, max_fps: 30 } }',
    ].join("\n"),
  );
});
afterAll(() => project.remove());

/** The muxer of a transport stream cannot say how much of the first AAC block is priming: one block of it is heard. */
const primingSec = { mp4: 0, mkv: 0, mov: 0, ts: 1024 / 48000 } as const;
const frameSec = 1 / 25;

const rows = builds.flatMap(({ name, path }) =>
  (["mp4", "mkv", "mov", "ts"] as const).map((container) => ({ name, path, container })),
);

test.each(rows)(
  "picture and sound stay together over ten cuts and joins, $container by the $name ffmpeg",
  async ({ path, container }) => {
    const { exitCode, stderr } = await project.vendue(
      ["run", "cuts.yaml", "--set", `container=${container}`, "--force"],
      { env: { ...project.env, VENDUE_FFMPEG: path } },
    );
    expect(stderr).not.toContain("failed");
    expect(exitCode).toBe(0);
    const { flashes, beeps } = await clapTimes(project.path(`out/cuts.${container}`));
    // Each of the ten ranges holds exactly two full seconds.
    expect(flashes).toHaveLength(20);
    expect(beeps).toHaveLength(20);
    const offsets = flashes.map((flash, nth) => (beeps[nth] ?? Number.NaN) - flash - primingSec[container]);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(frameSec);
    // And the last join is no worse than the first: nothing adds up.
    const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    expect(Math.abs(mean(offsets.slice(10)) - mean(offsets.slice(0, 10)))).toBeLessThan(frameSec / 2);
  },
);

test.each(builds)(
  "twenty near ranges of one clip are read in one go and stay in sync, by the $name ffmpeg",
  async ({ path }) => {
    await makeClapper({ path: project.path("media/long.mkv"), rate: "30000/1001", sampleRate: 44100, lengthSec: 22 });
    const ranges = Array.from({ length: 20 }, (_, nth) => `${(nth + 0.7).toFixed(1)}-${(nth + 1.4).toFixed(1)}`);
    await project.write(
      "comb.yaml",
      `version: 1\ninputs: { a: media/long.mkv }\nstages:\n  - cut: { keep: ${JSON.stringify(ranges)} }\n  - id: web\n    export: { output: out/comb.mp4, video: { effort: fastest } }\n`,
    );
    const env = { ...project.env, VENDUE_FFMPEG: path };
    const plan = JSON.parse((await project.vendue(["plan", "comb.yaml", "--json"], { env })).stdout) as {
      jobs: { bids: { commands: { args: string[] }[] }[] }[];
    };
    const args = plan.jobs[0]?.bids[0]?.commands[0]?.args ?? [];
    expect(args.filter((arg) => arg === "-i")).toHaveLength(1);
    expect(await project.vendue(["run", "comb.yaml", "--force"], { env })).toMatchObject({ exitCode: 0 });
    const { flashes, beeps } = await clapTimes(project.path("out/comb.mp4"));
    expect(flashes).toHaveLength(20);
    expect(beeps).toHaveLength(20);
    flashes.forEach((flash, nth) => {
      expect(Math.abs((beeps[nth] ?? 0) - flash)).toBeLessThan(frameSec);
      // And the twentieth range stands where twenty lengths of it end, so that rounding did not add up.
      expect(Math.abs(flash - (flashes[0] ?? 0) - nth * 0.7)).toBeLessThan(frameSec);
    });
  },
);
