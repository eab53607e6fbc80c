import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Bench } from "tinybench";
import cpu, { type Facts } from "../backends/cpu/mod.ts";
import type { Backend } from "../core/backend/mod.ts";
import { classify } from "../core/ffmpeg/mod.ts";
import { parse } from "../core/pipeline/mod.ts";
import { makePlan } from "../core/plan/mod.ts";
import type { Media, MediaInfo, Pipeline, Survey } from "../core/types.ts";

export interface PureResult {
  readonly name: string;
  /** The median of each round. */
  readonly mediansMs: readonly number[];
}

const rounds = 3;

/** Times what is only thinking: reading a pipeline and deciding. No file, no process. */
export async function timePure(root: string): Promise<readonly PureResult[]> {
  const file = join(root, "pipelines", "demo.yaml");
  const text = readFileSync(file, "utf8");
  const demo = parse(text, { file });
  const media = mediaFor(demo);
  const chain = parse(oneChain(1000), { file: "/long.yaml" });
  const jobs = parse(manyJobs(1000), { file: "/long.yaml" });
  const [chainMedia, jobsMedia] = [mediaFor(chain), mediaFor(jobs)];
  const [task] = makePlan(demo, media, survey, { backends }).tasks.filter(({ encode }) => encode !== undefined);
  if (task === undefined) throw new Error("the demo encodes nothing");
  const bench = new Bench({ time: 400, iterations: 8, warmupTime: 200 });
  bench
    .add("parse the demo pipeline", () => void parse(text, { file }), { async: false })
    .add("plan the demo", () => void makePlan(demo, media, survey, { backends }), { async: false })
    .add("plan 1000 stages", () => void makePlan(jobs, jobsMedia, survey, { backends }), { async: false })
    .add("plan 1000 stages in one chain", () => void makePlan(chain, chainMedia, survey, { backends }), {
      async: false,
    })
    // One call takes microseconds, so a sample is a thousand of them: the same number in milliseconds.
    .add("build arguments 1000 times", () => thousand(() => cpu().buildArgs(task, cpuFacts)), { async: false })
    .add("classify a failure 1000 times", () => thousand(() => classify(stderr, ending)), { async: false });
  const seen = new Map<string, number[]>(bench.tasks.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    await bench.run();
    for (const { name, result } of bench.tasks) {
      if (result.state !== "completed") throw new Error(`${name} ended ${result.state}`);
      seen.get(name)?.push(result.latency.p50);
    }
    bench.reset();
  }
  return [...seen].map(([name, mediansMs]) => ({ name, mediansMs }));
}

function thousand(act: () => unknown): void {
  for (let nth = 0; nth < 1000; nth += 1) act();
}

const cpuFacts: Facts = { cores: 8, encoders: [{ name: "libx264", codec: "h264", depths: [8, 10] }] };

/** As ffmpeg fails: much that is harmless, then the cause, then what follows from it. */
const stderr = [
  ...Array.from({ length: 40 }, (_, nth) => `[info] Stream #0:${nth}: Video: h264 (High), yuv420p, 1920x1080, 30 fps`),
  "[h264_nvenc @ 0x55d0] [error] Cannot load libcuda.so.1",
  "[vost#0:0/h264_nvenc @ 0x55d1] [error] Error while opening encoder - maybe incorrect parameters",
  "[error] Conversion failed!",
].join("\n");
const ending = { reads: ["/media/a.mp4"], writes: ["/out/a.mp4"], exitCode: 1, signal: null, accel: true };

/** Seven bidders, so that the auction is as wide as it gets with the built-ins. */
const names = ["nvenc", "vaapi", "qsv", "amf", "mediacodec", "nvmpi", "cpu"];
const backends: readonly Backend[] = names.map((name, nth) => ({
  name,
  api: 1,
  accel: name !== "cpu",
  probe: () => Promise.resolve({ state: "ready", facts: {} }),
  score: ({ encode }) => ({
    kind: "bid",
    speed: 10 - nth,
    quality: 0.9,
    ...(encode && { encoder: `${encode.codec}_${name}` }),
  }),
  buildArgs: ({ ops, encode }) => ({
    filters: ops,
    ...(encode && { encode: { on: "system", args: ["-c:v", `${encode.codec}_${name}`] } }),
  }),
}));

const survey: Survey = {
  ffmpeg: {
    path: "/usr/bin/ffmpeg",
    version: "7.0",
    release: [7, 0],
    encoders: [],
    decoders: [],
    filters: [],
    hwaccels: [],
    configuration: "",
  },
  platform: { os: "linux", arch: "x64", cores: 8, memoryBytes: 16e9 },
  backends: names.map((name) => ({
    name,
    specifier: name,
    accel: name !== "cpu",
    probe: { state: "ready", facts: {} },
  })),
};

function mediaFor({ inputs }: Pipeline): Media {
  const paths = Object.fromEntries(inputs.map(({ name }) => [name, [`/media/${name}.mp4`]]));
  return {
    inputs: paths,
    files: Object.fromEntries(
      Object.values(paths)
        .flat()
        .map((path) => [path, clip(path)]),
    ),
    analyses: [],
  };
}

function clip(path: string): MediaInfo {
  return {
    path,
    container: "mov,mp4,m4a,3gp,3g2,mj2",
    durationSec: 60,
    sizeBytes: 1e7,
    startSec: 0,
    video: {
      index: 0,
      codec: "h264",
      width: 1920,
      height: 1080,
      sar: { num: 1, den: 1 },
      rotation: 0,
      fps: { num: 30, den: 1 },
      vfr: false,
      pixelFormat: "yuv420p",
      bitDepth: 8,
      interlaced: "progressive",
      color: {},
      hdr: "sdr",
      startSec: 0,
      endSec: 60,
    },
    audio: [
      {
        index: 1,
        codec: "aac",
        sampleRate: 48000,
        channels: 2,
        layout: "stereo",
        isDefault: true,
        roles: [],
        startSec: 0,
        endSec: 60,
      },
    ],
    subtitles: [],
    chapters: [],
    angles: 0,
    attachments: [],
    data: 0,
    tags: {},
  };
}

/** Many small jobs: what a folder of clips comes to, with seven commands for each. */
function manyJobs(stages: number): string {
  const pairs = Array.from(
    { length: stages / 2 },
    (_, nth) =>
      `  - { id: cut${nth}, cut: { input: a, keep: "0:01-0:0${(nth % 8) + 2}" } }\n  - { id: out${nth}, export: { output: out/${nth}.mp4 } }`,
  );
  return `version: 1\ninputs: { a: a.mp4 }\nstages:\n${pairs.join("\n")}\n`;
}

/** Each stage reads the one before. */
function oneChain(stages: number): string {
  const links = Array.from({ length: stages - 1 }, (_, nth) =>
    nth % 2 === 0 ? '  - cut: { keep: "0:00-0:59" }' : "  - normalize: { video: { size: 1280x720 } }",
  );
  return `version: 1\ninputs: { a: a.mp4 }\nstages:\n${links.join("\n")}\n  - export: { output: out.mp4 }\n`;
}
