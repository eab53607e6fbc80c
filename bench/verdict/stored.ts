import { type CaseResult, isMeasured, type Kept, type Measured, type Verdict } from "../types.ts";
import { compareOutputs, type Outputs, outputsOf } from "./direct.ts";
import { laneOf } from "./lanes.ts";
import { type Rules } from "./rules.ts";
import { pace } from "./words.ts";

export interface StoredPair {
  /** The accepted numbers of the same key, or why there are none. */
  readonly before: Measured<Kept>;
  readonly now: Kept;
  readonly rules: Rules;
}

/**
 * A case against a baseline of another day: CPU time over the calibration's, and the outputs. Without a baseline of
 * the same key nothing is said: no baseline is not a pass.
 */
export function judgeStored(one: CaseResult, { before, now, rules }: StoredPair): readonly Verdict[] {
  const about = { scope: "case", backend: one.backend, lane: laneOf(one), case: one.id, metric: "cpuSec" } as const;
  if (!isMeasured(before))
    return [{ ...about, word: "inconclusive", reason: before.notMeasured, evidence: { kind: "none" } }];
  const outputs = compareOutputs(one, { before: before satisfies Outputs, after: outputsOf(one, "candidate"), rules });
  return [{ ...about, ...compareCpu(before, now, rules) }, ...outputs];
}

function compareCpu(before: Kept, now: Kept, { stored }: Rules): Pick<Verdict, "word" | "reason" | "evidence"> {
  const [was, is] = [before.relativeCpu, now.relativeCpu];
  const missing = !isMeasured(was) ? was : !isMeasured(is) ? is : undefined;
  if (missing || !isMeasured(was) || !isMeasured(is))
    return { word: "inconclusive", reason: `not measured: ${missing?.notMeasured}`, evidence: { kind: "none" } };
  const ratio = is.p50 / was.p50;
  const evidence = { kind: "stored", ratio, rounds: is.n } as const;
  const reason = `${pace(ratio)} than the baseline (${is.p50.toFixed(3)} of the calibration's CPU time, and ${was.p50.toFixed(3)} before)`;
  if (is.n < 5) return { word: "inconclusive", reason: `${is.n} rounds are too few for a median`, evidence };
  if (ratio > stored.fail) return { word: "regression", reason, evidence };
  if (ratio > stored.warn) return { word: "suspect", reason, evidence };
  return { word: ratio < 1 / stored.warn ? "improvement" : "same", reason, evidence };
}
