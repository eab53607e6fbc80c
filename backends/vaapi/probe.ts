import type { Codec, Probe, ProbeContext } from "vendue/backend";
import { type CodecFacts, codecs, type Device, type Facts, type RateMode } from "./facts.ts";
import { absentFor, nodeless, type Refusal } from "./reasons.ts";
import { type Seat, tryCodec } from "./trial.ts";

interface Desk extends Pick<Seat, "ctx" | "options"> {
  readonly listed: readonly Codec[];
}

/** The nodes ffmpeg itself would look at; there is no list of a folder here, so they are asked for one by one. */
const nodes = Array.from({ length: 8 }, (_, nth) => `renderD${128 + nth}`);
/** After the driver's own choice: Intel's new and old one, then AMD's. */
const drivers = [undefined, "iHD", "i965", "radeonsi"] as const;

/** Nodes side by side, trials on a node in turn. */
export async function probe(ctx: ProbeContext, forced: string | undefined): Promise<Probe<Facts>> {
  const { ffmpeg, platform } = ctx;
  if (platform.os !== "linux") return { state: "absent", reason: "VAAPI is for Linux", code: "DEVICE_MISSING" };
  const listed = codecs.filter((codec) => ffmpeg.encoders.includes(`${codec}_vaapi`));
  if (listed.length === 0)
    return {
      state: "absent",
      reason: "this ffmpeg was built without VAAPI",
      hint: "use a build that lists h264_vaapi under: ffmpeg -encoders",
      code: "ENCODER_MISSING",
    };
  const wanted = forced === undefined ? nodes : [forced];
  const here = await Promise.all(wanted.map(async (id) => ((await ctx.exists(`/dev/dri/${id}`)) ? [id] : [])));
  const ids = here.flat();
  if (ids.length === 0) return nodeless(ctx, forced);
  const found = await Promise.all(
    listed.map(async (codec) => [`${codec}_vaapi`, await ctx.encoderOptions(`${codec}_vaapi`)] as const),
  );
  const desk: Desk = { ctx, listed, options: Object.fromEntries(found) };

  const answers = await Promise.all(ids.map((id) => probeNode(id, desk)));
  const devices = answers.flatMap((one) => ("codecs" in one ? [one] : []));
  const [refusal] = answers.flatMap((one) => ("codecs" in one ? [] : [one]));
  if (devices.length === 0 && refusal) return absentFor(refusal, ctx);
  return {
    state: "ready",
    facts: {
      cores: platform.cores,
      decodes: ffmpeg.hwaccels.includes("vaapi"),
      options: desk.options,
      devices: devices.toSorted((a, b) => reach(b) - reach(a)),
    },
  };
}

function reach({ codecs }: Device): number {
  return Object.values(codecs).reduce((sum, { depths }) => sum + depths.length, 0);
}

async function probeNode(id: string, desk: Desk): Promise<Device | Refusal> {
  const opened = await openNode(id, desk);
  if ("line" in opened) return opened;
  const seat = { ...opened, ctx: desk.ctx, options: desk.options };
  const proven: { [codec in Codec]?: CodecFacts } = {};
  let refusal: Refusal | undefined;
  for (const codec of desk.listed) {
    const known = await probeCodec(codec, seat);
    if ("line" in known) refusal ??= known;
    else proven[codec] = known;
  }
  const [codec] = desk.listed.filter((one) => proven[one]);
  if (codec === undefined) return refusal ?? { id, code: "FEATURE_REFUSED", line: "no encoder opened" };
  return { ...opened, codecs: proven, filters: await probeFilters(codec, { ...seat, known: proven[codec] ?? least }) };
}

/** One trial where the node cannot be opened at all; another driver is only tried where the first one failed. */
async function openNode(id: string, desk: Desk): Promise<Pick<Device, "id" | "driver"> | Refusal> {
  const [codec = "h264"] = desk.listed;
  let refusal: Refusal | undefined;
  for (const driver of drivers) {
    const device = { id, ...(driver !== undefined && { driver }) };
    const trial = await tryCodec(codec, { ...desk, ...device, known: least });
    if (trial.ok || trial.code === "FEATURE_REFUSED")
      return driver === undefined ? nameDriver(codec, device, desk) : device;
    refusal ??= { id, ...trial };
    if (!/Failed to initialise VAAPI connection/.test(trial.line)) break;
  }
  return refusal ?? { id, code: "DEVICE_MISSING", line: "the node did not open" };
}

/** Intel's driver opens nothing but Intel, so this tells whose chip it is. */
async function nameDriver(
  codec: Codec,
  device: Pick<Device, "id">,
  desk: Desk,
): Promise<Pick<Device, "id" | "driver">> {
  const intel = { ...device, driver: "iHD" };
  const trial = await tryCodec(codec, { ...desk, ...intel, known: least });
  return trial.ok || trial.code === "FEATURE_REFUSED" ? intel : device;
}

const least: CodecFacts = { depths: [8], bframes: false, lowPower: false, modes: ["CQP"] };

async function probeCodec(codec: Codec, seat: Seat): Promise<CodecFacts | Refusal> {
  let refusal: Refusal | undefined;
  for (const bframes of codec === "vp9" ? [false] : [true, false])
    for (const lowPower of [false, true]) {
      const known = { ...least, bframes, lowPower };
      const trial = await tryCodec(codec, { ...seat, known });
      if (trial.ok) return probeMore(codec, { ...seat, known });
      refusal ??= { id: seat.id, ...trial };
      if (trial.code !== "FEATURE_REFUSED") return refusal;
    }
  return refusal ?? { id: seat.id, code: "FEATURE_REFUSED", line: `no ${codec} encoder` };
}

async function probeMore(codec: Codec, { known, ...seat }: Seat & { readonly known: CodecFacts }): Promise<CodecFacts> {
  const deep = codec !== "h264" && (await tryCodec(codec, { ...seat, known }, { bitDepth: 10 })).ok;
  const modes: RateMode[] = ["CQP"];
  // ICQ and QP share a scale for these two alone, and AMD has no ICQ.
  if (seat.driver === "iHD" && (codec === "h264" || codec === "hevc"))
    if ((await tryCodec(codec, { ...seat, known: { ...known, modes: ["ICQ"] } })).ok) modes.push("ICQ");
  for (const mode of ["VBR", "CBR"] as const)
    if (
      (
        await tryCodec(
          codec,
          { ...seat, known: { ...known, modes: [mode] } },
          { rate: { kind: "bitrate", kbps: 2000 } },
        )
      ).ok
    )
      modes.push(mode);
  return { ...known, depths: deep ? [8, 10] : [8], modes };
}

const chores: readonly (readonly [string, Record<string, string | number>])[] = [
  ["scale_vaapi", { w: 480, h: 360, mode: "hq" }],
  ["deinterlace_vaapi", { rate: "frame", auto: 0 }],
  ["transpose_vaapi", { dir: "clock" }],
  ["pad_vaapi", { w: 720, h: 480, x: 40, y: 0 }],
];

async function probeFilters(codec: Codec, seat: Seat & { readonly known: CodecFacts }): Promise<readonly string[]> {
  const works: string[] = [];
  for (const [name, args] of chores) {
    if (!seat.ctx.ffmpeg.filters.includes(name)) continue;
    if ((await tryCodec(codec, seat, { filter: { name, args, on: "vaapi" } })).ok) works.push(name);
  }
  return works;
}
