import { deviation, robustDeviation } from "./describe.ts";
import { studentQuantile } from "./student.ts";

/**
 * The smallest slowdown that so many pairs of this noise would show four times out of five, one-sided at 5 %: 0.08 is
 * 8 %. One wild round must not make a quiet run look blind, so the deviation is the robust one, unless it is far off.
 */
export function detectable(logRatios: readonly number[]): number {
  const n = logRatios.length;
  if (n < 3) return Infinity;
  const noise = Math.max(robustDeviation(logRatios), 0.6 * deviation(logRatios));
  const reach = studentQuantile(0.95, n - 1) + studentQuantile(0.8, n - 1);
  return Math.expm1((reach * noise) / Math.sqrt(n));
}

/** The fewest pairs whose exact signed-rank test could ever say yes: all signs alike has the chance 2^-n. */
export function leastPairs(p: number): number {
  return Math.ceil(-Math.log2(p));
}
