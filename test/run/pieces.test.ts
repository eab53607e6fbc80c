import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { load, openHost, plan, run, survey } from "../../core/mod.ts";
import type { Plan, RenderJob, Survey } from "../../core/types.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  const tone = ["-f", "lavfi", "-i", "sine=f=330:r=48000"];
  const fast = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"];
  await Promise.all([
    ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=41", ...tone, ...fast, project.path("long.mp4")]),
    ffmpeg([
      "-f",
      "lavfi",
      "-i",
      "testsrc2=s=3840x2160:r=10:d=1.6",
      ...tone,
      ...fast,
      "-g",
      "5",
      project.path("wide.mp4"),
    ]),
  ]);
  const lossless = "{ codec: h264, crf: 0, effort: fastest, gop: 1s, size: 160x90 }";
  const pipeline = (input: string, stages: string) =>
    `version: 1\ninputs: { a: ${input} }\nbackends: [cpu]\nstages:\n${stages}\n  - id: web\n    export: { output: "out/\${as}.\${to}", video: ${lossless} }\nvars: { as: whole, to: mp4 }\n`;
  await project.write("long.yaml", pipeline("long.mp4", '  - cut: { keep: ["0.1-30.02", "30.5-40.9"] }'));
  await project.write("wide.yaml", pipeline("wide.mp4", '  - cut: { keep: ["1-1.2", "0-0.3", "0.6-0.8", "0.2-0.4"] }'));
}, 120_000);

afterAll(() => project.remove());

/** Plans for this machine, as it is or as it is told to be, and makes it. */
async function make(file: string, set: Readonly<Record<string, string>>, told: (found: Survey) => Survey = (as) => as) {
  const flags = { cache_dir: project.path(".cache"), state_dir: project.path(".state"), ffmpeg: build };
  const host = await openHost(project.folder, flags);
  const { pipeline, media, backends } = await load(project.path(file), { host, set });
  const found = await survey(backends);
  const bidders = backends.loaded.map(({ backend }) => backend);
  const chosen = plan(pipeline, media, told(found), { backends: bidders });
  const report = await run(chosen, { host }).report;
  expect(report.jobs.map(({ state, error }) => error ?? state)).toEqual(["done"]);
  return { chosen, path: project.path("out", `${set["as"]}.${set["to"] ?? "mp4"}`) };
}

let build = builds[0]?.path ?? "ffmpeg";

/** So many cores that one encode leaves most of them idle, and an encoder so slow that it matters. */
function wideAndSlow(found: Survey): Survey {
  return {
    ...found,
    platform: { ...found.platform, cores: 16, memoryBytes: 32e9 },
    backends: found.backends.map((one) =>
      one.probe.state === "ready"
        ? { ...one, probe: { ...one.probe, facts: { ...facts(one.probe), cores: 1e-6 } } }
        : one,
    ),
  };
}

function facts({ facts: found }: { readonly facts: unknown }) {
  return found as Readonly<Record<string, unknown>>;
}

/** Every picture's hash and moment, and the length of the sound. */
async function look(path: string) {
  const frames = async (stream: string) => {
    const args = ["-v", "error", "-i", path, "-map", stream, "-fps_mode", "passthrough", "-f", "framemd5", "-"];
    const { stdout } = await execa(build, args);
    const lines = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    return lines.map((line) => line.split(",").map((cell) => cell.trim()));
  };
  const { stdout } = await execa(build, [
    ...["-v", "error", "-i", path, "-map", "0:v", "-c", "copy", "-f", "framecrc", "-"],
  ]);
  const ticks = /#tb 0: (\d+)\/(\d+)/.exec(stdout);
  const secPerTick = Number(ticks?.[1]) / Number(ticks?.[2]);
  const packets = stdout.split("\n").filter((line) => /^\d/.test(line));
  const times = packets.map((line) => Number(line.split(",")[2]) * secPerTick).sort((a, b) => a - b);
  const sound = await frames("0:a:0");
  return {
    pictures: (await frames("0:v:0")).map((cells) => cells.at(-1)),
    steps: times.slice(1).map((time, nth) => Math.round((time - (times[nth] ?? 0)) * 1000)),
    samples: sound.reduce((sum, cells) => sum + Number(cells[3]), 0),
  };
}

const pieces = ({ jobs }: Plan) => {
  const render = jobs.find((job): job is RenderJob => job.kind === "render");
  return render?.bids[0]?.pieces;
};

test.each(builds)(
  "chunks join to the very frames of the whole, without a seam, in $name ffmpeg",
  async ({ path }) => {
    build = path;
    const whole = await make("long.yaml", { as: "whole" });
    expect(pieces(whole.chosen)).toBeUndefined();
    const chunked = await make("long.yaml", { as: "chunked" }, wideAndSlow);
    const made = pieces(chunked.chosen);
    expect(made?.list.length).toBeGreaterThan(2);
    expect(made?.atOnce).toBeGreaterThan(1);
    // Chunks begin where a keyframe of the asked distance falls.
    expect(made?.list.every(({ frames: [first] }) => first % 25 === 0)).toBe(true);
    expect(chunked.chosen.fused[0]?.note).toContain("joined by copy at keyframes");
    const [one, other] = [await look(whole.path), await look(chunked.path)];
    expect(other.pictures).toEqual(one.pictures);
    expect(other.pictures).toHaveLength(1008);
    expect(new Set(other.steps)).toEqual(new Set([40]));
    expect(other.samples).toBe(one.samples);
  },
  120_000,
);

test("groups keep memory bounded, and join in every container to the frames of the whole", async () => {
  build = builds[0]?.path ?? build;
  const { chosen, path } = await make("wide.yaml", { as: "groups" });
  expect(pieces(chosen)?.list.map(({ frames }) => frames)).toEqual([
    [0, 5],
    [5, 9],
  ]);
  expect(chosen.fused[0]?.note).toContain("2 groups of 2 ranges");
  const seen = await look(path);
  expect(seen.pictures).toHaveLength(9);
  expect(new Set(seen.steps)).toEqual(new Set([100]));
  for (const to of ["mkv", "ts"]) {
    const other = await look((await make("wide.yaml", { as: "groups", to })).path);
    expect(other.pictures).toEqual(seen.pictures);
    expect(new Set(other.steps)).toEqual(new Set([100]));
  }
}, 120_000);
