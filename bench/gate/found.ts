import type { Check, CheckState } from "../types.ts";
import type { Budget } from "./budgets.ts";

/** What one check came to, before it is known whether missing it is forgiven. */
export interface Found {
  readonly state: CheckState;
  readonly found: string;
  readonly reason: string;
}

export function missing(reason: string): Found {
  return { state: "not measured", found: "-", reason };
}

/** A check as it is told; what nobody could measure fails only where the budget says that it must. */
export function toCheck(found: Found, about: Pick<Check, "backend" | "lane" | "case">, budget: Budget): Check {
  const isOpen = found.state === "inconclusive" || found.state === "not measured";
  const reason = isOpen && budget.required ? `required, and ${found.state}: ${found.reason}` : found.reason;
  return {
    budget: budget.name,
    ...about,
    ...found,
    ...(isOpen && budget.required && { state: "missed" as const }),
    reason,
    allowed: budget.written,
    ...(budget.at && { at: budget.at }),
  };
}
