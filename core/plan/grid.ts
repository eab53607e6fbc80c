import { toNumber } from "../media/mod.ts";
import type { Rational, VideoInfo } from "../types.ts";
import { type Comb, combine } from "./comb.ts";
import type { Segment } from "./timeline.ts";

/**
 * A segment with the ticks it fills. Boundaries are rounded on the whole programme, pictures to a frame and sound to a
 * sample, so that no error adds up and sound stands where it was asked for.
 */
export interface Slot {
  readonly segment: Segment;
  readonly frames: number;
  readonly samples: number;
  /** How much later the first frame is shown than its segment starts: at most half a frame, either way. */
  readonly slipSec: number;
  /** Set where the slot stands for many ranges of one source; `segment` is the first of them. */
  readonly comb?: Comb;
}

/**
 * Lays segments on the grid of the output: whole frames, and samples that end with them. `startSec` is where the first
 * segment starts, seen from the first frame: inside a crossfade that is not zero.
 */
export function layOut(
  segments: readonly Segment[],
  rate: Rational,
  sampleRate: number,
  startSec = 0,
): readonly Slot[] {
  return combine(layEach(segments, rate, sampleRate, startSec), { rate, sampleRate });
}

/** The same with a slot for every range, near ones too. */
export function layEach(
  segments: readonly Segment[],
  rate: Rational,
  sampleRate: number,
  startSec = 0,
): readonly Slot[] {
  const perSec = toNumber(rate);
  const slots: Slot[] = [];
  let atSec = startSec;
  let heard = 0;
  for (const segment of segments) {
    const fromSec = atSec;
    atSec += segment.outSec - segment.inSec;
    const [first, past] = [Math.round(fromSec * perSec), Math.round(atSec * perSec)];
    const samples = Math.round(atSec * sampleRate) - heard;
    const before = slots.at(-1);
    if (past > first) slots.push({ segment, frames: past - first, samples, slipSec: first / perSec - fromSec });
    // A range too short for a frame is not shown, but what follows keeps its place.
    else if (before) slots[slots.length - 1] = { ...before, samples: before.samples + samples };
    else continue;
    heard += samples;
  }
  return endTogether(slots, { perSec, sampleRate, heard });
}

/** The last sound ends with the last frame, to the sample. */
function endTogether(
  slots: readonly Slot[],
  { perSec, sampleRate, heard }: { readonly perSec: number; readonly sampleRate: number; readonly heard: number },
): readonly Slot[] {
  const [last, before] = [slots.at(-1), slots.slice(0, -1)];
  if (last === undefined) return slots;
  const lack = Math.round((countFrames(slots) / perSec) * sampleRate) - heard;
  return [...before, { ...last, samples: last.samples + lack }];
}

export function countFrames(slots: readonly Slot[]): number {
  return slots.reduce((sum, { frames }) => sum + frames, 0);
}

/** The frames of each source that a range takes: the first, and one past the last. */
export function framesTaken({
  slots,
  videos,
  base,
}: {
  readonly slots: readonly Slot[];
  readonly videos: ReadonlyMap<string, Pick<VideoInfo, "fps" | "startSec">>;
  readonly base: { readonly rate: Rational } | undefined;
}): ReadonlyMap<Segment, readonly [number, number]> {
  const taken = new Map<Segment, readonly [number, number]>();
  for (const { segment, frames, slipSec } of slots.flatMap((slot) => slot.comb?.slots ?? [slot])) {
    const video = segment.kind === "clip" ? videos.get(segment.source) : undefined;
    if (video === undefined) continue;
    const fps = toNumber(video.fps);
    const frameAt = (sec: number) => Math.max(0, Math.round((sec - video.startSec) * fps));
    // At its own rate every frame is shown once, so that they can be counted.
    const counted = base !== undefined && Math.abs(toNumber(base.rate) / fps - 1) < 1e-6;
    const first = frameAt(segment.inSec + (counted ? slipSec : 0));
    taken.set(segment, [first, counted ? first + frames : frameAt(segment.outSec)]);
  }
  return taken;
}

/** The rate an output may have at most: the source's own, or an even division of it, so that motion stays smooth. */
export function capRate(rate: Rational, max: Rational | undefined): Rational {
  if (max === undefined || toNumber(rate) <= toNumber(max) * 1.001) return rate;
  return { num: rate.num, den: rate.den * Math.ceil(toNumber(rate) / (toNumber(max) * 1.001)) };
}
