import type { Chain } from "../ffmpeg/mod.ts";
import type { Filter, Media, Rational } from "../types.ts";
import { type Canvas, joinPads } from "./canvas.ts";
import { layOut, type Slot } from "./grid.ts";
import { clipSound, exactly, fades, gainSound, silence, type SoundFormat } from "./sound.ts";
import { type Pick, tracksFor } from "./tracks.ts";
import { type Clip, headOf, meets, type Mix, mixSec, tailOf } from "./timeline.ts";

export interface SoundOptions {
  readonly media: Media;
  readonly rate: Rational;
  readonly format: SoundFormat;
  readonly pick: Pick;
}

/** A stretch of sound to draw, and whether its ends are cuts that would click. */
interface Stretch {
  readonly slot: Slot;
  readonly fadeIn: boolean;
  readonly fadeOut: boolean;
}

/** Draws one audio track of these segments; clips without it are silent for as long as their picture lasts. */
export function drawSound(canvas: Canvas, slots: readonly Slot[], options: SoundOptions): string {
  return drawStretches(
    canvas,
    stretchesOf(slots, (clip, end) => isCut(clip, end, options)),
    options,
  );
}

/** Sound fades wherever it jumps; where a cut changes nothing, and where a source starts or ends by itself, it does not. */
function stretchesOf(slots: readonly Slot[], cutAt: (clip: Clip, end: "in" | "out") => boolean): readonly Stretch[] {
  return slots.map((slot, nth) => {
    const [before, after] = [slots[nth - 1], slots[nth + 1]];
    const [head, tail] = [headOf(slot.segment), tailOf(lastOf(slot))];
    return {
      slot,
      fadeIn: before ? !meets(lastOf(before), slot.segment) : head !== undefined && cutAt(head, "in"),
      fadeOut: after ? !meets(lastOf(slot), after.segment) : tail !== undefined && cutAt(tail, "out"),
    };
  });
}

function isCut({ source, inSec, outSec }: Clip, end: "in" | "out", { media, pick }: SoundOptions): boolean {
  const info = media.files[source];
  const endSec = Math.max(0, ...tracksFor(pick, info).map((nth) => info?.audio[nth]?.endSec ?? 0));
  return end === "in" ? inSec > 0 : outSec < endSec - 0.001;
}

function lastOf({ segment, comb }: Slot) {
  return comb?.slots.at(-1)?.segment ?? segment;
}

function drawStretches(canvas: Canvas, stretches: readonly Stretch[], options: SoundOptions): string {
  const pads = stretches.map((stretch) => {
    const { segment, samples } = stretch.slot;
    if (segment.kind === "mix") return drawMix(canvas, segment, stretch, options);
    return drawClip(canvas, segment, stretch, options) ?? drawSilence(canvas, samples, options);
  });
  return joinPads(canvas, pads, "a", [{ name: "concat", args: { n: pads.length, v: 0, a: 1 }, on: "any" }]);
}

function drawSilence(canvas: Canvas, samples: number, { format }: SoundOptions): string {
  const to = canvas.pad("a");
  canvas.chains.push({ from: [], filters: silence(format, samples), to: [to] });
  return to;
}

function drawClip(canvas: Canvas, clip: Clip, stretch: Stretch, options: SoundOptions): string | undefined {
  const { format } = options;
  const { slot } = stretch;
  const { samples } = slot;
  const tracks = readTracks(canvas, clip, options);
  if (tracks.length === 0) return undefined;
  const end = [...gainSound(clip.sound), ...exactly(samples), ...fades(stretch, samples, format)];
  const only = tracks.length === 1 ? tracks[0] : mixTracks(canvas, tracks, lengthOf(slot));
  if (only === undefined) return undefined;
  const to = canvas.pad("a");
  if (slot.comb === undefined) canvas.chains.push({ ...only, filters: [...only.filters, ...end], to: [to] });
  else canvas.chains.push({ from: [drawTeeth(canvas, only, { slot, format })], filters: end, to: [to] });
  return to;
}

/** What stands between the decoder of each picked track and the common format. */
function readTracks(canvas: Canvas, clip: Clip, { media, format, pick }: SoundOptions): readonly Omit<Chain, "to">[] {
  const info = media.files[clip.source];
  return tracksFor(pick, info).flatMap((nth) => {
    const from = info?.audio[nth];
    if (from === undefined) return [];
    const { index, shiftSec } = canvas.open(clip);
    return [{ from: [`${index}:${from.index}`], filters: clipSound(format, { shiftSec, from }) }];
  });
}

/** All tracks as one, each turned down so that no sum can clip. */
function mixTracks(canvas: Canvas, tracks: readonly Omit<Chain, "to">[], samples: number): Omit<Chain, "to"> {
  const pads = tracks.map(({ from, filters }) => {
    const to = canvas.pad("a");
    canvas.chains.push({ from, filters: [...filters, ...exactly(samples)], to: [to] });
    return to;
  });
  const weights = pads.map(() => (1 / pads.length).toFixed(6)).join(" ");
  return { from: pads, filters: [{ name: "amix", args: { inputs: pads.length, weights, normalize: 0 }, on: "any" }] };
}

/** Samples that are read for a slot, whether they are all kept or not. */
function lengthOf({ samples, comb }: Slot): number {
  const [first, count] = comb?.samples.at(-1) ?? [0, samples];
  return first + count;
}

/** Many ranges of one input: a door for each, which opens for its own samples alone. */
function drawTeeth(
  canvas: Canvas,
  { from, filters }: Omit<Chain, "to">,
  { slot, format }: { readonly slot: Slot; readonly format: SoundFormat },
): string {
  const { samples = [], slots = [] } = slot.comb ?? {};
  const doors = samples.map(() => canvas.pad("a"));
  canvas.chains.push({
    from,
    filters: [...filters, { name: "asplit", args: { outputs: doors.length }, on: "any" }],
    to: doors,
  });
  const pads = samples.map(([first, count], nth) => {
    const [before, own, after] = [slots[nth - 1], slots[nth], slots[nth + 1]];
    const jumps = (one: Slot | undefined, next: Slot | undefined) =>
      one !== undefined && next !== undefined && !meets(one.segment, next.segment);
    const ends = { fadeIn: jumps(before, own), fadeOut: jumps(own, after) };
    const to = canvas.pad("a");
    canvas.chains.push({
      from: [doors[nth] ?? ""],
      filters: [...window(first, count), ...exactly(count), ...fades(ends, count, format)],
      to: [to],
    });
    return to;
  });
  return joinPads(canvas, pads, "a", [{ name: "concat", args: { n: pads.length, v: 0, a: 1 }, on: "any" }]);
}

function drawMix(canvas: Canvas, mix: Mix, stretch: Stretch, options: SoundOptions): string {
  const { format, rate } = options;
  const { samples } = stretch.slot;
  const long = mixSec(mix);
  const sides = (["out", "in"] as const).map((type): Chain => {
    const side = type === "out" ? mix.from : mix.to;
    const slots = spare(layOut(side, rate, format.sampleRate), options);
    const pad = drawStretches(
      canvas,
      stretchesOf(slots, () => false),
      options,
    );
    // Equal power: two different sounds keep their common level through the fade.
    return {
      from: [pad],
      filters: [{ name: "afade", args: { type, start_time: 0, duration: long, curve: "qsin" }, on: "any" }],
      to: [canvas.pad("a")],
    };
  });
  const to = canvas.pad("a");
  canvas.chains.push(...sides, {
    from: sides.flatMap((side) => side.to),
    filters: [
      { name: "amix", args: { inputs: 2, duration: "longest", normalize: 0 }, on: "any" },
      ...window(Math.round(mix.inSec * format.sampleRate), samples),
      ...exactly(samples),
      ...fades(stretch, samples, format),
    ],
    to: [to],
  });
  return to;
}

/** The last sound of one side of a crossfade, with a frame to spare so that neither side runs out first. */
function spare(slots: readonly Slot[], { rate, format }: SoundOptions): readonly Slot[] {
  const more = Math.ceil((format.sampleRate * rate.den) / rate.num);
  return slots.map((slot, nth) =>
    nth === slots.length - 1 && slot.comb === undefined ? { ...slot, samples: slot.samples + more } : slot,
  );
}

function window(first: number, count: number): readonly Filter[] {
  return [
    { name: "atrim", args: { start_sample: first, end_sample: first + count }, on: "any" },
    { name: "asetpts", args: { expr: "PTS-STARTPTS" }, on: "any" },
  ];
}
