import type { Codec, Encode, Probe, ProbeContext } from "vendue/backend";
import { encodeArgs, type MediaCodecCodec } from "./args.ts";

export interface MediaCodecFacts {
  readonly cores: number;
  readonly codecs: Readonly<Partial<Record<Codec, MediaCodecCodec>>>;
  /** What was tried and did not work, in ffmpeg's words. */
  readonly refused: readonly MediaCodecRefusal[];
}

export interface MediaCodecRefusal {
  readonly encoder: string;
  /** The pixel format or the size that was tried. */
  readonly what: string;
  readonly code: string;
  readonly line: string;
}

type Size = MediaCodecCodec["most"];

const codecs = ["h264", "hevc", "av1", "vp9"] as const;
const small = { width: 640, height: 480 };
/** Every device's own limit lies in a file of its vendor's; trials tell the steps that matter. */
const sizes = [
  { width: 3840, height: 2160 },
  { width: 1920, height: 1080 },
] as const;
const sureSize = { width: 1280, height: 720 };

/** After these, the device's media service is the trouble; another codec would only meet it again. */
const hopeless: ReadonlySet<string> = new Set(["DEVICE_MISSING", "DEVICE_LOST", "STALLED", "CRASHED", "CANCELLED"]);

export async function probeMediaCodec(ctx: ProbeContext): Promise<Probe<MediaCodecFacts>> {
  const { os, cores } = ctx.platform;
  if (os !== "android")
    return { state: "absent", reason: `MediaCodec exists on Android only, not on ${os}`, code: "DEVICE_MISSING" };
  const listed = codecs.filter((codec) => ctx.ffmpeg.encoders.includes(`${codec}_mediacodec`));
  if (listed.length === 0)
    return {
      state: "absent",
      reason: "this ffmpeg was built without MediaCodec encoders",
      code: "ENCODER_MISSING",
      hint: "use ffmpeg 6.0 or later, built with --enable-mediacodec, as Termux ships it",
    };
  const found: Partial<Record<Codec, MediaCodecCodec>> = {};
  const refused: MediaCodecRefusal[] = [];
  for (const codec of listed) {
    const facts = await tryCodec(ctx, codec, refused);
    if (facts) found[codec] = facts;
    if (isHopeless(refused)) break;
  }
  if (Object.keys(found).length > 0) return { state: "ready", facts: { cores, codecs: found, refused } };
  const [first] = refused;
  return {
    state: "absent",
    reason: first?.line ?? "no MediaCodec encoder opened",
    hint: "close the camera and other apps that record, then look again; some devices have no encoder for these codecs",
    code: first?.code ?? "UNKNOWN",
  };
}

async function tryCodec(
  ctx: ProbeContext,
  codec: Codec,
  refused: MediaCodecRefusal[],
): Promise<MediaCodecCodec | undefined> {
  const encoder = `${codec}_mediacodec`;
  const options = await ctx.encoderOptions(encoder);
  const [major, minor] = ctx.ffmpeg.release;
  const profiles = major > 6 || (major === 6 && minor >= 1);
  async function passes(what: string, facts: MediaCodecCodec, size: Size, frames: number): Promise<boolean> {
    if (isHopeless(refused)) return false;
    const trial = await ctx.tryEncode({ encode: encodeArgs(sample(codec, size), facts) }, { ...size, frames });
    if (!trial.ok) refused.push({ encoder, what, code: trial.code, line: trial.line });
    return trial.ok;
  }
  for (const pixelFormat of ["nv12", "yuv420p"] as const) {
    const facts: MediaCodecCodec = { encoder, depths: [8], pixelFormat, most: sureSize, profiles, options };
    if (!(await passes(pixelFormat, facts, small, 30))) continue;
    for (const size of sizes)
      if (await passes(`${size.width}x${size.height}`, facts, size, 5)) return { ...facts, most: size };
    return facts;
  }
  return undefined;
}

function isHopeless(refused: readonly MediaCodecRefusal[]): boolean {
  return refused.some(({ code }) => hopeless.has(code));
}

function sample(codec: Codec, { width, height }: Size): Encode {
  const color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" } as const;
  const shape = {
    width,
    height,
    fps: { num: 30, den: 1 },
    gopFrames: 30,
    pixelFormat: "yuv420p",
    bitDepth: 8,
    color,
  } as const;
  return { codec, rate: { kind: "bitrate", kbps: 2000 }, effort: "balanced", container: "mkv", ...shape };
}
