import type { ArgParts, Color, Effort, Encode } from "vendue/backend";

/** What one encoder of this board was seen to do. It reads yuv420p only, so there is no 10-bit mode. */
export interface NvmpiCodec {
  readonly encoder: string;
  readonly depths: readonly 8[];
  readonly pixelFormat: "yuv420p";
  /** The encoder's own options in this build. */
  readonly options: readonly string[];
}

const presets: Readonly<Record<Effort, string>> = {
  fastest: "ultrafast",
  faster: "fast",
  fast: "fast",
  balanced: "medium",
  slow: "slow",
  slower: "slow",
  best: "slow",
};

/** The profiles a user may name. The option's words mean h264 even in the hevc encoder, which has `main` only. */
export const profiles: Readonly<Record<string, readonly string[]>> = {
  h264: ["baseline", "main", "high"],
  hevc: ["main"],
};

export function encodeArgs(encode: Encode, facts: NvmpiCodec): NonNullable<ArgParts["encode"]> {
  const { codec, rate, effort, profile = "high", color, container, gopFrames } = encode;
  const own = (name: string, value: string) => (facts.options.includes(name) ? [`-${name}`, value] : []);
  const isCapped = rate.kind === "bitrate" && rate.maxKbps !== undefined;
  const bufKbit = rate.kind === "bitrate" ? rate.bufKbit : undefined;
  return {
    on: "system",
    pixelFormat: facts.pixelFormat,
    args: [
      ["-c:v", facts.encoder],
      own("preset", presets[effort]),
      codec === "h264" && facts.options.includes("profile") ? ["-profile:v", profile] : [],
      // The patch hands no cap to the hardware, so what must stay below one is held constant.
      own("rc", isCapped ? "cbr" : "vbr"),
      ["-b:v", `${kbpsOf(encode)}k`],
      bufKbit === undefined ? [] : ["-bufsize", `${bufKbit}k`],
      // The patch writes decode times equal to show times, which B-frames would break.
      ["-g", String(gopFrames), "-bf", "0"],
      colorArgs(color),
      // Apple's players open hevc under this name only.
      codec === "hevc" && (container === "mp4" || container === "mov") ? ["-tag:v", "hvc1"] : [],
    ].flat(),
  };
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
