import { type Change, changePoints, deviation, median, trend } from "../stats/mod.ts";
import { type Baseline, type HistoryLine, isMeasured, type Key, type Measured, notMeasured } from "../types.ts";
import { find } from "./book.ts";
import { isSameKey, keyText } from "./key.ts";

/** What a history says of one case: against what was accepted, where it jumped, and whether it creeps. */
export interface Drift {
  readonly key: Key;
  readonly runs: number;
  /** `drifting` takes two witnesses: the pinned baseline and a change point. One alone warns. */
  readonly state: "steady" | "warning" | "drifting" | "too short";
  readonly reason: string;
  /** What the baseline has, and the median of the last five over it. */
  readonly accepted: Measured;
  readonly ratio: Measured;
  /** Upward changes, with the commits around each. */
  readonly changes: readonly (Change & { readonly after: string; readonly from: string })[];
  /** Per run, as a share. */
  readonly creep: Measured;
  readonly values: readonly number[];
  /** What each of them was measured on: a commit, or the run's id. */
  readonly names: readonly string[];
}

const window = 30;
const last = 5;
const least = 0.03;

/** Gradual change that no comparison with the run before would ever see. */
export function drifts(history: readonly HistoryLine[], baseline: Baseline): readonly Drift[] {
  const keys = [...new Map(history.map(({ key }) => [keyText(key), key])).values()];
  return keys.map((key) =>
    driftOf(
      history.filter((line) => isSameKey(line.key, key)),
      key,
      baseline,
    ),
  );
}

function driftOf(lines: readonly HistoryLine[], key: Key, baseline: Baseline): Drift {
  const told = lines
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .flatMap((line) => (isMeasured(line.relativeCpu) ? [{ line, value: line.relativeCpu.p50 }] : []))
    .slice(-window);
  const values = told.map(({ value }) => value);
  const names = told.map(({ line: { commit, run } }) => (isMeasured(commit) ? commit : run));
  const accepted = acceptedOf(find(baseline, key));
  const about = { key, runs: values.length, values, names, accepted };
  if (values.length < last) {
    const reason = `${values.length} runs have a CPU time beside a calibration; it takes ${last}`;
    return {
      ...about,
      state: "too short",
      reason,
      ratio: notMeasured(reason),
      changes: [],
      creep: notMeasured(reason),
    };
  }
  const changes = changePoints(values)
    .filter(({ change }) => change > 0)
    .map((change) => ({ ...change, after: names[change.at - 1] ?? "", from: names[change.at] ?? "" }));
  const ratio = isMeasured(accepted) ? median(values.slice(-last)) / accepted : accepted;
  const noise = runNoise(values);
  const limit = Math.max(least, 1.5 * noise);
  const creep = creepOf(values);
  const witnesses = [
    isMeasured(ratio) && ratio > 1 + limit && `the last ${last} runs lie ${share(ratio - 1)} above the baseline`,
    ...changes.slice(-1).map(({ change, after, from }) => `it rose by ${share(change)} between ${after} and ${from}`),
  ].filter((one) => one !== false);
  const creeps = creep > 0 ? [`it creeps up by ${share(creep)} a run`] : [];
  const words = [...witnesses, ...creeps];
  return {
    ...about,
    state: witnesses.length > 1 ? "drifting" : words.length > 0 ? "warning" : "steady",
    reason: words.length > 0 ? words.join("; ") : `within ${share(limit)} over ${values.length} runs`,
    ratio,
    changes,
    creep,
  };
}

function acceptedOf(entry: ReturnType<typeof find>): Measured {
  if (!isMeasured(entry)) return entry;
  return isMeasured(entry.relativeCpu) ? entry.relativeCpu.p50 : entry.relativeCpu;
}

/** From one run to the next, so that a step in the history does not count as noise. */
function runNoise(values: readonly number[]): number {
  const steps = values.slice(1).map((value, nth) => Math.log(value / (values[nth] ?? value)));
  return steps.length < 2 ? 0 : deviation(steps) / Math.SQRT2;
}

/** The slope where it is sure and adds up to something, else nothing. */
function creepOf(values: readonly number[]): number {
  const { slope, p } = trend(values);
  const relative = slope / median(values);
  return p < 0.001 && relative * values.length >= least ? relative : 0;
}

function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
