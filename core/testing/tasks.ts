import { comesTo } from "../backend/mod.ts";
import { CODECS, type Codec, type Color, type Encode, type Op, type Task, type VideoInfo } from "../types.ts";

const sdr: Color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" };
const hdr: Color = { primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc", range: "tv" };

const source: VideoInfo = {
  index: 0,
  codec: "h264",
  profile: "High",
  width: 1920,
  height: 1080,
  sar: { num: 1, den: 1 },
  rotation: 0,
  fps: { num: 30, den: 1 },
  vfr: false,
  pixelFormat: "yuv420p",
  bitDepth: 8,
  interlaced: "progressive",
  color: sdr,
  hdr: "sdr",
  startSec: 0,
  endSec: 10,
};

const deepSource: VideoInfo = {
  ...source,
  codec: "hevc",
  profile: "Main 10",
  width: 3840,
  height: 2160,
  pixelFormat: "yuv420p10le",
  bitDepth: 10,
  color: hdr,
  hdr: "pq",
};

const frames: Op = { kind: "frames", rate: { num: 30, den: 1 }, count: 300 };
const scale: Op = { kind: "scale", width: 1280, height: 720, from: sdr, to: sdr };
const eightBit: Op = { kind: "format", pixelFormat: "yuv420p" };

/** One task for every shape of work and for every codec: what the kit asks a backend. */
export const sampleTasks: readonly Task[] = [
  task("normalize", [frames, scale, eightBit], { stage: "normalize" }),
  task("rotate", [frames, { kind: "rotate", degrees: 90 }, eightBit], { stage: "normalize" }),
  task("mirror", [frames, { kind: "mirror", axis: "horizontal" }, eightBit], { stage: "normalize" }),
  task("letterbox", [frames, scale, { kind: "pad", width: 1280, height: 960, x: 0, y: 120 }, eightBit], {
    stage: "normalize",
  }),
  task("crop", [frames, { kind: "crop", box: { x: 240, y: 0, width: 1440, height: 1080 } }, scale, eightBit], {
    stage: "normalize",
  }),
  task("deinterlace", [{ kind: "deinterlace", parity: "top-first" }, frames, eightBit], {
    stage: "normalize",
    inputs: [{ ...source, interlaced: "top-first" }],
  }),
  task("tonemap", [frames, { kind: "tonemap", from: "pq", to: sdr, peakNits: 1000 }, scale, eightBit], {
    stage: "normalize",
    inputs: [deepSource],
  }),
  task("flatten", [frames, { kind: "flatten", pixelFormat: "yuva444p" }, eightBit], {
    stage: "normalize",
    inputs: [{ ...source, codec: "prores", pixelFormat: "yuva444p12le", bitDepth: 12, alpha: true }],
  }),
  task("cut", [frames], { stage: "cut" }),
  task("join", [frames], {
    stage: "concat",
    decodes: false,
    inputs: [source, { ...source, width: 1280, height: 720 }],
  }),
  ...CODECS.map((codec) => task(`export ${codec}`, [frames, scale, eightBit], { encode: encodeAs(codec) })),
  ...CODECS.map((codec) =>
    task(`export ${codec} 10 bit`, [frames, { kind: "format", pixelFormat: "yuv420p10le" }], {
      inputs: [deepSource],
      encode: { ...encodeAs(codec), width: 3840, height: 2160, pixelFormat: "yuv420p10le", bitDepth: 10, color: hdr },
    }),
  ),
  task("export from frames", [], { decodes: false, encode: encodeAs("h264") }),
  task("export by bitrate", [frames], {
    encode: { ...encodeAs("h264"), rate: { kind: "bitrate", kbps: 3000, maxKbps: 4500, bufKbit: 6000 } },
  }),
  task("export in two passes", [frames], {
    encode: {
      ...encodeAs("hevc"),
      rate: { kind: "bitrate", kbps: 2000, twoPass: true },
      pass: { nth: 1, log: "out/.part-pass" },
    },
  }),
  task("export by crf", [frames], {
    encode: { ...encodeAs("av1"), rate: { kind: "crf", crf: 30, x264Crf: 23, kbps: 1100 }, container: "mkv" },
  }),
  task("export tiny", [frames, { ...scale, width: 96, height: 54 }, eightBit], {
    encode: { ...encodeAs("h264"), width: 96, height: 54 },
  }),
  task("export fastest", [frames, scale, eightBit], { encode: { ...encodeAs("h264"), effort: "fastest" } }),
  task("export best", [frames, scale, eightBit], {
    encode: { ...encodeAs("h264"), effort: "best", rate: { kind: "quality", quality: 100, x264Crf: 14, kbps: 5600 } },
  }),
];

function task(id: string, ops: readonly Op[], { stage = "export", ...rest }: Partial<Task>): Task {
  return { id: `sample/${id}`, stage, seconds: 10, inputs: [source], decodes: true, ops, ...rest };
}

function encodeAs(codec: Codec): Encode {
  const shape = { codec, width: 1280, height: 720, fps: { num: 30, den: 1 } };
  return {
    ...shape,
    rate: comesTo({ kind: "quality", quality: 70 }, shape),
    effort: "balanced",
    pixelFormat: "yuv420p",
    bitDepth: 8,
    color: sdr,
    gopFrames: 60,
    container: codec === "vp9" ? "webm" : "mp4",
  };
}
