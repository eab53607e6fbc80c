import { median } from "../stats/mod.ts";
import { claim, weigh } from "../verdict/mod.ts";

/** One number that the engine is held to, as often as it was measured. */
export interface Figure {
  readonly name: string;
  /** One of each round: a ratio's sides ran next to each other in it. */
  readonly values: readonly number[];
  /** What it is made of, or why there is no number. */
  readonly note?: string;
}

export interface Budget {
  readonly atLeast?: number;
  readonly atMost?: number;
}

export type Word = "ok" | "unsure" | "MISSED" | "not measured" | "";

export interface Judged extends Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly budget: string;
  readonly word: Word;
}

/**
 * Holds figures against their budgets by the bench's own rule: missed is what the whole interval of its rounds lies
 * beyond, and where the interval reaches over the budget nobody knows. What could not be measured is no failure, and
 * says why.
 */
export function verdicts(
  figures: readonly Figure[],
  budgets: Readonly<Record<string, Budget | undefined>>,
): readonly Judged[] {
  return figures.map((figure) => {
    const { atLeast, atMost } = budgets[figure.name] ?? {};
    const budget = atLeast !== undefined ? `at least ${atLeast}` : atMost !== undefined ? `at most ${atMost}` : "";
    const ends = intervalOf(figure.values);
    return { ...figure, ...ends, budget, word: wordFor(ends, { atLeast, atMost }) };
  });
}

type Ends = Pick<Judged, "median" | "low" | "high">;

function intervalOf(values: readonly number[]): Ends {
  const isRatio = values.length > 1 && values.every((value) => value > 0 && value < Infinity);
  if (!isRatio) return { median: middleOf(values), low: Math.min(...values), high: Math.max(...values) };
  return { median: median(values), ...weigh(values.map(Math.log), { rounds: values.length }).interval };
}

/** One without end is in the middle of nothing else. */
function middleOf(values: readonly number[]): number {
  return values.length === 1 ? (values[0] ?? Number.NaN) : median(values);
}

function wordFor(
  { median: middle, low, high }: Ends,
  { atLeast, atMost }: { readonly [Key in keyof Budget]: number | undefined },
): Word {
  if (Number.isNaN(middle)) return "not measured";
  if (atLeast === undefined && atMost === undefined) return "";
  const said =
    atLeast !== undefined ? claim({ low, high }, atLeast) : claim({ low: -high, high: -low }, -(atMost ?? 0));
  return said === "met" ? "ok" : said === "missed" ? "MISSED" : "unsure";
}
