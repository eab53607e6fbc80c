import type { Permissions, ProbeContext, Trial, TrialShape } from "../backend/mod.ts";
import { VendueError } from "../errors.ts";
import type { ArgParts } from "../types.ts";

/** A computer described in data. What is left out is as friendly as can be: every encoder is listed and opens. */
export interface Machine {
  readonly os?: string;
  readonly arch?: string;
  readonly cores?: number;
  readonly memoryBytes?: number;
  /** Paths that exist; everything above them does too. */
  readonly paths?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What vendors' tools print, by name; the others are missing. */
  readonly tools?: Readonly<Record<string, string>>;
  readonly release?: readonly [number, number];
  /** What this ffmpeg lists, which says nothing of what works. */
  readonly encoders?: readonly string[];
  readonly decoders?: readonly string[];
  readonly filters?: readonly string[];
  readonly hwaccels?: readonly string[];
  /** The options each encoder has in this build. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** The trial encodes that open, by encoder; left out means all that are listed. */
  readonly opens?: readonly string[];
  /** Finer answers, asked before `opens`; the first that fits decides. */
  readonly trials?: readonly TrialRule[];
}

/** Fits a trial that uses the encoder and has all of the words among its arguments, filters and pixel format. */
export interface TrialRule {
  readonly encoder?: string;
  readonly words?: readonly string[];
  readonly answer: Trial;
}

/** The computer of no backend at all. */
export const emptyMachine: Machine = { os: "none", encoders: [], decoders: [], filters: [], hwaccels: [], opens: [] };

export interface FakeContextOptions {
  readonly needs?: Permissions | undefined;
  readonly signal?: AbortSignal;
}

/** What was asked of a fake context. */
export interface Asked {
  /** Paths, variables and tools that `needs` does not cover. */
  readonly forbidden: readonly string[];
  readonly trials: readonly ArgParts[];
}

/** A probe's context over a described machine. It grants what `needs` states, and remembers what else was tried. */
export function fakeContext(
  machine: Machine,
  { needs = {}, signal = new AbortController().signal }: FakeContextOptions = {},
): { readonly ctx: ProbeContext; readonly asked: Asked } {
  const {
    os = "linux",
    arch = "x64",
    cores = 8,
    memoryBytes = 16e9,
    paths = [],
    env = {},
    tools = {},
    release = [7, 0],
  } = machine;
  const forbidden: string[] = [];
  const trials: ArgParts[] = [];
  const grant = (what: string, isGranted: boolean, kind: string) => {
    if (isGranted) return;
    forbidden.push(what);
    throw new VendueError("PERMISSION_DENIED", `The backend may not ask for ${what}`, {
      hint: `state it in needs.${kind}`,
    });
  };
  const ctx: ProbeContext = {
    ffmpeg: {
      path: "ffmpeg",
      version: release.join("."),
      release,
      encoders: machine.encoders ?? everyEncoder,
      decoders: machine.decoders ?? everyDecoder,
      filters: machine.filters ?? everyFilter,
      hwaccels: machine.hwaccels ?? everyHwaccel,
      configuration: "",
    },
    platform: { os, arch, cores, memoryBytes },
    signal,
    async tryEncode(parts, shape = {}) {
      trials.push(parts);
      return answerTrial(machine, parts, shape);
    },
    encoderOptions: async (encoder) => machine.options?.[encoder] ?? [],
    async exists(path) {
      grant(path, needs.read?.some((root) => isBelow(path, root)) ?? false, "read");
      return paths.some((one) => isBelow(one, path));
    },
    env(name) {
      grant(name, needs.env?.includes(name) ?? false, "env");
      return env[name];
    },
    async ask(program) {
      grant(program, needs.run?.includes(program) ?? false, "run");
      const text = tools[program];
      return text === undefined ? { ok: false, text: "" } : { ok: true, text };
    },
  };
  return { ctx, asked: { forbidden, trials } };
}

function answerTrial({ trials = [], opens, encoders }: Machine, parts: ArgParts, { pixelFormat }: TrialShape): Trial {
  const { device = [], decode, filters = [], encode } = parts;
  const args = encode?.args ?? [];
  const encoder = args[args.findIndex((arg) => arg === "-c:v" || arg === "-codec:v" || arg === "-vcodec") + 1] ?? "";
  const names = filters.flatMap((filter) => ("kind" in filter ? [] : [filter.name]));
  const words = [
    ...device,
    ...(decode?.args ?? []),
    ...names,
    ...args,
    encode?.pixelFormat ?? pixelFormat ?? "yuv420p",
  ];
  const rule = trials.find(
    (one) => (one.encoder ?? encoder) === encoder && (one.words ?? []).every((word) => words.includes(word)),
  );
  if (rule !== undefined) return rule.answer;
  if ((opens ?? encoders ?? [encoder]).includes(encoder)) return { ok: true };
  return { ok: false, code: "DEVICE_MISSING", line: `${encoder} does not open on this machine` };
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`);
}

const vendors = ["nvenc", "vaapi", "qsv", "amf", "mediacodec", "videotoolbox", "v4l2m2m", "vulkan", "mf"];
const everyEncoder = [
  ...["libx264", "libopenh264", "libx265", "libsvtav1", "libaom-av1", "libvpx-vp9", "h264_nvmpi", "hevc_nvmpi"],
  ...vendors.flatMap((vendor) => ["h264", "hevc", "av1", "vp9"].map((codec) => `${codec}_${vendor}`)),
];
const everyDecoder = [
  "h264",
  "hevc",
  "av1",
  "vp9",
  "h264_cuvid",
  "hevc_cuvid",
  "h264_qsv",
  "hevc_qsv",
  "h264_mediacodec",
];
const everyHwaccel = ["cuda", "vaapi", "qsv", "d3d11va", "vulkan", "mediacodec", "videotoolbox"];
const everyFilter = [
  ...["scale", "fps", "format", "crop", "pad", "transpose", "bwdif", "tpad", "trim", "hwupload", "hwdownload", "hwmap"],
  ...["scale_cuda", "bwdif_cuda", "yadif_cuda", "hwupload_cuda", "overlay_cuda", "chromakey_cuda", "tonemap_cuda"],
  ...["scale_vaapi", "deinterlace_vaapi", "tonemap_vaapi", "transpose_vaapi", "pad_vaapi", "procamp_vaapi"],
  ...["scale_qsv", "vpp_qsv", "deinterlace_qsv", "scale_vulkan", "tonemap_opencl", "vpp_amf"],
];
