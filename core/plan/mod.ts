/**
 * The decisions: from a pipeline, its media and a survey to a plan. Pure: equal inputs give equal bytes, so a plan
 * can be hashed, saved, compared, and made for another machine from its survey alone.
 *
 * ```ts
 * import { formatGrid } from "./mod.ts";
 *
 * console.assert(formatGrid([["job", "backend"], ["web", "cpu"]]) === "job  backend\nweb  cpu");
 * ```
 * @module
 */
export { explainPlan, explainStage, formatGrid } from "./explain.ts";
export { sizeClassOf } from "./measured.ts";
export { makePlan, type PlanOptions } from "./plan.ts";
export { countBids } from "./probes.ts";
