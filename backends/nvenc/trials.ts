import type { Codec, Encode, Filter, ProbeContext, Trial, TrialShape } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { type CodecFacts, type Decodes, type Facts, type Features, openDevice } from "./facts.ts";

/** A card, and what the trials on it are made with. */
export interface Seat {
  readonly id: string;
  readonly ctx: ProbeContext;
  readonly options: Facts["options"];
}

export async function probeCodec(codec: Codec, seat: Seat): Promise<CodecFacts | undefined> {
  for (const features of ["full", "bframes", "plain"] as const) {
    const trial = await tryCodec(codec, { ...seat, features });
    if (!trial.ok && (trial.code !== "FEATURE_REFUSED" || /Codec not supported/.test(trial.line))) return undefined;
    if (!trial.ok) continue;
    // Ten bits of h264 need the newest cards and a newer ffmpeg than most; other backends serve them.
    const deep = codec !== "h264" && (await tryCodec(codec, { ...seat, features, bitDepth: 10 })).ok;
    return { features, depths: deep ? [8, 10] : [8] };
  }
  return undefined;
}

/** What a trial ends in: an encoder of the card, or where it has none, software that loses nothing. */
type End = Codec | "software";

const chores: readonly (readonly [string, Record<string, string | number>])[] = [
  ["scale_cuda", { w: 480, h: 360 }],
  ["bwdif_cuda", { mode: "send_frame" }],
  ["yadif_cuda", { mode: "send_frame" }],
  ["pad_cuda", { w: 720, h: 480, x: 40, y: 0 }],
];

export async function probeFilters(codec: End, seat: Seat): Promise<readonly string[]> {
  const works: string[] = [];
  for (const [name, args] of chores) {
    if (!seat.ctx.ffmpeg.filters.includes(name)) continue;
    const trial = await tryCodec(codec, { ...seat, features: "plain", filter: { name, args, on: "cuda" } });
    if (trial.ok) works.push(name);
  }
  return works;
}

/** Decoding is a chip of its own: it can lack what the encoder has, and its library can be missing. */
export async function probeDecodes(
  codec: End,
  { filters, ...seat }: Seat & { readonly filters: readonly string[] },
): Promise<Decodes> {
  if (!seat.ctx.ffmpeg.hwaccels.includes("cuda")) return {};
  // The card's encoders are tried with eight bits; software takes what comes.
  const narrows = codec !== "software";
  const filter = { name: "scale_cuda", args: { w: 480, h: 360, ...(narrows && { format: "nv12" }) }, on: "cuda" };
  const scales = filters.includes(filter.name);
  const works = async (source: NonNullable<TrialShape["source"]>) =>
    (await tryCodec(codec, { ...seat, features: "plain", source, ...(scales && { filter }) })).ok;
  const found: { [codec in Codec]?: readonly number[] } = {};
  for (const source of ["h264", "hevc", "av1", "vp9"] as const) {
    // Where ten bits end in eight, there is nothing to try without the filter; whoever decodes ten decodes eight.
    const isDeep = source !== "h264" && (scales || !narrows) && (await works({ codec: source, bitDepth: 10 }));
    if (isDeep) found[source] = [8, 10];
    else if (await works({ codec: source, bitDepth: 8 })) found[source] = [8];
  }
  return found;
}

/** More threads than one run over the decoder's 32 surfaces; the spare frames are those that look-ahead holds back. */
export function decodeOnCard(spareFrames = 8) {
  const hardware = "-hwaccel cuda -hwaccel_device cu -hwaccel_output_format cuda".split(" ");
  return { on: "cuda", args: ["-threads", "1", "-extra_hw_frames", String(spareFrames), ...hardware] } as const;
}

const sample = {
  rate: { kind: "quality", quality: 70, x264Crf: 23, kbps: 1200 },
  width: 640,
  height: 480,
  fps: { num: 30, den: 1 },
  color: {},
  gopFrames: 30,
  container: "mkv",
} as const;

interface Wish extends Seat {
  readonly features: Features;
  readonly bitDepth?: 8 | 10;
  readonly filter?: Filter;
  readonly source?: NonNullable<TrialShape["source"]>;
}

/** With every feature the most careful effort is tried, since it uses them all. */
export function tryCodec(
  codec: End,
  { id, ctx, options, features, bitDepth = 8, filter, source }: Wish,
): Promise<Trial> {
  const parts = {
    device: openDevice(id),
    ...(source && { decode: decodeOnCard() }),
    ...(filter && { filters: [filter] }),
  };
  if (codec === "software") {
    const encode = { on: "system", args: ["-c:v", "ffv1"], pixelFormat: "nv12" };
    return ctx.tryEncode({ ...parts, encode }, source && { source });
  }
  const encode: Encode = {
    ...sample,
    codec,
    effort: features === "full" ? "best" : "fastest",
    bitDepth,
    pixelFormat: bitDepth === 10 ? "yuv420p10le" : "yuv420p",
  };
  const args = encodeArgs(encode, { features, options, release: ctx.ffmpeg.release });
  return ctx.tryEncode(
    {
      ...parts,
      encode: { on: "cuda", args, pixelFormat: bitDepth === 10 ? "p010le" : "nv12" },
    },
    source && { source },
  );
}
