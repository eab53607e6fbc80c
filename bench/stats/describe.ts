import { type Measured, notMeasured, type Summary } from "../types.ts";

/** Between the two nearest values (type 7, as numpy and R do by default). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (place - Math.floor(place)) * (above - below);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** With n - 1 below; a single value has none. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** Like the deviation on a bell curve, and blind to a few wild values. */
export function robustDeviation(values: readonly number[]): number {
  const center = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - center)));
}

/** How many values a percentile takes before it is more than a guess between the two worst. */
const leastFor = { p95: 20, p99: 100 } as const;

/** Few values in few numbers: the p99 of seven runs would be the two slowest and a ruler. */
export function summarize(values: readonly number[]): Summary {
  const n = values.length;
  const tail = (share: number, least: number): Measured =>
    n >= least ? quantile(values, share) : notMeasured(`it takes ${least} values, and there are ${n}`);
  return {
    n,
    min: Math.min(...values),
    p50: median(values),
    max: Math.max(...values),
    spread: n > 1 ? deviation(values) / mean(values) : 0,
    p95: tail(0.95, leastFor.p95),
    p99: tail(0.99, leastFor.p99),
  };
}
