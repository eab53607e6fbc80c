import type { Interval } from "../types.ts";
import { median } from "./describe.ts";

/** Values with their mid-ranks doubled, so that ties stay whole numbers. */
function doubledRanks(values: readonly number[]): readonly number[] {
  return values.map((value) => {
    let below = 0;
    let equal = 0;
    for (const other of values) {
      if (other < value) below += 1;
      else if (other === value) equal += 1;
    }
    return 2 * below + equal + 1;
  });
}

/**
 * Exact one-sided Wilcoxon signed-rank test, that the differences lie above zero. Every way to sign the ranks is
 * counted, so it stays exact where differences are tied; those of zero say nothing and are left out.
 */
export function signedRankP(differences: readonly number[]): number {
  const told = differences.filter((value) => value !== 0);
  const ranks = doubledRanks(told.map(Math.abs));
  const against = told.reduce((sum, value, nth) => (value < 0 ? sum + (ranks[nth] ?? 0) : sum), 0);
  return share(sumsOfSigns(ranks), against);
}

/** How likely each sum of the ranks that got a minus is, when signs are coins. */
function sumsOfSigns(ranks: readonly number[]): Float64Array {
  const chance = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  chance[0] = 1;
  let top = 0;
  for (const rank of ranks) {
    top += rank;
    for (let sum = top; sum >= 0; sum -= 1)
      chance[sum] = ((chance[sum] ?? 0) + (sum >= rank ? (chance[sum - rank] ?? 0) : 0)) / 2;
  }
  return chance;
}

function share(chance: Float64Array, upTo: number): number {
  let sum = 0;
  for (let at = 0; at <= upTo; at += 1) sum += chance[at] ?? 0;
  return Math.min(1, sum);
}

/**
 * The center of paired differences (median of all pairwise averages) and its exact signed-rank interval. Below six
 * pairs no 95 % interval exists, and its ends are infinite.
 */
export function hodgesLehmann(
  differences: readonly number[],
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): Interval & { readonly center: number } {
  const averages = differences
    .flatMap((one, nth) => differences.slice(nth).map((other) => (one + other) / 2))
    .sort((a, b) => a - b);
  const chance = sumsOfSigns(differences.map((_, nth) => nth + 1));
  let cut = 0;
  for (let sum = chance[0] ?? 1; sum <= (1 - confidence) / 2; sum += chance[cut] ?? 1) cut += 1;
  return {
    center: median(averages),
    low: averages[cut - 1] ?? -Infinity,
    high: averages[averages.length - cut] ?? Infinity,
  };
}

/** Exact one-sided Mann-Whitney test, that `after` tends to lie above `before`. Exact with ties as well. */
export function mannWhitneyP(before: readonly number[], after: readonly number[]): number {
  const ranks = doubledRanks([...before, ...after]);
  const found = ranks.slice(before.length).reduce((sum, rank) => sum + rank, 0);
  const ways = sumsOfChoices(ranks, after.length);
  let [all, reached] = [0, 0];
  for (const [sum, count] of ways.entries()) {
    all += count;
    if (sum >= found) reached += count;
  }
  return reached / all;
}

/** In how many ways `size` of the ranks can be chosen, for each sum they may have. */
function sumsOfChoices(ranks: readonly number[], size: number): Float64Array {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(total + 1));
  const [none] = ways;
  if (none) none[0] = 1;
  for (const rank of ranks)
    for (let chosen = size; chosen >= 1; chosen -= 1) {
      const [with_, without] = [ways[chosen], ways[chosen - 1]];
      if (with_ && without)
        for (let sum = total; sum >= rank; sum -= 1) with_[sum] = (with_[sum] ?? 0) + (without[sum - rank] ?? 0);
    }
  return ways[size] ?? new Float64Array(1);
}
