import { toNumber } from "../media/mod.ts";
import type { Rational } from "../types.ts";
import { type Comb, combine } from "./comb.ts";
import type { Segment } from "./timeline.ts";

/** A segment with the ticks it fills. Boundaries are rounded on the whole programme, so no error adds up. */
export interface Slot {
  readonly segment: Segment;
  readonly frames: number;
  readonly samples: number;
  /** Set where the slot stands for many ranges of one source; `segment` is the first of them. */
  readonly comb?: Comb;
}

/** Lays segments on the grid of the output: whole frames, and the samples that last exactly as long. */
export function layOut(segments: readonly Segment[], rate: Rational, sampleRate: number): readonly Slot[] {
  const perSec = toNumber(rate);
  let atSec = 0;
  const slots = segments.flatMap((segment) => {
    const [first, samplesFrom] = tick(atSec);
    atSec += segment.outSec - segment.inSec;
    const [past, samplesTo] = tick(atSec);
    return past > first ? [{ segment, frames: past - first, samples: samplesTo - samplesFrom }] : [];
  });
  return combine(slots, rate, sampleRate);

  function tick(sec: number): readonly [number, number] {
    const frame = Math.round(sec * perSec);
    return [frame, Math.round((frame / perSec) * sampleRate)];
  }
}

export function countFrames(slots: readonly Slot[]): number {
  return slots.reduce((sum, { frames }) => sum + frames, 0);
}

/** The rate an output may have at most: the source's own, or an even division of it, so that motion stays smooth. */
export function capRate(rate: Rational, max: Rational | undefined): Rational {
  if (max === undefined || toNumber(rate) <= toNumber(max) * 1.001) return rate;
  return { num: rate.num, den: rate.den * Math.ceil(toNumber(rate) / (toNumber(max) * 1.001)) };
}
