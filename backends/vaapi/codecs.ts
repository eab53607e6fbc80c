import type { Codec, TrialShape } from "vendue/backend";
import { least } from "./drivers.ts";
import type { CodecFacts, Decodes, RateMode } from "./facts.ts";
import type { Refusal } from "./reasons.ts";
import { type Seat, tryCodec } from "./trial.ts";

export type KnownSeat = Seat & { readonly known: CodecFacts };

export async function probeCodec(codec: Codec, seat: Seat): Promise<CodecFacts | Refusal> {
  let refusal: Refusal | undefined;
  for (const bframes of codec === "vp9" ? [false] : [true, false])
    for (const lowPower of [false, true]) {
      const known = { ...least, bframes, lowPower };
      const trial = await tryCodec(codec, { ...seat, known });
      if (trial.ok) return probeMore(codec, { ...seat, known });
      refusal ??= { id: seat.id, code: trial.code, line: trial.line };
      if (trial.code !== "FEATURE_REFUSED") return refusal;
    }
  return refusal ?? { id: seat.id, code: "FEATURE_REFUSED", line: `no ${codec} encoder` };
}

async function probeMore(codec: Codec, { known, ...seat }: KnownSeat): Promise<CodecFacts> {
  const deep = codec !== "h264" && (await tryCodec(codec, { ...seat, known }, { bitDepth: 10 })).ok;
  const works = async (mode: RateMode, wish?: Parameters<typeof tryCodec>[2]) =>
    (await tryCodec(codec, { ...seat, known: { ...known, modes: [mode] } }, wish)).ok;
  const modes: RateMode[] = ["CQP"];
  // ICQ and QP share a scale for these two alone, and AMD has no ICQ.
  if (seat.driver === "iHD" && (codec === "h264" || codec === "hevc") && (await works("ICQ"))) modes.push("ICQ");
  for (const mode of ["VBR", "CBR"] as const)
    if (await works(mode, { rate: { kind: "bitrate", kbps: 2000 } })) modes.push(mode);
  return { ...known, depths: deep ? [8, 10] : [8], modes };
}

const chores: readonly (readonly [string, Record<string, string | number>])[] = [
  ["scale_vaapi", { w: 480, h: 360, mode: "hq" }],
  ["deinterlace_vaapi", { rate: "frame", auto: 0 }],
  ["transpose_vaapi", { dir: "clock" }],
  ["pad_vaapi", { w: 720, h: 480, x: 40, y: 0 }],
];

export async function probeFilters(codec: Codec, seat: KnownSeat): Promise<readonly string[]> {
  const works: string[] = [];
  for (const [name, args] of chores) {
    if (!seat.ctx.ffmpeg.filters.includes(name)) continue;
    if ((await tryCodec(codec, seat, { filter: { name, args, on: "vaapi" } })).ok) works.push(name);
  }
  return works;
}

/** A driver can lack for decoding what it has for encoding. */
export async function probeDecodes(
  codec: Codec,
  { filters, ...seat }: KnownSeat & { readonly filters: readonly string[] },
): Promise<Decodes> {
  if (!seat.ctx.ffmpeg.hwaccels.includes("vaapi")) return {};
  const filter = { name: "scale_vaapi", args: { w: 480, h: 360, format: "nv12" }, on: "vaapi" };
  const scales = filters.includes(filter.name);
  const works = async (source: NonNullable<TrialShape["source"]>) =>
    (await tryCodec(codec, seat, { source, ...(scales && { filter }) })).ok;
  const found: { [codec in Codec]?: readonly number[] } = {};
  for (const source of ["h264", "hevc", "av1", "vp9"] as const) {
    // Ten bits end in eight, so without the filter there is nothing to try; whoever decodes ten decodes eight.
    const isDeep = source !== "h264" && scales && (await works({ codec: source, bitDepth: 10 }));
    if (isDeep) found[source] = [8, 10];
    else if (await works({ codec: source, bitDepth: 8 })) found[source] = [8];
  }
  return found;
}
