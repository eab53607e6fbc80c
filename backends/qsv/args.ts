import type { Color, Effort, Encode } from "vendue/backend";
import type { CodecFacts, Facts } from "./facts.ts";
import { numberFor } from "./quality.ts";

export type EncoderFacts = Pick<Facts, "options"> &
  CodecFacts & {
    /** How many frames it may work on at once; left to ffmpeg where it is not said. */
    readonly depth?: number;
  };

type Flag = readonly [name: string, value: string | number];

const presets: Readonly<Record<Effort, string>> = {
  fastest: "veryfast",
  faster: "veryfast",
  fast: "fast",
  balanced: "medium",
  slow: "slow",
  slower: "slower",
  best: "veryslow",
};

const thorough: ReadonlySet<Effort> = new Set(["slow", "slower", "best"]);

export function encodeArgs(encode: Encode, facts: EncoderFacts): readonly string[] {
  const { codec, effort, gopFrames, container, color } = encode;
  const encoder = `${codec}_qsv`;
  const has = facts.options[encoder] ?? [];
  const hasBframes = facts.bframes && encode.profile !== "baseline";
  const flags: readonly Flag[] = [
    ["c:v", encoder],
    ["preset", presets[effort]],
    ...profileFlags(encode),
    ...rateFlags(encode, facts),
    ["g", gopFrames],
    ...(codec === "vp9" ? [] : [["bf", hasBframes ? Math.min(3, gopFrames - 1) : 0] as const]),
    ...extraFlags(encode, facts).filter(([name]) => has.includes(name)),
    ...colorFlags(color),
    ...(codec === "hevc" && (container === "mp4" || container === "mov") ? [["tag:v", "hvc1"] as const] : []),
  ];
  return flags.flatMap(([name, value]) => [`-${name}`, String(value)]);
}

function profileFlags({ codec, bitDepth, profile = "high" }: Encode): readonly Flag[] {
  if (codec === "h264") return [["profile:v", profile]];
  return codec === "hevc" ? [["profile:v", bitDepth === 10 ? "main10" : "main"]] : [];
}

function rateFlags({ rate, codec }: Encode, { quality }: EncoderFacts): readonly Flag[] {
  if (rate.kind === "bitrate") {
    const { kbps, maxKbps = Math.round(kbps * 1.5), bufKbit = maxKbps * 4 } = rate;
    // A cap equal to the bitrate is what selects a constant one.
    return [
      ["b:v", `${kbps}k`],
      ["maxrate", `${maxKbps}k`],
      ["bufsize", `${bufKbit}k`],
    ];
  }
  // No cap beside it: without a bitrate a cap throws the quality away. -q:v is what selects a fixed QP.
  return [[quality === "ICQ" ? "global_quality" : "q:v", numberFor(rate.x264Crf, codec, quality)]];
}

/** What only some encoders and builds have. */
function extraFlags({ codec, effort, rate }: Encode, { lowPower, lookahead, depth }: EncoderFacts): readonly Flag[] {
  return [
    ["low_power", lowPower ? 1 : 0],
    ...(depth !== undefined ? [["async_depth", depth] as const] : []),
    // The default became high, which is for levels that few players take.
    ...(codec === "hevc" ? [["tier", "main"] as const] : []),
    ["idr_interval", 0],
    // Without it a forced keyframe is one that players cannot start at.
    ["forced_idr", 1],
    ...(rate.kind === "bitrate" ? [["mbbrc", 1] as const] : []),
    // It matters more than any preset, but only where bits are to be shared out.
    ...(lookahead && rate.kind === "bitrate" && thorough.has(effort)
      ? ([
          ["extbrc", 1],
          ["look_ahead_depth", 40],
        ] as const)
      : []),
  ];
}

/** Filters on the device often drop the tags, so the encoder is told too. */
function colorFlags({ primaries, transfer, matrix, range }: Color): readonly Flag[] {
  const said = { color_primaries: primaries, color_trc: transfer, colorspace: matrix, color_range: range };
  return Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
