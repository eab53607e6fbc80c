import type { ArgParts, Codec, Color, Effort, Encode } from "vendue/backend";
import { qpFor } from "./scale.ts";

/** What one encoder of this build and card was seen to do. */
export interface AmfCodec {
  readonly encoder: string;
  readonly depths: readonly (8 | 10)[];
  /** B-frames in a row that a trial passed with; zero says not to ask. */
  readonly bFrames: number;
  /** Whether this build knows the preset above `quality`. */
  readonly highQuality: boolean;
  /** The encoder's own options in this build. */
  readonly options: readonly string[];
}

/** Other ways of spending bits, for drivers that refuse the first; see `variantsFor`. */
export type AmfVariant = "no-b-frames" | "vbr" | "cbr";

const presets: Readonly<Record<Effort, string>> = {
  fastest: "speed",
  faster: "speed",
  fast: "speed",
  balanced: "balanced",
  slow: "quality",
  slower: "quality",
  best: "quality",
};

/** The profiles a user may name, and what AMF calls them. */
export const profiles: Readonly<Partial<Record<Codec, Readonly<Record<string, string>>>>> = {
  h264: {
    baseline: "constrained_baseline",
    constrained_baseline: "constrained_baseline",
    main: "main",
    high: "high",
    constrained_high: "constrained_high",
  },
  hevc: { main: "main", main10: "main10" },
  av1: { main: "main" },
};

export function encodeArgs(encode: Encode, facts: AmfCodec, variant?: string): NonNullable<ArgParts["encode"]> {
  const { codec, bitDepth, color, container, gopFrames } = encode;
  const has = (name: string) => facts.options.includes(name);
  const own = (name: string, value: string | number) => (has(name) ? [`-${name}`, String(value)] : []);
  const bFrames = variant === undefined && profileOf(encode) !== "constrained_baseline" ? facts.bFrames : 0;
  return {
    on: "system",
    pixelFormat: bitDepth === 10 ? "p010le" : "nv12",
    args: [
      ["-c:v", facts.encoder],
      own("usage", "transcoding"),
      // By name: the numbers behind the names differ from codec to codec.
      own("quality", facts.highQuality && encode.effort === "best" ? "high_quality" : presets[encode.effort]),
      codec === "av1" || !has("profile") ? [] : ["-profile:v", profileOf(encode)],
      rateArgs(encode, own, variant),
      ["-g", String(gopFrames)],
      own("gops_per_idr", 1),
      own("forced_idr", 1),
      own("max_b_frames", bFrames),
      own("bf", bFrames),
      colorArgs(color),
      // Apple's players open hevc under this name only.
      codec === "hevc" && (container === "mp4" || container === "mov") ? ["-tag:v", "hvc1"] : [],
    ].flat(),
  };
}

/** The rate controls still to try when the driver refuses the first: none of them asks for B-frames. */
export function variantsFor({ rate }: Encode, { bFrames }: AmfCodec): readonly AmfVariant[] {
  return [
    ...(bFrames > 0 ? ["no-b-frames" as const] : []),
    rate.kind === "bitrate" && !isConstant(rate) ? "cbr" : "vbr",
  ];
}

type Own = (name: string, value: string | number) => readonly string[];

function rateArgs(encode: Encode, own: Own, variant: string | undefined): readonly string[] {
  const { rate, codec } = encode;
  const turned = variant === "vbr" || variant === "cbr";
  if (rate.kind !== "bitrate" && !turned) {
    const { i, p, b } = qpFor(rate, codec);
    return [...own("rc", "cqp"), ...own("qp_i", i), ...own("qp_p", p), ...own("qp_b", b)];
  }
  const { kbps } = rate;
  const constant = turned ? variant === "cbr" : rate.kind === "bitrate" && isConstant(rate);
  const given = rate.kind === "bitrate" && !constant ? rate.maxKbps : undefined;
  // Without a cap vbr_peak would hold the mean as its peak.
  const maxKbps = constant ? kbps : (given ?? Math.round(kbps * 1.5));
  const bufKbit = (rate.kind === "bitrate" ? rate.bufKbit : undefined) ?? maxKbps * 2;
  return [
    ...own("rc", constant ? "cbr" : "vbr_peak"),
    "-b:v",
    `${kbps}k`,
    "-maxrate",
    `${maxKbps}k`,
    "-bufsize",
    `${bufKbit}k`,
    ...own("vbaq", 1),
  ];
}

function isConstant({ kbps, maxKbps }: { readonly kbps: number; readonly maxKbps?: number }): boolean {
  return maxKbps !== undefined && maxKbps <= kbps;
}

function profileOf({ codec, profile, bitDepth }: Encode): string {
  const fallback = codec === "h264" ? "high" : bitDepth === 10 ? "main10" : "main";
  return (profile !== undefined && profiles[codec]?.[profile]) || fallback;
}

function colorArgs({ primaries, transfer, matrix, range }: Color): readonly string[] {
  return [
    ...(primaries ? ["-color_primaries", primaries] : []),
    ...(transfer ? ["-color_trc", transfer] : []),
    ...(matrix ? ["-colorspace", matrix] : []),
    ...(range ? ["-color_range", range] : []),
  ];
}
