/** Shares of a monthly budget that are worth a word, in per cent. */
export const THRESHOLDS = [50, 80, 100, 120] as const;
export type Threshold = (typeof THRESHOLDS)[number];

export interface BudgetState {
  readonly month: string;
  readonly budget: number;
  readonly spent: number;
  readonly used_ratio: number;
  /** The highest threshold that is reached. */
  readonly passed?: Threshold;
}

export function budgetState(
  spent: number,
  { month, budget }: { readonly month: string; readonly budget: number },
): BudgetState {
  const used_ratio = budget > 0 ? spent / budget : spent > 0 ? Number.MAX_VALUE : 0;
  const passed = THRESHOLDS.findLast((threshold) => used_ratio * 100 >= threshold);
  return { month, budget, spent, used_ratio, ...(passed !== undefined && { passed }) };
}
