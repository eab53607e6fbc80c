import type { Codec, Probe, ProbeContext } from "vendue/backend";
import { probeCodec, probeDecodes, probeFilters } from "./codecs.ts";
import { least, openNode } from "./drivers.ts";
import { type CodecFacts, codecs, type Device, type Facts } from "./facts.ts";
import { absentFor, nodeless, type Refusal, tell } from "./reasons.ts";
import type { Seat } from "./trial.ts";

/** The nodes ffmpeg itself would look at; there is no list of a folder here, so they are asked for one by one. */
const nodes = Array.from({ length: 8 }, (_, nth) => `renderD${128 + nth}`);

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

  const [codec = "h264"] = listed;
  const opened = await Promise.all(ids.map((id) => openNode(id, { ctx, codec })));
  const isOpen = opened.some((one) => !("line" in one));
  const found = (isOpen ? listed : []).map(
    async (name) => [`${name}_vaapi`, await ctx.encoderOptions(`${name}_vaapi`)] as const,
  );
  const options = Object.fromEntries(await Promise.all(found));
  const answers = await Promise.all(
    opened.map(async (one) => ("line" in one ? one : probeDevice({ ...one, ctx, options }, listed))),
  );
  const devices = answers.flatMap((one) => ("codecs" in one ? [one] : []));
  const refusals = answers.flatMap((one) => ("line" in one ? [one] : []));
  if (devices.length === 0) return absentFor(refusals, ctx);
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

function reach({ codecs }: Device): number {
  return Object.values(codecs).reduce((sum, { depths }) => sum + depths.length, 0);
}

async function probeDevice(seat: Seat, listed: readonly Codec[]): Promise<Device | Refusal> {
  const { id, driver } = seat;
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
  const filters = await probeFilters(codec, { ...seat, known });
  const decodes = await probeDecodes(codec, { ...seat, known, filters });
  return { id, ...(driver !== undefined && { driver }), codecs: proven, decodes, filters };
}
