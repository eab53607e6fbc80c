/**
 * What was decided, check by check.
 * @module
 */
import type { Position } from "../../core/types.ts";
import type { Verdict } from "./verdict.ts";

/** `missed` fails the job. The last two are skipped: neither green nor red. */
export type CheckState = "met" | "warned" | "missed" | "inconclusive" | "not measured";

/** One budget held against one thing. */
export interface Check {
  /** The budget's name as its file has it: `speedup_at_least`, `vmaf_within`, or the metric of a regression. */
  readonly budget: string;
  readonly backend: string;
  /** `nvenc/h264/balanced/full`; the case where it is about one. */
  readonly lane?: string;
  readonly case?: string;
  readonly state: CheckState;
  /** What was found and what was allowed, for a person. */
  readonly found: string;
  readonly allowed: string;
  readonly reason: string;
  /** Where the budget stands in its file. */
  readonly at?: Position;
}

export interface Decision {
  /** False as soon as one check is missed; the job then ends with exit code 3. */
  readonly passed: boolean;
  readonly checks: readonly Check[];
  readonly verdicts: readonly Verdict[];
}
