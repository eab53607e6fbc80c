import type { Codec, Color, Effort, Encode } from "vendue/backend";
import type { Facts, Features } from "./facts.ts";
import { cqFor } from "./quality.ts";

export type EncoderFacts = Pick<Facts, "options" | "release"> & { readonly features: Features };

type Flag = readonly [name: string, value: string | number];

// The only preset names that ffmpeg 5.1 and the newest both know.
const presets: Readonly<Record<Effort, string>> = {
  fastest: "p1",
  faster: "p2",
  fast: "p3",
  balanced: "p4",
  slow: "p5",
  slower: "p6",
  best: "p7",
};

const thorough: ReadonlySet<Effort> = new Set(["slow", "slower", "best"]);

export function encodeArgs(encode: Encode, facts: EncoderFacts): readonly string[] {
  const { codec, effort, gopFrames, container, color } = encode;
  const encoder = `${codec}_nvenc`;
  const has = facts.options[encoder] ?? [];
  const flags: readonly Flag[] = [
    ["c:v", encoder],
    ["preset", presets[effort]],
    ["tune", "hq"],
    ...profileFlags(encode),
    ...rateFlags(encode, facts),
    ["g", gopFrames],
    ["bf", bframes(encode, facts)],
    ...extraFlags(encode, facts).filter(([name]) => has.includes(name)),
    ...colorFlags(color),
    ...(codec === "hevc" && (container === "mp4" || container === "mov") ? [["tag:v", "hvc1"] as const] : []),
  ];
  return flags.flatMap(([name, value]) => [`-${name}`, String(value)]);
}

/** No level: a wrong one is refused, and the driver works it out. */
function profileFlags({ codec, bitDepth, profile = "high" }: Encode): readonly Flag[] {
  if (codec === "av1") return [];
  return [["profile:v", codec === "h264" ? profile : bitDepth === 10 ? "main10" : "main"]];
}

/** The baseline profile has none. */
function bframes({ gopFrames, profile }: Encode, { features }: EncoderFacts): number {
  return features === "plain" || profile === "baseline" ? 0 : Math.min(3, gopFrames - 1);
}

/** What only some builds have. Constant QP takes neither look-ahead nor adaptive quantisation. */
function extraFlags(encode: Encode, facts: EncoderFacts): readonly Flag[] {
  const { effort, rate } = encode;
  const flags: Flag[] = [
    ["no-scenecut", 1],
    // Without it a forced keyframe is one that players cannot start at.
    ["forced-idr", 1],
  ];
  if (facts.features === "plain") return flags;
  const isFull = facts.features === "full";
  if (isFull && bframes(encode, facts) > 1) flags.push(["b_ref_mode", "middle"]);
  if (isConstantQp(encode)) return flags;
  if (isFull && thorough.has(effort)) flags.push(["rc-lookahead", 20], ["temporal-aq", 1]);
  if (rate.kind === "bitrate" && rate.twoPass) flags.push(["multipass", "fullres"]);
  else if (effort === "best") flags.push(["multipass", "qres"]);
  return flags;
}

function rateFlags(encode: Encode, facts: EncoderFacts): readonly Flag[] {
  const { rate, codec } = encode;
  if (rate.kind === "bitrate") {
    const { kbps, maxKbps = Math.round(kbps * 1.5), bufKbit = maxKbps * 2 } = rate;
    return [
      ["rc", maxKbps <= kbps ? "cbr" : "vbr"],
      ["b:v", `${kbps}k`],
      ["maxrate", `${maxKbps}k`],
      ["bufsize", `${bufKbit}k`],
    ];
  }
  const number = cqFor(rate.x264Crf, codec, mostCq(codec, facts));
  if (isConstantQp(encode))
    return [
      ["rc", "constqp"],
      ["qp", number],
    ];
  // No bitrate beside it: with cq it would be thrown away.
  return [
    ["rc", "vbr"],
    ["cq", number],
  ];
}

/** Below crf 18 a lower CQ changes nothing on older cards, while constant QP goes on getting better. */
function isConstantQp({ rate, codec }: Encode): boolean {
  return rate.kind !== "bitrate" && codec !== "av1" && rate.x264Crf < 18;
}

/** The scale of av1 ends at 63, but up to 7.0 what is over 51 is refused. */
export function mostCq(codec: Codec, { release }: Pick<Facts, "release">): number {
  return codec === "av1" && !isBefore(release, [7, 1]) ? 63 : 51;
}

export function isBefore([major, minor]: Facts["release"], [thenMajor, thenMinor]: Facts["release"]): boolean {
  return major < thenMajor || (major === thenMajor && minor < thenMinor);
}

/** Filters on the card often drop the tags, so the encoder is told too. */
function colorFlags({ primaries, transfer, matrix, range }: Color): readonly Flag[] {
  const said = { color_primaries: primaries, color_trc: transfer, colorspace: matrix, color_range: range };
  return Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
