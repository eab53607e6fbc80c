import { formatSec } from "../media/mod.ts";
import type { Filter, Rational } from "../types.ts";
import { type Canvas, joinPads } from "./canvas.ts";
import { combFrames } from "./comb.ts";
import { countFrames, layOut, type Slot } from "./grid.ts";
import { type Clip, type Mix, mixSec, type Segment } from "./timeline.ts";

export interface PictureOptions {
  readonly rate: Rational;
  /** The filters of one clip, from its decoder to the join. */
  readonly filters: (clip: Clip) => readonly Filter[];
}

/** Every clip in the order it is drawn, and how many frames of it. */
export function drawnClips(slots: readonly Slot[], rate: Rational): readonly (readonly [clip: Clip, count: number])[] {
  return slots.flatMap(({ segment, frames, comb, slipSec }) =>
    segment.kind === "clip"
      ? [[segment, comb?.spanFrames ?? frames] as const]
      : sidesOf(segment, slipSec, rate).flatMap((side) => drawnClips(side, rate)),
  );
}

/** Draws the picture of these segments; answers the pad it ends on. */
export function drawPicture(canvas: Canvas, slots: readonly Slot[], options: PictureOptions): string {
  const pads = slots.map((slot) =>
    slot.segment.kind === "clip"
      ? drawClip(canvas, slot.segment, slot, options)
      : drawMix(canvas, slot.segment, slot, options),
  );
  return joinPads(canvas, pads, "v", [
    { name: "concat", args: { n: pads.length, v: 1, a: 0 }, on: "system" },
    ...steady(options.rate, countFrames(slots)),
  ]);
}

/** Rounded to whole ticks of a coarse clock, a frame at the very end of a range may look like one before it. */
const coarseSec = 0.002;

function drawClip(canvas: Canvas, clip: Clip, slot: Slot, { filters, rate }: PictureOptions): string {
  const { comb, slipSec } = slot;
  const { index, shiftSec } = canvas.open(clip);
  const to = canvas.pad("v");
  // Zero is the moment that the first frame stands for, which is where the range starts but for a part of a frame.
  const zeroSec = Number(formatSec(shiftSec + slipSec));
  const lastSec = (comb?.slots.at(-1)?.segment ?? clip).outSec - clip.inSec - slipSec - coarseSec;
  const own = filters(clip);
  const steady = own.findIndex(({ name }) => name === "trim") + 1;
  const steps = comb ? [...own.slice(0, steady), ...combFrames(comb, rate), ...own.slice(steady)] : own;
  canvas.chains.push({
    // By its number: a cover may come before it.
    from: [`${index}:${canvas.media.files[clip.source]?.video?.index ?? "v:0"}`],
    filters: [...shift(zeroSec), { name: "trim", args: { end: formatSec(lastSec) }, on: "any" }, ...steps],
    to: [to],
  });
  return to;
}

function shift(sec: number): readonly Filter[] {
  if (sec === 0) return [];
  return [{ name: "setpts", args: { expr: `round(PTS-${sec}/TB)` }, on: "any" }];
}

function drawMix(canvas: Canvas, mix: Mix, { frames, slipSec }: Slot, options: PictureOptions): string {
  const perSec = options.rate.num / options.rate.den;
  const first = firstOf(mix, slipSec, perSec);
  const [from, to] = sidesOf(mix, slipSec, options.rate).map((side) => drawPicture(canvas, side, options));
  const out = canvas.pad("v");
  canvas.chains.push({
    from: [from ?? "", to ?? ""],
    filters: [
      {
        name: "xfade",
        args: { transition: "fade", duration: Math.ceil(mixSec(mix) * perSec) / perSec, offset: 0 },
        on: "system",
      },
      { name: "tpad", args: { stop_mode: "clone", stop: 2 }, on: "any" },
      { name: "trim", args: { start_frame: first, end_frame: first + frames }, on: "any" },
      { name: "setpts", args: { expr: "PTS-STARTPTS" }, on: "any" },
      ...steady(options.rate, frames),
    ],
    to: [out],
  });
  return out;
}

/** The first frame of a fade that is shown. */
function firstOf({ inSec }: Mix, slipSec: number, perSec: number): number {
  return Math.round((inSec + slipSec) * perSec);
}

/** Both sides of a fade, whose own frames stand where those of the programme do. */
function sidesOf(mix: Mix, slipSec: number, rate: Rational): readonly (readonly Slot[])[] {
  const perSec = rate.num / rate.den;
  const startSec = firstOf(mix, slipSec, perSec) / perSec - mix.inSec - slipSec;
  return [mix.from, mix.to].map((side) => spare(side, rate, startSec));
}

/** Joins and new timestamps forget the frame rate; without it encoders guess 25, and the last frame may come twice. */
function steady({ num, den }: Rational, frames: number): readonly Filter[] {
  return [
    { name: "fps", args: { fps: `${num}/${den}` }, on: "any" },
    { name: "trim", args: { end_frame: frames }, on: "any" },
  ];
}

/** One side of a crossfade, with a frame to spare so that neither side runs out first. */
function spare(side: readonly Segment[], rate: Rational, startSec: number): readonly Slot[] {
  return layOut(side, rate, 48000, startSec).map((slot, nth, all) =>
    nth === all.length - 1 && slot.comb === undefined ? { ...slot, frames: slot.frames + 1 } : slot,
  );
}
