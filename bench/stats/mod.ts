/**
 * Statistics for few and noisy values: rank tests that are exact, intervals, what could have been seen at all, curves
 * of rate and quality, and histories that jump or creep. Pure, and seeded where chance plays a part.
 *
 * ```ts
 * import { hodgesLehmann, signedRankP } from "./mod.ts";
 *
 * const slower = [0.09, 0.11, 0.1, 0.12, 0.08, 0.13, 0.07];
 * console.assert(signedRankP(slower) === 1 / 128);
 * console.assert(hodgesLehmann(slower).low > 0);
 * ```
 * @module
 */
export { bdQuality, bdRate, dropSaturated, meanChange, rateAt, type Bd, type BdOptions, type RatePoint } from "./bd.ts";
export { bootstrapMedian, bootstrapRatio, randomFrom, type BootstrapOptions } from "./bootstrap.ts";
export { changePoints, type Change, type ChangeOptions } from "./changes.ts";
export { deviation, mean, median, quantile, robustDeviation, summarize } from "./describe.ts";
export { holm } from "./holm.ts";
export { detectable, leastPairs } from "./power.ts";
export { hodgesLehmann, mannWhitneyP, signedRankP } from "./rank.ts";
export { type Interpolation } from "./spline.ts";
export { studentP, studentQuantile, tTestP } from "./student.ts";
export { trend, type Trend } from "./trend.ts";
