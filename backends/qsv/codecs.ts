import type { Codec, TrialShape } from "vendue/backend";
import { type CodecFacts, type Decodes, least } from "./facts.ts";
import { vpp } from "./filters.ts";
import type { Refusal } from "./reasons.ts";
import { type Seat, tryCodec } from "./trial.ts";

export type KnownSeat = Seat & { readonly known: CodecFacts };

/** From the best to the least; the first that works is kept. */
const ladder: readonly Pick<CodecFacts, "bframes" | "quality" | "lowPower">[] = [
  { bframes: true, quality: "ICQ", lowPower: false },
  { bframes: true, quality: "ICQ", lowPower: true },
  { bframes: false, quality: "ICQ", lowPower: true },
  { bframes: true, quality: "CQP", lowPower: false },
  { bframes: false, quality: "CQP", lowPower: true },
  { bframes: false, quality: "CQP", lowPower: false },
];

export async function probeCodec(codec: Codec, seat: Seat): Promise<CodecFacts | Refusal> {
  let refusal: Refusal | undefined;
  for (const rung of ladder) {
    const known = { ...least, ...rung };
    const trial = await tryCodec(codec, { ...seat, known });
    if (trial.ok) return probeMore(codec, { ...seat, known });
    refusal ??= { id: seat.id, code: trial.code, line: trial.line };
    if (trial.code !== "FEATURE_REFUSED") break;
  }
  return refusal ?? { id: seat.id, code: "FEATURE_REFUSED", line: `no ${codec} encoder` };
}

async function probeMore(codec: Codec, { known, ...seat }: KnownSeat): Promise<CodecFacts> {
  const rate = { kind: "bitrate", kbps: 2000 } as const;
  const works = async (tried: CodecFacts) => (await tryCodec(codec, { ...seat, known: tried }, { rate })).ok;
  // No release since 5.1 takes ten bits of h264.
  const deep = codec !== "h264" && (await tryCodec(codec, { ...seat, known }, { bitDepth: 10 })).ok;
  const vbr = await works(known);
  const lookahead = vbr && codec !== "vp9" && (await works({ ...known, lookahead: true }));
  return { ...known, depths: deep ? [8, 10] : [8], vbr, lookahead };
}

const chores: readonly (readonly [string, Record<string, string | number>])[] = [
  ["scale", { w: 480, h: 360, scale_mode: 2 }],
  ["crop", { cw: 480, ch: 360, cx: 16, cy: 16, w: 480, h: 360 }],
  ["deinterlace", { deinterlace: "advanced" }],
  ["transpose", { transpose: "clock" }],
];

export async function probeChores(codec: Codec, seat: KnownSeat): Promise<readonly string[]> {
  const works: string[] = [];
  for (const [name, args] of seat.ctx.ffmpeg.filters.includes("vpp_qsv") ? chores : [])
    if ((await tryCodec(codec, seat, { filter: vpp(args) })).ok) works.push(name);
  return works;
}

export interface DecodeDesk {
  /** Codecs this ffmpeg has a decoder for. */
  readonly decoders: readonly string[];
  readonly chores: readonly string[];
}

/** The runtime can lack for decoding what it has for encoding. */
export async function probeDecodes(
  codec: Codec,
  { decoders, chores: done, ...seat }: KnownSeat & DecodeDesk,
): Promise<Decodes> {
  const scales = done.includes("scale");
  const filter = vpp({ w: 480, h: 360, format: "nv12" });
  const works = async (source: NonNullable<TrialShape["source"]>) =>
    decoders.includes(source.codec) && (await tryCodec(codec, seat, { source, ...(scales && { filter }) })).ok;
  const found: { [codec in Codec]?: readonly number[] } = {};
  for (const source of ["h264", "hevc", "av1", "vp9"] as const) {
    // Ten bits end in eight, so without the filter there is nothing to try; whoever decodes ten decodes eight.
    const isDeep = source !== "h264" && scales && (await works({ codec: source, bitDepth: 10 }));
    if (isDeep) found[source] = [8, 10];
    else if (await works({ codec: source, bitDepth: 8 })) found[source] = [8];
  }
  return found;
}
