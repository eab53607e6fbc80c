import type { Codec, Encode, Filter, Probe, ProbeContext, Trial } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { type CodecFacts, codecs, type Device, type Facts, type Features, openDevice } from "./facts.ts";
import { absentFor, isChipless } from "./reasons.ts";

interface Desk {
  readonly ctx: ProbeContext;
  readonly listed: readonly Codec[];
  readonly options: Facts["options"];
}

const mostDevices = 8;

/** Cards one by one until there is no next, then what each can do: cards side by side, trials on a card in turn. */
export async function probe(ctx: ProbeContext, forced: number | undefined): Promise<Probe<Facts>> {
  const { ffmpeg, platform } = ctx;
  if (platform.os === "darwin")
    return { state: "absent", reason: "there is no NVENC on a Mac", code: "DEVICE_MISSING" };
  const listed = codecs.filter((codec) => ffmpeg.encoders.includes(`${codec}_nvenc`));
  if (listed.length === 0)
    return {
      state: "absent",
      reason: "this ffmpeg was built without NVENC",
      hint: "use a build that lists h264_nvenc under: ffmpeg -encoders",
      code: "ENCODER_MISSING",
    };
  const found = await Promise.all(
    listed.map(async (codec) => [`${codec}_nvenc`, await ctx.encoderOptions(`${codec}_nvenc`)] as const),
  );
  const desk: Desk = { ctx, listed, options: Object.fromEntries(found) };

  const ids = forced === undefined ? Array.from({ length: mostDevices }, (_, nth) => String(nth)) : [String(forced)];
  const open: string[] = [];
  const refusals: (Extract<Trial, { ok: false }> & { readonly id: string })[] = [];
  for (const id of ids) {
    const [first = "h264"] = listed;
    const trial = await tryCodec(first, { id, desk, features: "plain" });
    if (trial.ok) open.push(id);
    else refusals.push({ ...trial, id });
    // A card without an encoder may have a neighbour with one; any other refusal ends the row of cards.
    if (!trial.ok && !isChipless(trial)) break;
  }
  const devices = (await Promise.all(open.map((id) => probeDevice(id, desk)))).filter(
    ({ codecs }) => Object.keys(codecs).length > 0,
  );
  const [refusal] = refusals;
  if (devices.length === 0) return absentFor(refusal, ctx);
  return {
    state: "ready",
    facts: {
      release: ffmpeg.release,
      cores: platform.cores,
      decodes: ffmpeg.hwaccels.includes("cuda"),
      options: desk.options,
      devices: devices.toSorted((a, b) => reach(b) - reach(a)),
      refused: refusals.filter(isChipless).map(({ id, line }) => ({ id, reason: line })),
    },
  };
}

function reach({ codecs }: Device): number {
  return Object.values(codecs).reduce((sum, { depths }) => sum + depths.length, 0);
}

async function probeDevice(id: string, desk: Desk): Promise<Device> {
  const proven: { [codec in Codec]?: CodecFacts } = {};
  for (const codec of desk.listed) {
    const known = await probeCodec(codec, { id, desk });
    if (known) proven[codec] = known;
  }
  const [codec] = desk.listed.filter((one) => proven[one]);
  return { id, codecs: proven, filters: codec ? await probeFilters(codec, { id, desk }) : [] };
}

async function probeCodec(
  codec: Codec,
  seat: { readonly id: string; readonly desk: Desk },
): Promise<CodecFacts | undefined> {
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

const chores: readonly (readonly [string, Record<string, string | number>])[] = [
  ["scale_cuda", { w: 480, h: 360 }],
  ["bwdif_cuda", { mode: "send_frame" }],
  ["yadif_cuda", { mode: "send_frame" }],
  ["pad_cuda", { w: 720, h: 480, x: 40, y: 0 }],
];

async function probeFilters(
  codec: Codec,
  { id, desk }: { readonly id: string; readonly desk: Desk },
): Promise<readonly string[]> {
  const works: string[] = [];
  for (const [name, args] of chores) {
    if (!desk.ctx.ffmpeg.filters.includes(name)) continue;
    const trial = await tryCodec(codec, { id, desk, features: "plain", filter: { name, args, on: "cuda" } });
    if (trial.ok) works.push(name);
  }
  return works;
}

const sample = {
  rate: { kind: "quality", quality: 70 },
  width: 640,
  height: 480,
  fps: { num: 30, den: 1 },
  color: {},
  gopFrames: 30,
  container: "mkv",
} as const;

interface TrialOptions {
  readonly id: string;
  readonly desk: Desk;
  readonly features: Features;
  readonly bitDepth?: 8 | 10;
  readonly filter?: Filter;
}

/** With every feature the most careful effort is tried, since it uses them all. */
function tryCodec(codec: Codec, { id, desk, features, bitDepth = 8, filter }: TrialOptions): Promise<Trial> {
  const encode: Encode = {
    ...sample,
    codec,
    effort: features === "full" ? "best" : "fastest",
    bitDepth,
    pixelFormat: bitDepth === 10 ? "yuv420p10le" : "yuv420p",
  };
  const args = encodeArgs(encode, { features, options: desk.options, release: desk.ctx.ffmpeg.release });
  return desk.ctx.tryEncode({
    device: openDevice(id),
    ...(filter && { filters: [filter] }),
    encode: { on: "cuda", args, pixelFormat: bitDepth === 10 ? "p010le" : "nv12" },
  });
}
