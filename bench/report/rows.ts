import { median, rateAt } from "../stats/mod.ts";
import {
  type BenchResult,
  type CaseResult,
  type Check,
  type CheckState,
  type Decision,
  isMeasured,
  type Measured,
  notMeasured,
  type Pooled,
} from "../types.ts";
import { laneOf, referencePairs, speedupOf } from "../verdict/mod.ts";

/** One case as a table shows it, every cell a text; what was not measured is a dash. */
export interface Row {
  readonly backend: string;
  readonly what: string;
  readonly clip: string;
  readonly fps: string;
  readonly realtime: string;
  readonly speedup: string;
  readonly cpuSec: string;
  readonly vmaf: string;
  readonly p5: string;
  readonly neg: string;
  readonly kbpsAt93: string;
  readonly state: CheckState;
}

export const rowHeads: Readonly<Record<keyof Row, string>> = {
  backend: "backend",
  what: "codec",
  clip: "clip",
  fps: "fps",
  realtime: "x realtime",
  speedup: "against cpu",
  cpuSec: "CPU s",
  vmaf: "VMAF",
  p5: "p5",
  neg: "neg",
  kbpsAt93: "kb/s at 93",
  state: "verdict",
};

export function rowsOf(result: BenchResult, { checks }: Decision): readonly Row[] {
  return result.cases.map((one) => {
    const long = one.samples.filter(({ side, length }) => side === "candidate" && length === "long");
    const wall = long.length === 0 ? undefined : median(long.map(({ wallSec }) => wallSec));
    const cpu = long.flatMap(({ cpuSec }) => (isMeasured(cpuSec) ? [cpuSec] : []));
    const speedup = speedupOf(referencePairs([one], result.cases));
    const pooled = (pick: "vmaf" | "neg"): Measured<Pooled> => (isMeasured(one.scores) ? one.scores[pick] : one.scores);
    const [vmaf, neg] = [pooled("vmaf"), pooled("neg")];
    const own = checks.filter(
      (check) => check.case === one.id || (check.case === undefined && check.lane === laneOf(one)),
    );
    return {
      backend: one.device === undefined ? one.backend : `${one.backend}:${one.device}`,
      what: one.chain === "full" ? `${one.codec} ${one.effort}` : one.chain,
      clip: one.clip,
      fps: wall === undefined ? "-" : ((long[0]?.frames ?? 0) / wall).toFixed(0),
      realtime: wall === undefined ? "-" : `${(one.clipSec / wall).toFixed(1)}x`,
      speedup: isMeasured(speedup)
        ? `${speedup.ratio.toFixed(1)}x [${speedup.low.toFixed(1)}, ${speedup.high.toFixed(1)}]`
        : "-",
      cpuSec: cpu.length === 0 ? "-" : median(cpu).toFixed(2),
      vmaf: isMeasured(vmaf) ? vmaf.mean.toFixed(1) : "-",
      p5: isMeasured(vmaf) ? vmaf.p5.toFixed(1) : "-",
      neg: isMeasured(neg) ? neg.mean.toFixed(1) : "-",
      kbpsAt93: told(bitsAt93(result, one)),
      state: worst(own),
    };
  });
}

/** The state that a person has to know about first. */
export function worst(checks: readonly Check[]): CheckState {
  const order: readonly CheckState[] = ["missed", "warned", "inconclusive", "not measured", "met"];
  return order.find((state) => checks.some((check) => check.state === state)) ?? "not measured";
}

export function countStates(checks: readonly Check[]): Readonly<Record<CheckState, number>> {
  const count = (state: CheckState) => checks.filter((check) => check.state === state).length;
  return {
    met: count("met"),
    warned: count("warned"),
    missed: count("missed"),
    inconclusive: count("inconclusive"),
    "not measured": count("not measured"),
  };
}

/** `Gate failed: 1 of 20 checks missed, 2 inconclusive, 3 not measured`. */
export function headline({ passed, checks }: Decision): string {
  const counts = countStates(checks);
  const parts = (["missed", "warned", "inconclusive", "not measured"] as const).flatMap((state) =>
    counts[state] > 0 ? [`${counts[state]} ${state}`] : [],
  );
  // A run in which nothing could be decided did not pass anything.
  const word = !passed ? "Gate failed" : counts.met + counts.warned > 0 ? "Gate passed" : "Gate undecided";
  return `${word}: ${counts.met} of ${checks.length} checks met${parts.length > 0 ? `, ${parts.join(", ")}` : ""}`;
}

/** What every number has to be read by: how noisy it was, and what could have been seen. */
export function footnotes({ noise, environment, run }: BenchResult, { verdicts }: Decision): readonly string[] {
  const share = (value: Measured) =>
    isMeasured(value) ? `${(100 * value).toFixed(0)} %` : `not measured (${value.notMeasured})`;
  const load = isMeasured(noise.load) ? noise.load.toFixed(1) : "not measured";
  const seen = verdicts.flatMap(({ scope, metric, evidence }) =>
    scope === "backend" && evidence.kind === "paired" ? [{ metric, least: evidence.detectable }] : [],
  );
  const least = (["cpuSec", "wallSec", "engineSec"] as const).flatMap((metric) => {
    const all = seen.filter((one) => one.metric === metric).map((one) => one.least);
    return all.length > 0 ? [`${metric} ${(100 * Math.max(...all)).toFixed(0)} %`] : [];
  });
  return [
    `noise: CPU pressure ${share(noise.pressure)}, steal ${share(noise.steal)}, load ${load}`,
    ...(least.length > 0 ? [`smallest slowdown that could be seen: ${least.join(", ")}`] : []),
    ...(run.quick ? ["a quick run: numbers to look at, and nothing to decide by"] : []),
    `${environment.cpu}, ${environment.cores} cores, ${environment.sharing}; ffmpeg ${environment.ffmpeg.version}; machine class ${environment.machineClass}`,
  ];
}

function bitsAt93({ curves }: BenchResult, one: CaseResult): Measured {
  const curve = curves.find(
    ({ backend, encoder, clip, metric }) =>
      backend === one.backend && encoder === one.encoder && clip === one.clip && metric.startsWith("vmaf"),
  );
  if (curve === undefined) return notMeasured("no curve");
  return rateAt(
    curve.points.map(({ kbps, quality }) => ({ rate: kbps, quality })),
    93,
  );
}

function told(value: Measured): string {
  return isMeasured(value) ? value.toFixed(0) : "-";
}
