import { bootstrapMedian, detectable, hodgesLehmann, leastPairs, signedRankP } from "../stats/mod.ts";
import type { Evidence, VerdictWord } from "../types.ts";
import type { PairRule } from "./rules.ts";
import { chance, pace, percent } from "./words.ts";

export type PairedEvidence = Extract<Evidence, { readonly kind: "paired" }>;

export interface Said {
  readonly word: VerdictWord;
  readonly reason: string;
}

/** What paired log ratios (candidate over base) say, before anything is decided. */
export function weigh(logRatios: readonly number[], { rounds }: Pick<PairRule, "rounds">): PairedEvidence {
  const { center, low, high } = hodgesLehmann(logRatios);
  // Below six pairs there is no exact interval; the bootstrap's is known to be narrow.
  const ends = Number.isFinite(low) ? { low, high } : bootstrapMedian(logRatios);
  const p = signedRankP(logRatios);
  return {
    kind: "paired",
    ratio: Math.exp(center),
    interval: { low: Math.exp(ends.low), high: Math.exp(ends.high) },
    p,
    pHolm: p,
    pFaster: signedRankP(logRatios.map((value) => -value)),
    detectable: detectable(logRatios),
    rounds: logRatios.length,
    stage: logRatios.length >= 2 * rounds ? 2 : 1,
  };
}

/**
 * The word for it. A suspicion takes a small chance and a ratio that matters; only twice the rounds, a smaller chance
 * and Holm make it a regression. What could not have been seen is not called the same.
 */
export function decide(evidence: PairedEvidence, rule: PairRule): Said {
  const { ratio, p, pHolm, pFaster, stage, rounds } = evidence;
  const isConfirmed = stage === 2;
  const slower = isConfirmed ? pHolm <= rule.confirmP : p <= rule.p;
  if (slower && ratio >= rule.effect)
    return isConfirmed
      ? { word: "regression", reason: `${told(evidence)}, confirmed over ${rounds} rounds` }
      : { word: "suspect", reason: `${told(evidence)}; ${rule.rounds} more rounds decide` };
  if (pFaster <= rule.p && ratio <= 1 / rule.effect) return { word: "improvement", reason: told(evidence) };
  const least = leastPairs(isConfirmed ? rule.confirmP : rule.p);
  if (rounds < least)
    return { word: "inconclusive", reason: `${rounds} rounds can show nothing; it takes ${least} at the least` };
  if (evidence.detectable > rule.maxDetectable)
    return {
      word: "inconclusive",
      reason: `too noisy: the smallest slowdown it could have seen is ${percent(evidence.detectable)}`,
    };
  return { word: "same", reason: `${told(evidence)}; ${percent(evidence.detectable)} would have been seen` };
}

/**
 * Whether more rounds are worth their time: a suspicion, or a slowdown of half the size that matters which this noise
 * neither shows nor hides. More rounds make no false alarm: what confirms is the smaller chance over all of them.
 */
export function isOpen(evidence: PairedEvidence, rule: PairRule): boolean {
  if (evidence.stage === 2) return false;
  return decide(evidence, rule).word === "suspect" || evidence.ratio >= 1 + (rule.effect - 1) / 2;
}

function told({ ratio, interval, p, rounds }: PairedEvidence): string {
  const ends = `x${interval.low.toFixed(3)} to x${interval.high.toFixed(3)}`;
  return `${pace(ratio)} (${ends}, ${chance(p)}, ${rounds} rounds)`;
}
