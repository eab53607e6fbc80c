import type { Color, Effort, Encode } from "vendue/backend";
import type { CodecFacts, Facts, RateMode } from "./facts.ts";
import { numberFor } from "./quality.ts";

export type EncoderFacts = Pick<Facts, "options"> &
  Omit<CodecFacts, "depths"> & {
    readonly driver?: string;
    /** How many frames it may work on at once; left to ffmpeg where it is not said. */
    readonly depth?: number;
  };

type Flag = readonly [name: string, value: string | number];

/** Read by Intel's driver only; the others take it amiss or not at all. */
const levels: Readonly<Record<Effort, number>> = {
  fastest: 7,
  faster: 6,
  fast: 5,
  balanced: 4,
  slow: 3,
  slower: 2,
  best: 1,
};

export function encodeArgs(encode: Encode, facts: EncoderFacts): readonly string[] {
  const { codec, effort, gopFrames, container, color } = encode;
  const encoder = `${codec}_vaapi`;
  const has = facts.options[encoder] ?? [];
  const hasBframes = facts.bframes && !/baseline/.test(encode.profile ?? "");
  const flags: readonly Flag[] = [
    ["c:v", encoder],
    ...profileFlags(encode),
    ...(facts.driver === "iHD" ? [["compression_level", levels[effort]] as const] : []),
    ...(facts.lowPower && has.includes("low_power") ? [["low_power", 1] as const] : []),
    ...rateFlags(encode, facts),
    ["g", gopFrames],
    ...(has.includes("idr_interval") ? [["idr_interval", 0] as const] : []),
    ...(facts.depth !== undefined && has.includes("async_depth") ? [["async_depth", facts.depth] as const] : []),
    ["bf", hasBframes ? Math.min(2, gopFrames - 1) : 0],
    ...colorFlags(color),
    ...(codec === "hevc" && (container === "mp4" || container === "mov") ? [["tag:v", "hvc1"] as const] : []),
  ];
  return flags.flatMap(([name, value]) => [`-${name}`, String(value)]);
}

/** No level: AMD's encoders have written damaged streams when told one. */
function profileFlags({ codec, bitDepth, profile = "high" }: Encode): readonly Flag[] {
  if (codec === "h264") return [["profile:v", profile === "baseline" ? "constrained_baseline" : profile]];
  return codec === "hevc" ? [["profile:v", bitDepth === 10 ? "main10" : "main"]] : [];
}

/** The mode is always said: left alone, a bitrate selects one that takes no notice of the cap. */
function rateFlags(encode: Encode, { modes }: EncoderFacts): readonly Flag[] {
  const { rate, codec } = encode;
  const mode = rateMode(encode, modes);
  if (rate.kind === "bitrate") {
    const { kbps } = rate;
    const maxKbps = mode === "CBR" ? kbps : (rate.maxKbps ?? Math.round(kbps * 1.5));
    return [
      ["rc_mode", mode],
      ["b:v", `${kbps}k`],
      ["maxrate", `${maxKbps}k`],
      ["bufsize", `${rate.bufKbit ?? maxKbps * 2}k`],
    ];
  }
  // av1 and vp9 have no -qp: ffmpeg would ignore it and fall back to its default.
  const name = mode === "CQP" && (codec === "h264" || codec === "hevc") ? "qp" : "global_quality";
  return [
    ["rc_mode", mode],
    [name, numberFor(rate.x264Crf, codec)],
  ];
}

export function rateMode({ rate }: Encode, modes: readonly RateMode[]): RateMode {
  if (rate.kind !== "bitrate") return modes.includes("ICQ") ? "ICQ" : "CQP";
  const isFlat = rate.maxKbps !== undefined && rate.maxKbps <= rate.kbps;
  return modes.includes("CBR") && (isFlat || !modes.includes("VBR")) ? "CBR" : "VBR";
}

/** Filters on the device often drop the tags, so the encoder is told too. */
function colorFlags({ primaries, transfer, matrix, range }: Color): readonly Flag[] {
  const said = { color_primaries: primaries, color_trc: transfer, colorspace: matrix, color_range: range };
  return Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
