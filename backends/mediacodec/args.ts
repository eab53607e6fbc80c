import type { ArgParts, Codec, Color, Encode } from "vendue/backend";

export type PixelFormat = "nv12" | "yuv420p";

/** What one encoder of this device was seen to do. There is no 10-bit mode. */
export interface MediaCodecCodec {
  readonly encoder: string;
  readonly depths: readonly 8[];
  readonly pixelFormat: PixelFormat;
  /** The largest picture a trial passed with, lying on its side or not. */
  readonly most: { readonly width: number; readonly height: number };
  /** Whether this build can hand a profile to the device. */
  readonly profiles: boolean;
  /** The encoder's own options in this build. */
  readonly options: readonly string[];
}

/** The profiles a user may name; the ones with more than 8 bits or 4:2:0 are not for this encoder. */
export const profiles: Readonly<Record<Codec, readonly string[]>> = {
  h264: ["baseline", "constrained_baseline", "main", "high"],
  hevc: ["main"],
  av1: ["main"],
  vp9: ["profile0"],
};

/** A variant is the name of the other pixel format: some devices take only one of the two. */
export function encodeArgs(encode: Encode, facts: MediaCodecCodec, variant?: string): NonNullable<ArgParts["encode"]> {
  const { codec, rate, profile, color, container } = encode;
  const isCapped = rate.kind === "bitrate" && rate.maxKbps !== undefined;
  return {
    on: "system",
    pixelFormat: variant ?? facts.pixelFormat,
    args: [
      ["-c:v", facts.encoder],
      // Always said: without it ffmpeg's general 200 kb/s would hold. A device takes no cap, so capped is constant.
      ["-b:v", `${kbpsOf(encode)}k`],
      facts.options.includes("bitrate_mode") ? ["-bitrate_mode", isCapped ? "cbr" : "vbr"] : [],
      ["-g", String(wholeSecondGop(encode)), "-bf", "0"],
      profile !== undefined && facts.profiles ? ["-profile:v", profile] : [],
      colorArgs(color),
      // Apple's players open hevc under this name only.
      codec === "hevc" && (container === "mp4" || container === "mov") ? ["-tag:v", "hvc1"] : [],
    ].flat(),
  };
}

/** Whole seconds between keyframes, never more than asked; zero where that is less than one. */
export function gopSec({ gopFrames, fps }: Encode): number {
  return Math.floor((gopFrames * fps.den) / fps.num + 0.05);
}

/** ffmpeg divides by the frame rate and drops what is left over, so round the rate up. */
function wholeSecondGop(encode: Encode): number {
  return Math.max(1, gopSec(encode)) * Math.ceil(encode.fps.num / encode.fps.den);
}

/** It has no quality mode, and needs a third more than a good encoder. */
export function kbpsOf({ rate }: Pick<Encode, "rate">): number {
  return rate.kind === "bitrate" ? rate.kbps : Math.round(rate.kbps * 1.3);
}

function colorArgs({ primaries, transfer, matrix, range }: Color): readonly string[] {
  return [
    ...(primaries ? ["-color_primaries", primaries] : []),
    ...(transfer ? ["-color_trc", transfer] : []),
    ...(matrix ? ["-colorspace", matrix] : []),
    ...(range ? ["-color_range", range] : []),
  ];
}
