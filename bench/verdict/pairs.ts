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
    stage: logRatios.length >= 3 * rounds ? 3 : logRatios.length >= 2 * rounds ? 2 : 1,
  };
}

/**
 * The word for it. A suspicion takes a small chance and a ratio that matters; only twice the rounds, a smaller chance
 * and Holm make it a regression. What could not have been seen is not called the same.
 */
export function decide(evidence: PairedEvidence, rule: PairRule): Said {
  const { ratio, p, pFaster, rounds } = evidence;
  if (ratio >= rule.effect && isConfirmed(evidence, rule))
    return { word: "regression", reason: `${told(evidence)}, confirmed over ${rounds} rounds` };
  if (ratio >= rule.effect && p <= rule.p) {
    const next = evidence.stage === 3 ? "and not confirmed" : `${rule.rounds} more rounds decide`;
    return { word: "suspect", reason: `${told(evidence)}; ${next}` };
  }
  if (pFaster <= rule.p && ratio <= 1 / rule.effect) return { word: "improvement", reason: told(evidence) };
  const least = leastPairs(rule.p);
  if (rounds < least)
    return { word: "inconclusive", reason: `${rounds} rounds can show nothing; it takes ${least} at the least` };
  if (ratio >= rule.effect)
    return { word: "inconclusive", reason: `${told(evidence)}, which may be chance and may not` };
  if (evidence.detectable > rule.maxDetectable)
    return {
      word: "inconclusive",
      reason: `too noisy: the smallest slowdown it could have seen is ${percent(evidence.detectable)}`,
    };
  return { word: "same", reason: `${told(evidence)}; ${percent(evidence.detectable)} would have been seen` };
}

/** The third look spends half of what the second may: together they stay below 1.5 %. */
function isConfirmed({ stage, pHolm }: PairedEvidence, { confirmP }: PairRule): boolean {
  return stage > 1 && pHolm <= (stage === 2 ? confirmP : confirmP / 2);
}

/**
 * Whether more rounds are worth their time. After the first seven: a suspicion, or half of the slowdown that matters,
 * which this noise neither shows nor hides. After fourteen: what is no longer likely to be chance, or large enough to
 * matter, and not yet sure.
 */
export function isOpen(evidence: PairedEvidence, rule: PairRule): boolean {
  const { stage, p, ratio, rounds } = evidence;
  // Fewer rounds than can show anything were meant to be few.
  if (stage === 3 || rounds < leastPairs(rule.p) || decide(evidence, rule).word === "regression") return false;
  const leans = ratio >= 1 + (rule.effect - 1) / 2;
  return leans && (stage === 1 || p <= rule.p || ratio >= rule.effect);
}

function told({ ratio, interval, p, rounds }: PairedEvidence): string {
  const ends = `x${interval.low.toFixed(3)} to x${interval.high.toFixed(3)}`;
  return `${pace(ratio)} (${ends}, ${chance(p)}, ${rounds} rounds)`;
}
