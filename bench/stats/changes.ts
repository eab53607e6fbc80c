import { mean } from "./describe.ts";
import { tTestP } from "./student.ts";

/** Where a series moved to another level and stayed there. */
export interface Change {
  /** The first value of the new level. */
  readonly at: number;
  readonly p: number;
  /** New mean over old, less one. */
  readonly change: number;
}

export interface ChangeOptions {
  readonly p?: number;
  /** Smaller changes are left out. */
  readonly magnitude?: number;
  /** The fewest values between two changes. */
  readonly least?: number;
}

/**
 * Change points by energy divergence (Matteson and James), split as long as a t-test half believes in it, and merged
 * back, the weakest first, until each one holds on its own (Hunter's way).
 */
export function changePoints(
  series: readonly number[],
  { p = 0.001, magnitude = 0.03, least = 3 }: ChangeOptions = {},
): readonly Change[] {
  let points = split(series, { from: 0, to: series.length, p: p * 10, least });
  for (;;) {
    const told = points.map((at, nth) => tell(series, points[nth - 1] ?? 0, at, points[nth + 1] ?? series.length));
    const weakest = told.toSorted((a, b) => b.p - a.p)[0];
    const smallest = told.toSorted((a, b) => Math.abs(a.change) - Math.abs(b.change))[0];
    const drop = weakest && weakest.p >= p ? weakest : smallest;
    if (drop === undefined || (drop.p < p && Math.abs(drop.change) >= magnitude)) return told;
    points = points.filter((at) => at !== drop.at);
  }
}

function tell(series: readonly number[], from: number, at: number, to: number): Change {
  const [before, after] = [series.slice(from, at), series.slice(at, to)];
  return { at, p: tTestP(before, after), change: mean(after) / mean(before) - 1 };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly p: number;
  readonly least: number;
}

function split(series: readonly number[], { from, to, p, least }: Stretch): readonly number[] {
  const found = bestSplit(series.slice(from, to), least);
  if (found === undefined) return [];
  const at = from + found;
  if (tTestP(series.slice(from, at), series.slice(at, to)) > p) return [];
  return [...split(series, { from, to: at, p, least }), at, ...split(series, { from: at, to, p, least })];
}

/** The split whose halves are farthest apart for how far apart their own values are; quadratic, by running sums. */
function bestSplit(values: readonly number[], least: number): number | undefined {
  const n = values.length;
  const sumTo = (value: number, others: readonly number[]) =>
    others.reduce((sum, other) => sum + Math.abs(other - value), 0);
  let within = { left: 0, right: values.reduce((sum, value, nth) => sum + sumTo(value, values.slice(nth + 1)), 0) };
  let between = 0;
  let best: { readonly at: number; readonly score: number } | undefined;
  for (let at = 1; at < n; at += 1) {
    const moved = values[at - 1] ?? NaN;
    const [toLeft, toRight] = [sumTo(moved, values.slice(0, at - 1)), sumTo(moved, values.slice(at))];
    within = { left: within.left + toLeft, right: within.right - toRight };
    between += toRight - toLeft;
    const [left, right] = [at, n - at];
    if (left < least || right < least || left < 2 || right < 2) continue;
    const apart = (2 * between) / (left * right);
    const inside = (2 * within.left) / (left * (left - 1)) + (2 * within.right) / (right * (right - 1));
    const score = ((left * right) / n) * (apart - inside);
    if (best === undefined || score > best.score) best = { at, score };
  }
  return best?.at;
}
