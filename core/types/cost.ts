/**
 * What running costs: the table of prices, and what follows from it. An amount that cannot be known is absent, with
 * the reason beside it; it is never zero.
 * @module
 */

/** What a class of machine costs while it works. */
export interface Price {
  /** For each hour of work. */
  readonly hour?: number;
  /** For each kilowatt-hour. */
  readonly kwh?: number;
  /** For each job. */
  readonly fixed?: number;
  /** What it draws, for machines that do not measure it. */
  readonly watts?: number;
}

export interface Prices {
  readonly currency: string;
  /** By backend, or for all of a kind by `gpu` and `cpu`. */
  readonly classes: Readonly<Record<string, Price>>;
}

/** An amount, or why there is none. */
export type Amount = { readonly amount: number } | { readonly unknown: string };

export type CostEstimate = Amount & { readonly currency?: string };

export type JobCost = Amount & { readonly currency?: string };

/** What a run cost in all, and for each minute of finished media. */
export type RunCost = Amount & { readonly currency?: string; readonly per_output_minute?: number };
