import type { Interval } from "../types.ts";
import { median, quantile } from "./describe.ts";

/** A small seeded generator (mulberry32), so that every verdict can be repeated. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface BootstrapOptions {
  readonly confidence?: number;
  readonly draws?: number;
  readonly seed?: number;
}

/** Percentile bootstrap of a median. From five to seven values it is too narrow; use it where no exact one exists. */
export function bootstrapMedian(values: readonly number[], options: BootstrapOptions = {}): Interval {
  return bootstrap([values], ([drawn = []]) => median(drawn), options);
}

/** Percentile bootstrap of the ratio of two medians, of runs that do not belong in pairs. */
export function bootstrapRatio(
  before: readonly number[],
  after: readonly number[],
  options: BootstrapOptions = {},
): Interval {
  return bootstrap([before, after], ([one = [], other = []]) => median(other) / median(one), options);
}

function bootstrap(
  groups: readonly (readonly number[])[],
  statistic: (drawn: readonly (readonly number[])[]) => number,
  { confidence = 0.95, draws = 2000, seed = 1 }: BootstrapOptions,
): Interval {
  const random = randomFrom(seed);
  const draw = (values: readonly number[]) => values.map(() => values[Math.floor(random() * values.length)] ?? NaN);
  const found = Array.from({ length: draws }, () => statistic(groups.map(draw)));
  const tail = (1 - confidence) / 2;
  return { low: quantile(found, tail), high: quantile(found, 1 - tail) };
}
