import {
  type CaseResult,
  isMeasured,
  type Kept,
  type Measured,
  type Metric,
  notMeasured,
  type Side,
  type Verdict,
} from "../types.ts";
import { laneOf, long } from "./lanes.ts";
import type { Rules, Steps } from "./rules.ts";
import { percent } from "./words.ts";

/** What an encode put out. It repeats to the bit, so two of them are compared as they are. */
export type Outputs = Pick<
  Kept,
  "bytes" | "frames" | "model" | "vmaf" | "vmafP5" | "neg" | "ssimDb" | "psnrY" | "psnrCb" | "psnrCr"
>;

export function outputsOf(one: CaseResult, side: Side): Measured<Outputs> {
  const sample = long(one, side).at(-1);
  if (sample === undefined) return notMeasured(`no round of the ${side} came through`);
  const scores = side === "base" ? (one.baseScores ?? notMeasured("the base was not scored")) : one.scores;
  const of = <Value>(pick: (known: Extract<typeof scores, { model: unknown }>) => Measured<Value>): Measured<Value> =>
    isMeasured(scores) ? pick(scores) : scores;
  const plane = (name: "y" | "cb" | "cr") => of(({ psnr }) => (isMeasured(psnr) ? psnr[name] : psnr));
  return {
    bytes: sample.bytes,
    frames: sample.frames,
    model: of(({ model }) => model),
    vmaf: of(({ vmaf }) => (isMeasured(vmaf) ? vmaf.mean : vmaf)),
    vmafP5: of(({ vmaf }) => (isMeasured(vmaf) ? vmaf.p5 : vmaf)),
    neg: of(({ neg }) => (isMeasured(neg) ? neg.mean : neg)),
    ssimDb: of(({ ssimDb }) => ssimDb),
    psnrY: plane("y"),
    psnrCb: plane("cb"),
    psnrCr: plane("cr"),
  };
}

export interface OutputPair {
  readonly before: Measured<Outputs>;
  readonly after: Measured<Outputs>;
  readonly rules: Rules;
}

/** One verdict for each number that both have; luma's PSNR and SSIM stand in where there is no VMAF. */
export function compareOutputs(one: CaseResult, { before, after, rules }: OutputPair): readonly Verdict[] {
  const about = { scope: "case", backend: one.backend, lane: laneOf(one), case: one.id } as const;
  const none = { kind: "none" } as const;
  const missing = !isMeasured(before) ? before : !isMeasured(after) ? after : undefined;
  if (missing || !isMeasured(before) || !isMeasured(after))
    return [{ ...about, metric: "bytes", word: "inconclusive", reason: `${missing?.notMeasured}`, evidence: none }];
  if (isMeasured(one.deterministic) && !one.deterministic)
    return [
      {
        ...about,
        metric: "bytes",
        word: "inconclusive",
        reason: "this encoder does not repeat itself",
        evidence: none,
      },
    ];

  const frames: Verdict = {
    ...about,
    metric: "frames",
    word: before.frames === after.frames ? "same" : "regression",
    reason: `${after.frames} frames, and ${before.frames} before`,
    evidence: { kind: "direct", before: before.frames, after: after.frames },
  };
  const growth = after.bytes / before.bytes - 1;
  const bytes: Verdict = {
    ...about,
    metric: "bytes",
    ...step(growth, rules.bytes, `${percent(Math.abs(growth))} ${growth < 0 ? "smaller" : "larger"}`),
    evidence: { kind: "direct", before: before.bytes, after: after.bytes },
  };
  return [
    frames,
    bytes,
    ...scored(before, after).map((metric) => compareScore(metric, { about, before, after, rules })),
  ];
}

const points: readonly ScoreMetric[] = ["vmaf", "neg"];
type ScoreMetric = Extract<Metric, "vmaf" | "neg" | "ssimDb" | "psnrY" | "psnrCb" | "psnrCr">;

/** What can be compared: a score that only one side has, or that two models gave, cannot. */
function scored(before: Outputs, after: Outputs): readonly ScoreMetric[] {
  const both = (metric: ScoreMetric) => isMeasured(before[metric]) && isMeasured(after[metric]);
  const hasVmaf = both("vmaf");
  const luma: readonly ScoreMetric[] = hasVmaf ? points : ["ssimDb", "psnrY"];
  return [...luma, "psnrCb" as const, "psnrCr" as const].filter(both);
}

interface ScorePair {
  readonly about: Pick<Verdict, "scope" | "backend" | "lane"> & { readonly case: string };
  readonly before: Outputs;
  readonly after: Outputs;
  readonly rules: Rules;
}

function compareScore(metric: ScoreMetric, { about, before, after, rules }: ScorePair): Verdict {
  const [was, is] = [before[metric], after[metric]] as readonly [number, number];
  const isPoints = points.includes(metric);
  if (isPoints && modelOf(before) !== modelOf(after))
    return {
      ...about,
      metric,
      word: "invalid",
      reason: `scored with ${modelOf(after)}, and ${modelOf(before)} before`,
      evidence: { kind: "direct", before: was, after: is },
    };
  const loss = was - is;
  const size = `${Math.abs(loss).toFixed(2)} ${isPoints ? "points" : "dB"} ${loss > 0 ? "lower" : "higher"}`;
  return {
    ...about,
    metric,
    ...step(loss, isPoints ? rules.vmaf : rules.decibels, `${size}: ${is.toFixed(2)}, and ${was.toFixed(2)} before`),
    evidence: { kind: "direct", before: was, after: is },
  };
}

function modelOf({ model }: Outputs): string {
  return isMeasured(model) ? model : `no model (${model.notMeasured})`;
}

/** Worse by this much is a regression, by that much a suspicion; as much better is an improvement. */
function step(loss: number, { warn, fail }: Steps, reason: string): Pick<Verdict, "word" | "reason"> {
  const slack = 1e-9;
  if (loss > fail + slack) return { word: "regression", reason };
  if (loss > warn + slack) return { word: "suspect", reason };
  return { word: loss < -warn - slack ? "improvement" : "same", reason };
}
