import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import type { Pipeline, Rendition, Stage } from "../../core/types.ts";

const folder = join(import.meta.dirname, "../../pipelines");

function pipelineOf(stages: string, more = ""): Pipeline {
  return parse(`version: 1\ninputs: { a: a.mp4, b: b.mp4 }\n${more}stages:\n${stages}\n`, { file: "/shows/test.yaml" });
}

function stageOf(body: string): Stage {
  const [stage] = pipelineOf(`  - ${body}`).stages;
  if (stage === undefined) throw new Error("no stage");
  return stage;
}

function renditionOf(body: string): Rendition {
  const [rendition] = stageOf(`export: { output: o.mkv, ${body} }`).renders;
  if (rendition === undefined) throw new Error("no rendition");
  return rendition;
}

const asIs = {
  fastStart: true,
  subtitles: "keep",
  chapters: "keep",
  metadata: "keep",
  cover: "keep",
  attachments: "fonts",
  location: "drop",
} as const;

test("parse() reads the weekly show to the last value", () => {
  const file = join(folder, "weekly-show.yaml");
  expect(parse(readFileSync(file, "utf8"), { file })).toStrictEqual({
    version: 1,
    name: "weekly-show",
    file,
    accel: "preferred",
    prefer: "balanced",
    backends: [],
    inputs: [
      { name: "intro", pattern: "media/intro.mp4", at: { line: 7, column: 10 } },
      { name: "talk", pattern: "media/talk.mov", at: { line: 8, column: 9 } },
      { name: "clips", pattern: "media/clips/*.mp4", at: { line: 9, column: 10 } },
    ],
    stages: [
      {
        id: "level",
        at: { line: 11, column: 5 },
        kind: "normalize",
        inputs: [
          { name: "intro", at: { line: 13, column: 16 } },
          { name: "talk", at: { line: 13, column: 23 } },
        ],
        loudness: { targetLufs: -16, truePeakDbtp: -1.5 },
        video: {
          size: { width: 1920, height: 1080 },
          fit: "contain",
          fps: { kind: "exact", rate: { num: 30, den: 1 } },
          pixelFormat: "yuv420p",
          deinterlace: "auto",
          hdr: "tonemap",
        },
        audio: { sampleRate: 48000, channels: 2 },
        renders: [],
      },
      {
        id: "best",
        at: { line: 17, column: 5 },
        kind: "cut",
        inputs: [{ name: "level.talk", at: { line: 18, column: 19 } }],
        keep: [
          { from: { sec: 10 }, to: { sec: 80 }, at: { line: 18, column: 38 } },
          { from: { sec: 120 }, to: { sec: 195.5 }, at: { line: 18, column: 51 } },
        ],
        remove: [],
        accuracy: "exact",
        renders: [],
      },
      {
        id: "show",
        at: { line: 19, column: 5 },
        kind: "concat",
        inputs: [
          { name: "level.intro", at: { line: 20, column: 24 } },
          { name: "best", at: { line: 20, column: 37 } },
        ],
        crossfadeSec: 0.5,
        renders: [],
      },
      {
        id: "web",
        at: { line: 21, column: 5 },
        kind: "export",
        inputs: [{ name: "show", at: { line: 23, column: 14 } }],
        renders: [
          {
            name: "",
            output: "out/weekly-show-720p.mp4",
            container: "mp4",
            video: {
              codec: "h264",
              rate: { kind: "quality", quality: 70 },
              effort: "balanced",
              size: { width: 1280, height: 720 },
              fit: "within",
              maxFps: { num: 30, den: 1 },
            },
            audio: { codec: "aac", kbps: 128, tracks: "first" },
            ...asIs,
            at: { line: 24, column: 15 },
          },
        ],
      },
    ],
  } satisfies Pipeline);
});

test.each(readdirSync(folder))("parse() reads pipelines/%s", (name) => {
  const pipeline = parse(readFileSync(join(folder, name), "utf8"), { file: join(folder, name) });
  expect(pipeline.name).toBe(basename(name, ".yaml"));
  expect(pipeline.stages.flatMap(({ renders }) => renders).length).toBeGreaterThan(0);
});

test("parse() names a pipeline after its file, prefers a GPU and balance, and takes every built-in", () => {
  const { name, accel, prefer, backends } = pipelineOf("  - concat:");
  expect({ name, accel, prefer, backends }).toEqual({
    name: "test",
    accel: "preferred",
    prefer: "balanced",
    backends: [],
  });
});

test.each([
  ["use_gpu: true", "preferred"],
  ["use_gpu: false", "off"],
  ["accel: required", "required"],
])("parse() reads %s as accel %s", (line, accel) => {
  expect(pipelineOf("  - concat:", `${line}\n`).accel).toBe(accel);
});

test("parse() lets the file outrank the defaults it is given", () => {
  const text = (line: string) => `version: 1\ninputs: { a: a.mp4 }\n${line}\nstages: [concat: ]\n`;
  const defaults = { accel: "off", prefer: "speed" } as const;
  expect(parse(text(""), { file: "p.yaml", defaults })).toMatchObject({ accel: "off", prefer: "speed" });
  expect(parse(text("use_gpu: true"), { file: "p.yaml", defaults })).toMatchObject({
    accel: "preferred",
    prefer: "speed",
  });
});

test("parse() gives a stage the one before it, and the first one every input", () => {
  const { stages } = pipelineOf(
    "  - normalize:\n  - cut: { silence: true }\n  - cut: { silence: true }\n  - concat: { input: a }",
  );
  expect(stages.map(({ id, inputs }) => [id, inputs.map(({ name }) => name)])).toEqual([
    ["normalize", ["a", "b"]],
    ["cut", ["normalize"]],
    ["cut2", ["cut"]],
    ["concat", ["a"]],
  ]);
});

test("parse() lets a stage read one that stands later in the file", () => {
  const { stages } = pipelineOf(
    "  - { id: last, export: { input: first, output: o.mp4 } }\n  - { id: first, concat: { inputs: [a, b] } }",
  );
  expect(stages.map(({ id }) => id)).toEqual(["last", "first"]);
});

test.each([
  ["streaming", { targetLufs: -14, truePeakDbtp: -1 }],
  ["podcast", { targetLufs: -16, truePeakDbtp: -1 }],
  ["broadcast", { targetLufs: -23, truePeakDbtp: -1 }],
  ["off", undefined],
  ["{ target: -18 }", { targetLufs: -18, truePeakDbtp: -1 }],
])("parse() reads loudness: %s", (text, loudness) => {
  expect(stageOf(`normalize: { loudness: ${text} }`)).toEqual(expect.objectContaining({ kind: "normalize" }));
  expect((stageOf(`normalize: { loudness: ${text} }`) as { loudness?: unknown }).loudness).toEqual(loudness);
});

test("parse() leaves a picture as it is where nothing is asked of it", () => {
  expect(stageOf("normalize: { video: {}, audio: { channels: 5.1, sample_rate: 44.1 kHz } }")).toMatchObject({
    video: { fit: "contain", fps: { kind: "source" }, deinterlace: "auto" },
    audio: { channels: 6, sampleRate: 44100 },
  });
});

test("parse() reads a cut in every way it can be said", () => {
  expect(
    stageOf("cut: { keep: 45f-90f, remove: ['-0:10', '2:00-'], silence: true, accuracy: keyframe }"),
  ).toMatchObject({
    keep: [{ from: { frame: 45 }, to: { frame: 90 } }],
    remove: [{ from: { sec: 0 }, to: { sec: 10 } }, { from: { sec: 120 } }],
    silence: { thresholdDb: -40, leastSec: 0.5, paddingSec: 0.1 },
    accuracy: "keyframe",
  });
  expect(stageOf("cut: { silence: { threshold: -35 dB, least: 1.5, padding: 250ms } }")).toMatchObject({
    silence: { thresholdDb: -35, leastSec: 1.5, paddingSec: 0.25 },
    accuracy: "exact",
  });
});

test("parse() renders any stage that has an output, at quality 80", () => {
  expect(stageOf("concat: { output: 'out/${name}.webm' }").renders).toEqual([
    {
      name: "",
      output: "out/test.webm",
      container: "webm",
      video: { codec: "vp9", rate: { kind: "quality", quality: 80 }, effort: "balanced", fit: "within" },
      audio: { codec: "opus", tracks: "first" },
      ...asIs,
      fastStart: false,
      at: { line: 4, column: 23 },
    },
  ]);
  expect(stageOf("concat:").renders).toEqual([]);
});

test("parse() exports quality 70 in h264 and aac unless told otherwise", () => {
  const { video, audio, container, fastStart } = renditionOf("");
  expect({ video, audio, container, fastStart }).toEqual({
    video: { codec: "h264", rate: { kind: "quality", quality: 70 }, effort: "balanced", fit: "within" },
    audio: { codec: "aac", tracks: "first" },
    container: "mkv",
    fastStart: false,
  });
});

test.each([
  ["crf: 23", { rate: { kind: "crf", crf: 23 } }],
  ["quality: '55'", { rate: { kind: "quality", quality: 55 } }],
  [
    "bitrate: 5M, maxrate: 6 Mb/s, bufsize: 10000k, two_pass: true",
    { rate: { kind: "bitrate", kbps: 5000, maxKbps: 6000, bufKbit: 10000, twoPass: true } },
  ],
  ["target_size: 25MiB", { rate: { kind: "size", bytes: 26214400 } }],
  ["size: 25MB", { rate: { kind: "size", bytes: 25000000 } }],
  ["size: 640x360, target_size: 9MB", { size: { width: 640, height: 360 }, rate: { kind: "size", bytes: 9000000 } }],
  ["codec: copy", { codec: "copy" }],
  ["profile: main10, gop: 48f, hdr: preserve", { profile: "main10", gop: { frame: 48 }, hdr: "preserve" }],
  ["codec: vp9, profile: 2, max_fps: 29.97", { profile: "2", maxFps: { num: 30000, den: 1001 } }],
])("parse() reads video: { %s }", (text, wish) => {
  expect(renditionOf(`video: { ${text} }`).video).toMatchObject(wish);
});

test("parse() merges each rendition over the export, and lets it spend bits in its own way", () => {
  const text = `version: 1
inputs: { a: a.mp4 }
stages:
  - export:
      output: out/\${input}-\${rendition}.mp4
      video: { codec: hevc, quality: 60, effort: slow }
      audio: { bitrate: 128k }
      renditions:
        - { name: big }
        - { name: small, video: { bitrate: 1M, size: 640x360 }, audio: { bitrate: 64k } }
        - { name: sound, output: out/sound.mkv, video: none }
`;
  const [stage] = parse(text, { file: "p.yaml" }).stages;
  expect(
    stage?.renders.map(({ name, output, container, video, audio, at }) => [name, output, container, video, audio, at]),
  ).toEqual([
    [
      "big",
      "out/${input}-${rendition}.mp4",
      "mp4",
      { codec: "hevc", rate: { kind: "quality", quality: 60 }, effort: "slow", fit: "within" },
      { codec: "aac", kbps: 128, tracks: "first" },
      { line: 9, column: 11 },
    ],
    [
      "small",
      "out/${input}-${rendition}.mp4",
      "mp4",
      {
        codec: "hevc",
        rate: { kind: "bitrate", kbps: 1000 },
        effort: "slow",
        size: { width: 640, height: 360 },
        fit: "within",
      },
      { codec: "aac", kbps: 64, tracks: "first" },
      { line: 10, column: 11 },
    ],
    ["sound", "out/sound.mkv", "mkv", "none", { codec: "aac", kbps: 128, tracks: "first" }, { line: 11, column: 34 }],
  ]);
});

test("parse() reads backends with their options and permissions", () => {
  const more =
    "backends: [nvenc, { use: ./mine/mod.ts, options: { level: 3 }, allow: { read: [/dev/dri], env: HOME, run: nvidia-smi } }]\n";
  expect(pipelineOf("  - concat:", more).backends).toEqual([
    { specifier: "nvenc", options: {}, allow: { read: [], env: [], run: [] }, at: { line: 3, column: 12 } },
    {
      specifier: "./mine/mod.ts",
      options: { level: 3 },
      allow: { read: ["/dev/dri"], env: ["HOME"], run: ["nvidia-smi"] },
      at: { line: 3, column: 19 },
    },
  ]);
});

test("parse() leaves x- keys alone at every level, and merges what they hold", () => {
  const more = "x-mine: &best { codec: hevc, quality: 95, x-why: archive }\n";
  const [stage] = pipelineOf(
    "  - export: { output: o.mp4, x-a: '${b}', video: { <<: *best, quality: 50 } }",
    more,
  ).stages;
  expect(stage?.renders[0]?.video).toMatchObject({ codec: "hevc", rate: { kind: "quality", quality: 50 } });
});
