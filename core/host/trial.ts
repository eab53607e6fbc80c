import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Backend, Trial, TrialShape } from "../backend/mod.ts";
import { bridge, classify, renderChain } from "../ffmpeg/mod.ts";
import type { ArgParts, Codec, FfmpegBuild } from "../types.ts";
import { shortHash, toolKey } from "./ffmpeg.ts";
import { identify } from "./files.ts";
import { type Ended, spawnProgram } from "./spawn.ts";

export interface TrialOptions {
  readonly build: FfmpegBuild;
  readonly signal: AbortSignal;
  readonly launcher: readonly string[];
  /** Where trial files may be put. */
  readonly cache: string;
  readonly backend: Pick<Backend, "surface" | "accel">;
}

const limitSec = 20;
/** A green frame is near 11 dB and a fair encode near 45; a picture that was scaled on the way loses some. */
const leastPsnr = { same: 25, scaled: 18 };

/** Encodes generated frames, counts what comes out, and of devices looks at the picture too. */
export async function tryEncode(parts: ArgParts, shape: TrialShape, options: TrialOptions): Promise<Trial> {
  const { build, backend, cache } = options;
  const { width = 640, height = 480, frames = 30, source } = shape;
  const looks = backend.accel !== false;
  const folder = join(cache, "trials");
  if (looks || source) await mkdir(folder, { recursive: true });
  const clip = source && (await trialClip(source, folder, options));
  if (source && clip === undefined)
    return {
      ok: false,
      code: "ENCODER_MISSING",
      line: `this ffmpeg cannot make a ${source.codec} clip to try decoding on`,
    };
  const file = join(folder, `${process.pid}-${shortHash([parts, shape, performance.now()])}.mkv`);
  const args = [
    ...["-hide_banner", "-nostdin", "-y", "-v", "repeat+level+info", "-nostats"],
    ...(parts.device ?? []),
    ...(clip ? [...(parts.decode?.args ?? []), "-i", clip] : ["-f", "lavfi", "-i", pattern(width, height)]),
    ...["-frames:v", String(frames), "-vf", chainOf(parts, shape, backend), "-an"],
    ...(parts.encode?.args ?? []),
    ...(looks ? ["-f", "matroska", file] : ["-f", "null", "-"]),
  ];
  try {
    const ended = await runTrial(build.path, args, options);
    const counted = Number([...ended.progress.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 0);
    const failure = failureOf(ended, { counted, frames, accel: looks });
    if (failure) return failure;
    return looks
      ? await comparePicture(file, { width, height, frames, scaled: isScaled(parts) }, options)
      : { ok: true };
  } finally {
    await rm(file, { force: true });
  }
}

function pattern(width: number, height: number): string {
  return `testsrc2=size=${width}x${height}:rate=30`;
}

function chainOf(
  { filters = [], decode, encode }: ArgParts,
  { pixelFormat = "yuv420p", source }: TrialShape,
  { surface }: TrialOptions["backend"],
): string {
  const first = { name: "format", args: { pix_fmts: encode?.pixelFormat ?? pixelFormat }, on: "system" } as const;
  const from = source ? (decode?.on ?? "system") : "system";
  const depth = source?.bitDepth ?? 8;
  const steps = bridge([...(from === "system" ? [first] : []), ...filters], {
    surface,
    from,
    to: encode?.on ?? "system",
    depths: { source: depth, target: depth },
  });
  return steps.length > 0 ? renderChain(steps) : "null";
}

function isScaled({ filters = [] }: ArgParts): boolean {
  return filters.some((filter) => ("kind" in filter ? filter.kind === "scale" : /scale|vpp/.test(filter.name)));
}

async function runTrial(
  program: string,
  args: readonly string[],
  { signal, launcher }: Pick<TrialOptions, "signal" | "launcher">,
) {
  let progress = "";
  const ended = await spawnProgram(
    { program, args, signal, limitSec, onProgress: (text) => (progress += text) },
    launcher,
  );
  return { ...ended, progress };
}

function failureOf(
  { why, exitCode, signal, stderr }: Ended,
  { counted, frames, accel }: { readonly counted: number; readonly frames: number; readonly accel: boolean },
): Trial | undefined {
  if (why === "timeout")
    return { ok: false, code: "STALLED", line: `the trial encode did not end within ${limitSec} s` };
  if (why === "cancelled") return { ok: false, code: "CANCELLED", line: "cancelled" };
  if (why === "exited" && exitCode === 0)
    return counted === frames
      ? undefined
      : { ok: false, code: "VERIFY_FAILED", line: `${counted} of ${frames} frames came out` };
  const { code, line } = classify(stderr, { reads: [], writes: [], exitCode, signal, accel });
  return { ok: false, code, line };
}

interface Expected {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly scaled: boolean;
}

/** Frames are paired by number: Matroska rounds their times. */
async function comparePicture(
  file: string,
  { width, height, frames, scaled }: Expected,
  { build, signal, launcher }: TrialOptions,
): Promise<Trial> {
  const same = `scale=${width}:${height},format=yuv420p,settb=1/1000,setpts=N`;
  const graph = `[0:v]${same}[a];[1:v]trim=end_frame=${frames},${same}[b];[a][b]psnr`;
  const args = [
    "-hide_banner",
    "-nostdin",
    "-v",
    "info",
    "-nostats",
    "-i",
    file,
    "-f",
    "lavfi",
    "-i",
    pattern(width, height),
    "-lavfi",
    graph,
    "-f",
    "null",
    "-",
  ];
  const { stderr } = await spawnProgram({ program: build.path, args, signal, limitSec }, launcher);
  const found = /PSNR y:(\S+)/.exec(stderr)?.[1];
  const psnr = found === "inf" ? 99 : Number(found);
  const least = scaled ? leastPsnr.scaled : leastPsnr.same;
  if (psnr >= least) return { ok: true };
  const line =
    found === undefined
      ? "what it wrote cannot be decoded"
      : `the picture is not what was encoded (PSNR ${found} dB, at least ${least} is expected)`;
  return { ok: false, code: "VERIFY_FAILED", line };
}

/** Software that makes a clip of each codec, the quickest first, and how to make it hurry. */
const clipEncoders: Readonly<Record<Codec, readonly (readonly [string, ...string[]])[]>> = {
  h264: [["libx264", "-preset", "ultrafast"]],
  hevc: [["libx265", "-preset", "ultrafast"]],
  av1: [
    ["libsvtav1", "-preset", "12"],
    ["libaom-av1", "-cpu-used", "8", "-usage", "realtime"],
  ],
  vp9: [["libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"]],
};

/** A clip to try a decoder on, made once by software. */
async function trialClip(
  { codec, bitDepth }: NonNullable<TrialShape["source"]>,
  folder: string,
  { build, signal, launcher }: TrialOptions,
): Promise<string | undefined> {
  const [encoder, ...quick] = clipEncoders[codec].find(([name]) => build.encoders.includes(name)) ?? [];
  if (encoder === undefined) return undefined;
  const file = join(folder, `${codec}-${bitDepth}-${await toolKey(build.path)}.mkv`);
  if (await identify(file)) return file;
  // Several probes of this process may be making the same clip.
  const part = `${file}.${randomUUID()}`;
  const pixelFormat = bitDepth === 10 ? "yuv420p10le" : "yuv420p";
  const args = [
    "-hide_banner",
    "-nostdin",
    "-y",
    "-v",
    "error",
    "-f",
    "lavfi",
    "-i",
    pattern(640, 480),
    "-frames:v",
    "60",
    "-c:v",
    encoder,
    ...quick,
    "-pix_fmt",
    pixelFormat,
    "-f",
    "matroska",
    part,
  ];
  const { exitCode } = await spawnProgram({ program: build.path, args, signal, limitSec }, launcher);
  if (exitCode !== 0) {
    await rm(part, { force: true });
    return undefined;
  }
  // Where another probe was faster, on Windows its clip may be open and cannot be replaced; it is as good.
  await rename(part, file).catch(() => rm(part, { force: true }));
  return file;
}
