/** One number that the engine is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** What it is made of, or why there is no number. */
  readonly note?: string;
}

export interface Budget {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The share by which a figure may miss before it counts: what repeating it on a shared machine moves it by. */
  readonly noise?: number;
}

export interface Judged extends Figure {
  readonly budget: string;
  readonly met: boolean;
}

/** Holds figures against their budgets. One that could not be measured is no failure, and says why. */
export function verdicts(
  figures: readonly Figure[],
  budgets: Readonly<Record<string, Budget | undefined>>,
): readonly Judged[] {
  return figures.map((figure) => {
    const { atLeast, atMost, noise = 0 } = budgets[figure.name] ?? {};
    const budget = atLeast !== undefined ? `at least ${atLeast}` : atMost !== undefined ? `at most ${atMost}` : "none";
    const { value } = figure;
    const low = atLeast !== undefined && value < atLeast * (1 - noise);
    const high = atMost !== undefined && value > atMost * (1 + noise);
    return { ...figure, budget, met: Number.isNaN(value) || !(low || high) };
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
