import { bootstrapMedian, hodgesLehmann } from "../stats/mod.ts";
import { type CaseResult, type Measured, notMeasured, type Sample, type Speedup } from "../types.ts";
import { long, meanByRound } from "./lanes.ts";

/**
 * How much faster a lane is than its references of the same rounds: the geometric mean over the clips, with an
 * interval. On the slope between the short and the long run where there are both, so that start-up does not count.
 */
export function speedupOf(
  pairs: readonly { readonly reference: CaseResult; readonly one: CaseResult }[],
): Measured<Speedup> {
  if (pairs.length === 0) return notMeasured("no reference ran beside it");
  const sloped = pairs.map(({ reference, one }) => byRound(slopes(reference), slopes(one)));
  const basis = sloped.every(({ size }) => size > 0) ? "slope" : "whole";
  const series =
    basis === "slope" ? sloped : pairs.map(({ reference, one }) => byRound(wholes(reference), wholes(one)));
  const logs = meanByRound(series.filter(({ size }) => size > 0));
  if (logs.length === 0) return notMeasured("no round has both it and its reference");
  const { center, low, high } = hodgesLehmann(logs);
  const ends = Number.isFinite(low) ? { low, high } : bootstrapMedian(logs);
  return { ratio: Math.exp(center), low: Math.exp(ends.low), high: Math.exp(ends.high), rounds: logs.length, basis };
}

/** Whether a claimed speed-up is met: by the whole interval, or nobody knows. */
export function claim(
  { low, high }: Pick<Speedup, "low" | "high">,
  atLeast: number,
): "met" | "missed" | "inconclusive" {
  if (low >= atLeast) return "met";
  return high < atLeast ? "missed" : "inconclusive";
}

/** What starting costs, and each frame after that. */
export interface Pace {
  readonly startSec: number;
  readonly secPerFrame: number;
}

/** Start-up and slope of one round from its short and its long run. */
export function paceOf(short: Pick<Sample, "wallSec" | "frames">, longer: Pick<Sample, "wallSec" | "frames">): Pace {
  const secPerFrame = (longer.wallSec - short.wallSec) / (longer.frames - short.frames);
  return { secPerFrame, startSec: short.wallSec - short.frames * secPerFrame };
}

type Seconds = ReadonlyMap<number, number>;

function slopes(one: CaseResult): Seconds {
  const shorts = one.samples.filter(({ length, side }) => length === "short" && side === "candidate");
  return new Map(
    long(one, "candidate").flatMap((sample) => {
      const short = shorts.find(({ round }) => round === sample.round);
      if (short === undefined) return [];
      const { secPerFrame } = paceOf(short, sample);
      return secPerFrame > 0 ? [[sample.round, secPerFrame] as const] : [];
    }),
  );
}

function wholes(one: CaseResult): Seconds {
  return new Map(long(one, "candidate").map(({ round, wallSec, frames }) => [round, wallSec / frames]));
}

function byRound(reference: Seconds, own: Seconds): ReadonlyMap<number, number> {
  return new Map(
    [...own].flatMap(([round, seconds]) => {
      const other = reference.get(round);
      return other === undefined ? [] : [[round, Math.log(other / seconds)] as const];
    }),
  );
}

/** The pairs of a lane: each case with the cpu case that it names. */
export function referencePairs(
  cases: readonly CaseResult[],
  all: readonly CaseResult[],
): readonly { readonly reference: CaseResult; readonly one: CaseResult }[] {
  return cases.flatMap((one) => {
    const reference = all.find(({ id }) => id === one.reference);
    return reference === undefined ? [] : [{ reference, one }];
  });
}
