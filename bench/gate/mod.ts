/**
 * The gate: budgets in YAML, a baseline, and what was measured become one decision, check by check. Pure.
 *
 * ```ts
 * import { parseBudgets } from "./mod.ts";
 *
 * const text = `
 * version: 1
 * budgets:
 *   - for: { backend: nvenc }
 *     speedup_at_least: 4x
 * `;
 * const [budget] = parseBudgets(text, "budgets.yaml");
 * console.assert(budget?.limit === 4 && budget.at?.line === 5);
 * ```
 * @module
 */
export { type Budget, defaultBudgets, parseBudgets } from "./budgets.ts";
export { budgetForms, budgetSchema, type BudgetName } from "./form.ts";
export { gate, type GateOptions } from "./gate.ts";
