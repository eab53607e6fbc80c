import type { Codec, Probe, ProbeContext } from "vendue/backend";
import { type Card, cardQuery, fullness, inCudaOrder, readCards, roomOn, slotsFor } from "./cards.ts";
import { type CodecFacts, codecs, type Device, type Facts, labelOf } from "./facts.ts";
import { absentFor, chiplessReason, isChipless, type Refusal } from "./reasons.ts";
import { probeCodec, probeDecodes, probeFilters, type Seat, tryCodec } from "./trials.ts";

const mostDevices = 8;

/** Which cards open, one by one, then what each can do: cards side by side, trials on a card in turn. */
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
  const cards = await seeCards(ctx);
  const { open, refusals } = await openCards(ctx, { cards, listed, forced });
  const bare = refusals.filter(isChipless);
  if (open.length + bare.length === 0) return absentFor(refusals[0], ctx);
  const found = await Promise.all(
    listed.map(async (codec) => [`${codec}_nvenc`, await ctx.encoderOptions(`${codec}_nvenc`)] as const),
  );
  const options = Object.fromEntries(found);
  const seat = { ctx, options };
  const probed = await Promise.all([
    ...open.map((id) => probeDevice({ id, ...seat }, { cards, listed })),
    ...bare.map((one) => probeDecoder({ id: one.id, ...seat }, one)),
  ]);
  const devices = probed.filter((one) => reach(one) > 0 || Object.keys(one.decodes).length > 0);
  if (devices.length === 0) return absentFor(refusals[0], ctx);
  return {
    state: "ready",
    facts: {
      release: ffmpeg.release,
      cores: platform.cores,
      options,
      devices: devices.toSorted(compareDevices),
      refused: refusals.map(({ id, line, card }) => ({ id: labelOf({ id, ...(card && { card }) }), reason: line })),
    },
  };
}

/** What nvidia-smi says, in CUDA's order. Nothing where it is missing or hangs: then the trials alone decide. */
async function seeCards(ctx: ProbeContext): Promise<readonly (Card | undefined)[]> {
  const { ok, text } = await ctx.ask("nvidia-smi", cardQuery);
  if (!ok) return [];
  return inCudaOrder(readCards(text), {
    visible: ctx.env("CUDA_VISIBLE_DEVICES"),
    order: ctx.env("CUDA_DEVICE_ORDER"),
  });
}

interface Row {
  readonly cards: readonly (Card | undefined)[];
  readonly listed: readonly Codec[];
}

async function openCards(ctx: ProbeContext, { cards, listed, forced }: Row & { readonly forced: number | undefined }) {
  const [first = "h264"] = listed;
  const numbers = Array.from({ length: cards.length || mostDevices }, (_, nth) => nth);
  const open: string[] = [];
  const refusals: Refusal[] = [];
  for (const nth of forced === undefined ? numbers : [forced]) {
    const id = String(nth);
    const card = cards[nth];
    const full = card && fullness(card);
    // Which extras this build has is not asked yet, so that a machine without a card costs one process only.
    const trial = full
      ? ({ ok: false, code: "DEVICE_BUSY", line: full } as const)
      : await tryCodec(first, { id, ctx, options: {}, features: "plain" });
    if (trial.ok) open.push(id);
    // Where nobody counted the cards, the row ends at the first refusal that is not about the encoder.
    else if (cards.length > 0 || isChipless(trial) || refusals.length + open.length === 0)
      refusals.push({ ...trial, id, ...(card && { card }) });
    if (!trial.ok && cards.length === 0 && !isChipless(trial)) break;
  }
  return { open, refusals };
}

/**
 * A card with more codecs first, since the stages of one command share a card; among equals the one with the most
 * room, then the one with fewer encodes.
 */
function compareDevices(a: Device, b: Device): number {
  const { sessions: ofA = 0 } = a.card ?? {};
  const { sessions: ofB = 0 } = b.card ?? {};
  return reach(b) - reach(a) || roomOn(b.card) - roomOn(a.card) || ofA - ofB;
}

function reach({ codecs }: Device): number {
  return Object.values(codecs).reduce((sum, { depths }) => sum + depths.length, 0);
}

/** A card for computing often has no encoder and decodes all the same: frames then go on to an encoder in software. */
async function probeDecoder(seat: Seat, refusal: Refusal): Promise<Device> {
  const { id, card } = refusal;
  const filters = await probeFilters("software", seat);
  const decodes = await probeDecodes("software", { ...seat, filters });
  return { id, ...(card && { card }), codecs: {}, decodes, filters, chipless: chiplessReason(refusal) };
}

async function probeDevice(seat: Seat, { cards, listed }: Row): Promise<Device> {
  const proven: { [codec in Codec]?: CodecFacts } = {};
  for (const codec of listed) {
    const known = await probeCodec(codec, seat);
    if (known) proven[codec] = known;
  }
  const card = cards[Number(seat.id)];
  const slots = slotsFor(card, cards);
  const [codec] = listed.filter((one) => proven[one]);
  const filters = codec ? await probeFilters(codec, seat) : [];
  return {
    id: seat.id,
    ...(card && { card }),
    ...(slots !== undefined && { slots }),
    codecs: proven,
    decodes: codec ? await probeDecodes(codec, { ...seat, filters }) : {},
    filters,
  };
}
