import type { Metric } from "../types.ts";
import { type CaseResult, isMeasured, type Measured, notMeasured, type Sample, type Side } from "../types.ts";

export type TimeMetric = Extract<Metric, "cpuSec" | "wallSec" | "engineSec">;

/** Cases that differ in their clip only; their clips are averaged into one test. */
export interface Lane {
  readonly name: string;
  readonly backend: string;
  readonly cases: readonly CaseResult[];
}

export function laneOf({ backend, device, codec, effort, chain }: CaseResult): string {
  return [device === undefined ? backend : `${backend}:${device}`, codec, effort, chain].join("/");
}

export function lanesOf(cases: readonly CaseResult[]): readonly Lane[] {
  return [...new Set(cases.map(laneOf))].map((name) => {
    const own = cases.filter((one) => laneOf(one) === name);
    return { name, backend: own[0]?.backend ?? "", cases: own };
  });
}

export function timeOf(sample: Sample, metric: TimeMetric): Measured {
  if (metric === "wallSec") return sample.wallSec;
  if (metric === "cpuSec") return sample.cpuSec;
  return isMeasured(sample.gpu) ? sample.gpu.engineSec : sample.gpu;
}

/** Log ratio of each round in which both ran; the reason where no round has both. */
export function logRatios(
  before: readonly Sample[],
  after: readonly Sample[],
  metric: TimeMetric,
): Measured<ReadonlyMap<number, number>> {
  const ratios = new Map<number, number>();
  let missing = "no round has both sides";
  for (const sample of after) {
    const partner = before.find(({ round }) => round === sample.round);
    if (partner === undefined) continue;
    const [base, candidate] = [timeOf(partner, metric), timeOf(sample, metric)];
    if (!isMeasured(base)) missing = base.notMeasured;
    else if (!isMeasured(candidate)) missing = candidate.notMeasured;
    else if (base > 0 && candidate > 0) ratios.set(sample.round, Math.log(candidate / base));
    else missing = "it came out as zero";
  }
  return ratios.size > 0 ? ratios : notMeasured(missing);
}

/** A round's mean over the clips that have it: under no change it lies around zero, whichever clips those are. */
export function meanByRound(series: readonly ReadonlyMap<number, number>[]): readonly number[] {
  const rounds = [...new Set(series.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
  return rounds.map((round) => {
    const values = series.flatMap((one) => one.get(round) ?? []);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

export function long({ samples }: CaseResult, side: Side): readonly Sample[] {
  return samples.filter((sample) => sample.side === side && sample.length === "long");
}
