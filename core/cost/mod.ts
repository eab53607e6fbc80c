/**
 * The bill: prices of machines, what a plan will cost, what a run did cost, and what a month came to. Pure; what
 * cannot be known is said to be unknown and never counted as zero.
 *
 * ```ts
 * import { readPrices, sayAmount } from "./mod.ts";
 *
 * const prices = readPrices({ currency: "EUR", cpu: { hour: 0.04 } });
 * console.assert("classes" in prices && prices.classes["cpu"]?.hour === 0.04);
 * console.assert(sayAmount({ unknown: "no prices are set" }) === "unknown (no prices are set)");
 * ```
 * @module
 */
export { sayAmount } from "./amounts.ts";
export { budgetState, THRESHOLDS, type BudgetState, type Threshold } from "./budget.ts";
export { bill, GROUPS, type BillRow, type Group } from "./history.ts";
export { readPrices } from "./prices.ts";
export { costOfJob, costOfRun, estimateCost } from "./work.ts";
