import type { Codec, Probe, ProbeContext } from "vendue/backend";
import { probeChores, probeCodec, probeDecodes } from "./codecs.ts";
import { type CodecFacts, codecs, type Device, type Facts, least } from "./facts.ts";
import { absentFor, nodeless, type Refusal, tell } from "./reasons.ts";
import { type Seat, tryCodec } from "./trial.ts";

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

  const [codec = "h264"] = listed;
  const opened = await Promise.all(ids.map((id) => openDevice(id, { ctx, codec })));
  const isOpen = opened.some((one) => typeof one === "string");
  const found = (isOpen ? listed : []).map(
    async (name) => [`${name}_qsv`, await ctx.encoderOptions(`${name}_qsv`)] as const,
  );
  const options = Object.fromEntries(await Promise.all(found));
  const decoders = codecs.filter((name) => ffmpeg.hwaccels.includes("qsv") && ffmpeg.decoders.includes(`${name}_qsv`));
  const answers = await Promise.all(
    opened.map(async (one) =>
      typeof one === "string" ? probeDevice({ id: one, ctx, options }, { listed, decoders }) : one,
    ),
  );
  const devices = answers.flatMap((one) => ("codecs" in one ? [one] : []));
  const refusals = answers.flatMap((one) => ("line" in one ? [one] : []));
  if (devices.length === 0) return absentFor(refusals);
  return {
    state: "ready",
    facts: {
      cores: platform.cores,
      options,
      devices: devices.toSorted((a, b) => reach(b) - reach(a)),
      refused: refusals.map((one) => ({ id: one.id, reason: tell(one) })),
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

/** One trial with the least is all that a machine without the hardware costs. */
async function openDevice(
  id: string,
  { ctx, codec }: { readonly ctx: ProbeContext; readonly codec: Codec },
): Promise<string | Refusal> {
  const trial = await tryCodec(codec, { id, ctx, options: {}, known: least });
  return trial.ok || trial.code === "FEATURE_REFUSED" ? id : { id, code: trial.code, line: trial.line };
}

function reach({ codecs }: Device): number {
  return Object.values(codecs).reduce((sum, { depths }) => sum + depths.length, 0);
}

interface Lists {
  readonly listed: readonly Codec[];
  readonly decoders: readonly string[];
}

async function probeDevice(seat: Seat, { listed, decoders }: Lists): Promise<Device | Refusal> {
  const { id } = seat;
  const proven: { [codec in Codec]?: CodecFacts } = {};
  let refusal: Refusal | undefined;
  for (const codec of listed) {
    const known = await probeCodec(codec, seat);
    if ("line" in known) refusal ??= known;
    else proven[codec] = known;
  }
  const [codec] = listed.filter((one) => proven[one]);
  if (codec === undefined) return refusal ?? { id, code: "FEATURE_REFUSED", line: "no encoder opened" };
  const known = proven[codec] ?? least;
  const chores = await probeChores(codec, { ...seat, known });
  const decodes = await probeDecodes(codec, { ...seat, known, chores, decoders });
  return { id, codecs: proven, decodes, chores };
}
