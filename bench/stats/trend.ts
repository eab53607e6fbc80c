import { median } from "./describe.ts";

export interface Trend {
  /** Per step (Theil and Sen: the median of all slopes). */
  readonly slope: number;
  /** One-sided, that the series rises (Mann and Kendall, exact). */
  readonly p: number;
}

/** Whether a series creeps upward, and how fast. */
export function trend(series: readonly number[]): Trend {
  const slopes: number[] = [];
  let falls = 0;
  for (const [from, before] of series.entries())
    for (const [steps, after] of series.slice(from + 1).entries()) {
      slopes.push((after - before) / (steps + 1));
      // A tie counts as half a fall, so that ties never make a trend.
      falls += after < before ? 1 : after === before ? 0.5 : 0;
    }
  const chance = inversions(series.length);
  let p = 0;
  for (let count = 0; count <= falls; count += 1) p += chance[count] ?? 0;
  return { slope: slopes.length === 0 ? 0 : median(slopes), p: Math.min(1, p) };
}

/** How likely so many pairs stand the wrong way round in n values that come in any order. */
function inversions(n: number): readonly number[] {
  let chance: readonly number[] = [1];
  for (let size = 2; size <= n; size += 1) {
    const next = Array.from({ length: chance.length + size - 1 }, () => 0);
    for (const [count, share] of chance.entries())
      for (let more = 0; more < size; more += 1) next[count + more] = (next[count + more] ?? 0) + share / size;
    chance = next;
  }
  return chance;
}
