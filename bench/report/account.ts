import type { Drift } from "../baseline/mod.ts";
import type { BenchResult, Decision } from "../types.ts";

/** Everything a report is made of. What is printed is only ever another way of saying this. */
export interface Account {
  readonly result: BenchResult;
  readonly decision: Decision;
  /** Histories of the cases, where one is kept. */
  readonly drifts: readonly Drift[];
}

/** The account as JSON, for programs. */
export function renderJson({ result, decision, drifts }: Account): string {
  return `${JSON.stringify({ schema: "vendue-bench-report/1", decision, result, drifts }, undefined, 1)}\n`;
}
