import type { Codec, Encode, Permissions, Probe, ProbeContext } from "vendue/backend";
import { type AmfCodec, encodeArgs } from "./args.ts";

export interface AmfFacts {
  readonly os: string;
  readonly cores: number;
  readonly codecs: Readonly<Partial<Record<Codec, AmfCodec>>>;
  /** What was tried and did not work, in ffmpeg's words. */
  readonly refused: readonly AmfRefusal[];
}

export interface AmfRefusal {
  readonly encoder: string;
  readonly what: "8-bit" | "10-bit" | "B-frames";
  readonly code: string;
  readonly line: string;
}

const windowsLibrary = "C:\\Windows\\System32\\amfrt64.dll";
const linuxNodes = "/dev/dri";

export const needs: Permissions = { read: [windowsLibrary, linuxNodes], env: ["SystemRoot"] };

/** After these, the card or its driver is the trouble; another codec would only meet it again. */
const hopeless: ReadonlySet<string> = new Set(["DEVICE_MISSING", "DEVICE_LOST", "STALLED", "CRASHED", "CANCELLED"]);

export async function probeAmf(ctx: ProbeContext): Promise<Probe<AmfFacts>> {
  const { os, cores } = ctx.platform;
  const missing = await lookAround(ctx);
  if (missing) return missing;
  const codecs: Partial<Record<Codec, AmfCodec>> = {};
  const refused: AmfRefusal[] = [];
  for (const codec of ["h264", "hevc", "av1"] as const) {
    const encoder = `${codec}_amf`;
    if (!ctx.ffmpeg.encoders.includes(encoder)) continue;
    const found = await tryCodec(ctx, codec, refused);
    if (found) codecs[codec] = found;
    if (isHopeless(refused)) break;
  }
  if (Object.keys(codecs).length > 0) return { state: "ready", facts: { os, cores, codecs, refused } };
  const [first] = refused;
  return {
    state: "absent",
    reason: first?.line ?? "no AMF encoder opened",
    hint: hintFor(os),
    code: first?.code ?? "UNKNOWN",
  };
}

/** Everything that can be told without a trial. */
async function lookAround(ctx: ProbeContext): Promise<Extract<Probe, { state: "absent" }> | undefined> {
  const { os } = ctx.platform;
  if (os !== "win32" && os !== "linux")
    return { state: "absent", reason: `AMF exists on Windows and Linux only, not on ${os}`, code: "DEVICE_MISSING" };
  if (os === "linux" && !(await ctx.exists(linuxNodes)))
    return {
      state: "absent",
      reason: `no GPU is visible: there is no ${linuxNodes}`,
      code: "DEVICE_MISSING",
      hint: "in a container, pass it through; then try vaapi first",
    };
  // Elsewhere the library may lie outside what `needs` can name, so the trial decides.
  const isUsualRoot = (ctx.env("SystemRoot") ?? "C:\\Windows").toLowerCase() === "c:\\windows";
  if (os === "win32" && isUsualRoot && !(await ctx.exists(windowsLibrary)))
    return {
      state: "absent",
      reason: `AMD's encoder library is not installed: there is no ${windowsLibrary}`,
      code: "DEVICE_MISSING",
      hint: hintFor(os),
    };
  if (ctx.ffmpeg.encoders.some((name) => name.endsWith("_amf"))) return undefined;
  return {
    state: "absent",
    reason: "this ffmpeg was built without AMF encoders",
    code: "ENCODER_MISSING",
    hint: os === "linux" ? "on Linux, AMD cards encode through vaapi" : "use a build with --enable-amf",
  };
}

async function tryCodec(ctx: ProbeContext, codec: Codec, refused: AmfRefusal[]): Promise<AmfCodec | undefined> {
  const encoder = `${codec}_amf`;
  const options = await ctx.encoderOptions(encoder);
  const plain: AmfCodec = {
    encoder,
    depths: [8],
    bFrames: 0,
    highQuality: codec === "av1" && atLeast(ctx, 7, 0),
    options,
  };
  const passes = async (what: AmfRefusal["what"], facts = plain): Promise<boolean> => {
    if (isHopeless(refused)) return false;
    const trial = await ctx.tryEncode({ encode: encodeArgs(sample(codec, what === "10-bit" ? 10 : 8), facts) });
    if (!trial.ok) refused.push({ encoder, what, code: trial.code, line: trial.line });
    return trial.ok;
  };
  if (!(await passes("8-bit"))) return undefined;
  const deep = takes10Bit(ctx, codec) && (await passes("10-bit"));
  const bFrames = options.includes("bf") && (await passes("B-frames", { ...plain, bFrames: 2 })) ? 2 : 0;
  return { ...plain, depths: deep ? [8, 10] : [8], bFrames };
}

function isHopeless(refused: readonly AmfRefusal[]): boolean {
  return refused.some(({ code }) => hopeless.has(code));
}

/** Older builds turn the picture to 8 bit without a word, so a trial alone would not tell. AMD has no 10-bit h264. */
function takes10Bit(ctx: ProbeContext, codec: Codec): boolean {
  return codec === "hevc" ? atLeast(ctx, 7, 1) : codec === "av1" && atLeast(ctx, 8, 0);
}

function atLeast({ ffmpeg }: ProbeContext, major: number, minor: number): boolean {
  const [first, second] = ffmpeg.release;
  return first > major || (first === major && second >= minor);
}

function sample(codec: Codec, bitDepth: 8 | 10): Encode {
  const color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" } as const;
  const pixelFormat = bitDepth === 10 ? "yuv420p10le" : "yuv420p";
  const shape = { width: 640, height: 480, fps: { num: 30, den: 1 }, gopFrames: 60, pixelFormat, bitDepth, color };
  return {
    codec,
    rate: { kind: "quality", quality: 70, x264Crf: 23, kbps: 1200 },
    effort: "balanced",
    container: "mkv",
    ...shape,
  };
}

function hintFor(os: string): string {
  return os === "linux"
    ? "on Linux, AMD cards encode through vaapi; amf needs AMD's own runtime besides"
    : "it comes with the driver of an AMD card; install or update it";
}
