import type { Codec, Probe, ProbeContext } from "vendue/backend";
import { least } from "./build.ts";
import { type CodecFacts, codecs, type Device, type Facts } from "./facts.ts";
import { vpp } from "./filters.ts";
import { absentFor, nodeless, type Refusal } from "./reasons.ts";
import { type Seat, tryCodec } from "./trial.ts";

interface Desk extends Pick<Seat, "ctx" | "options"> {
  readonly listed: readonly Codec[];
}

const nodes = Array.from({ length: 8 }, (_, nth) => `renderD${128 + nth}`);
const adapters = ["0", "1", "2", "3"];

/** Devices side by side, trials on a device in turn. */
export async function probe(ctx: ProbeContext, forced: string | undefined): Promise<Probe<Facts>> {
  const { ffmpeg, platform } = ctx;
  if (platform.os !== "linux" && platform.os !== "win32")
    return { state: "absent", reason: "Quick Sync is for Linux and Windows", code: "DEVICE_MISSING" };
  const listed = codecs.filter((codec) => ffmpeg.encoders.includes(`${codec}_qsv`));
  if (listed.length === 0)
    return {
      state: "absent",
      reason: "this ffmpeg was built without Quick Sync",
      hint: "use a build that lists h264_qsv under: ffmpeg -encoders",
      code: "ENCODER_MISSING",
    };
  const ids = await findIds(ctx, forced);
  if (ids.length === 0) return nodeless(ctx, forced);
  const found = await Promise.all(
    listed.map(async (codec) => [`${codec}_qsv`, await ctx.encoderOptions(`${codec}_qsv`)] as const),
  );
  const desk: Desk = { ctx, listed, options: Object.fromEntries(found) };

  const answers = await Promise.all(ids.map((id) => probeDevice({ ...desk, id })));
  const devices = answers.flatMap((one) => ("codecs" in one ? [one] : []));
  const [refusal] = answers.flatMap((one) => ("codecs" in one ? [] : [one]));
  if (devices.length === 0 && refusal) return absentFor(refusal);
  return {
    state: "ready",
    facts: {
      cores: platform.cores,
      decodes: codecs.filter((codec) => ffmpeg.hwaccels.includes("qsv") && ffmpeg.decoders.includes(`${codec}_qsv`)),
      options: desk.options,
      devices: devices.toSorted((a, b) => reach(b) - reach(a)),
    },
  };
}

/** A build without VAAPI cannot derive a device from a node, so the runtime has to choose one. */
async function findIds(ctx: ProbeContext, forced: string | undefined): Promise<readonly string[]> {
  const isLinux = ctx.platform.os === "linux";
  const wanted = forced === undefined ? (isLinux ? nodes : adapters) : [forced];
  if (!isLinux) return wanted;
  const here = await Promise.all(wanted.map(async (id) => ((await ctx.exists(`/dev/dri/${id}`)) ? [id] : [])));
  return here.flat().length > 0 && !ctx.ffmpeg.hwaccels.includes("vaapi") ? ["any"] : here.flat();
}

function reach({ codecs }: Device): number {
  return Object.values(codecs).reduce((sum, { depths }) => sum + depths.length, 0);
}

async function probeDevice(seat: Seat & Desk): Promise<Device | Refusal> {
  const proven: { [codec in Codec]?: CodecFacts } = {};
  let refusal: Refusal | undefined;
  for (const codec of seat.listed) {
    const known = await probeCodec(codec, seat);
    if ("depths" in known) proven[codec] = known;
    // A device that does not open will not do so for the next codec either.
    else if (known.code !== "FEATURE_REFUSED" && refusal === undefined && Object.keys(proven).length === 0)
      return known;
    else refusal ??= known;
  }
  const [codec] = seat.listed.filter((one) => proven[one]);
  if (codec === undefined) return refusal ?? { id: seat.id, code: "FEATURE_REFUSED", line: "no encoder opened" };
  return { id: seat.id, codecs: proven, chores: await probeChores(codec, { ...seat, known: proven[codec] ?? least }) };
}

/** From the best to the least; the first that works is kept. */
const ladder: readonly Pick<CodecFacts, "bframes" | "quality" | "lowPower">[] = [
  { bframes: true, quality: "ICQ", lowPower: false },
  { bframes: true, quality: "ICQ", lowPower: true },
  { bframes: false, quality: "ICQ", lowPower: true },
  { bframes: true, quality: "CQP", lowPower: false },
  { bframes: false, quality: "CQP", lowPower: true },
  { bframes: false, quality: "CQP", lowPower: false },
];

async function probeCodec(codec: Codec, seat: Seat): Promise<CodecFacts | Refusal> {
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

async function probeMore(codec: Codec, { known, ...seat }: Seat & { readonly known: CodecFacts }): Promise<CodecFacts> {
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

async function probeChores(codec: Codec, seat: Seat & { readonly known: CodecFacts }): Promise<readonly string[]> {
  const works: string[] = [];
  for (const [name, args] of seat.ctx.ffmpeg.filters.includes("vpp_qsv") ? chores : [])
    if ((await tryCodec(codec, seat, { filter: vpp(args) })).ok) works.push(name);
  return works;
}
