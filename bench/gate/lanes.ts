import { type BenchResult, isMeasured } from "../types.ts";
import { claim, type Lane, referencePairs, speedupOf } from "../verdict/mod.ts";
import type { BudgetName } from "./form.ts";
import { type Found, missing } from "./found.ts";

export interface HeldLane {
  readonly lane: Lane;
  readonly limit: number;
  readonly result: BenchResult;
}

/** Budgets that are about all clips of a backend and codec together. */
export const laneChecks: Partial<Readonly<Record<BudgetName, (held: HeldLane) => Found | undefined>>> = {
  speedup_at_least: ({ lane, limit, result }) => {
    const isReference = result.cases.some(({ reference }) => lane.cases.some(({ id }) => id === reference));
    if (isReference) return undefined;
    const speedup = speedupOf(referencePairs(lane.cases, result.cases));
    if (!isMeasured(speedup)) return missing(speedup.notMeasured);
    const { ratio, low, high, rounds, basis } = speedup;
    const found = `${ratio.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`;
    const how = `${basis === "slope" ? "without start-up" : "start-up included"}, ${rounds} rounds`;
    const word = claim(speedup, limit);
    const reason = word === "inconclusive" ? `${how}; the interval reaches over the limit` : how;
    return { state: word, found, reason };
  },
  streams_at_least: ({ lane, limit, result }) => {
    const sweep = result.sweeps.find(
      ({ backend, encoder }) => backend === lane.backend && lane.cases.some((one) => one.encoder === encoder),
    );
    if (sweep === undefined) return missing("no sweep over streams ran; try: vendue bench sweep");
    return {
      state: sweep.realtime >= limit ? "met" : "missed",
      found: `${sweep.realtime} streams`,
      reason: sweep.stopped,
    };
  },
};
