import { holm } from "../stats/mod.ts";
import { type BenchResult, type CaseResult, isMeasured, type Measured, notMeasured, type Verdict } from "../types.ts";
import { compareOutputs, outputsOf } from "./direct.ts";
import { type Lane, laneOf, lanesOf, logRatios, long, meanByRound, type TimeMetric } from "./lanes.ts";
import { decide, isOpen, type PairedEvidence, weigh } from "./pairs.ts";
import { type PairRule, type Rules, rulesFor } from "./rules.ts";

/** Which rules a case is held to; budgets may move them. */
export type RulesOf = (one: CaseResult) => Rules;

const times: readonly TimeMetric[] = ["cpuSec", "wallSec", "engineSec"];

/**
 * Every verdict on a run whose base and candidate ran side by side: one for each lane and time, those of the single
 * cases below it, and the outputs, which need no statistics. None where nothing ran on the base side.
 */
export function judge(result: BenchResult, rulesOf: RulesOf = () => rulesFor(result.environment)): readonly Verdict[] {
  const paired = result.cases.filter((one) => one.samples.some(({ side }) => side === "base"));
  const lanes = lanesOf(paired);
  return [
    ...times.flatMap((metric) => judgeTime(lanes, metric, rulesOf)),
    ...paired.flatMap((one) =>
      compareOutputs(one, { before: outputsOf(one, "base"), after: outputsOf(one, "candidate"), rules: rulesOf(one) }),
    ),
  ];
}

/**
 * The lanes that seven rounds leave open: run every case of theirs as often again, and judge the whole. Wall time has to
 * be a suspicion for that; it leans one way or the other in every second run on a busy machine.
 */
export function wantsMore(
  result: BenchResult,
  rulesOf: RulesOf = () => rulesFor(result.environment),
): readonly string[] {
  const open = judge(result, rulesOf).filter(({ scope, word, lane, metric, evidence }) => {
    if (scope !== "backend" || word === "invalid" || evidence.kind !== "paired") return false;
    const cases = result.cases.filter((one) => laneOf(one) === lane);
    return metric === "wallSec" ? word === "suspect" : isOpen(evidence, ruleFor(cases, metric as TimeMetric, rulesOf));
  });
  return [...new Set(open.map(({ lane }) => lane))];
}

function judgeTime(lanes: readonly Lane[], metric: TimeMetric, rulesOf: RulesOf): readonly Verdict[] {
  const weighed = lanes.flatMap((lane) => {
    const rule = ruleFor(lane.cases, metric, rulesOf);
    // An engine that no lane has is no row at all: the cpu backend has nothing to be missing.
    if (metric === "engineSec" && !usesGpu(lane.cases)) return [];
    return [{ lane, rule, evidence: weighCases(lane.cases, metric, rule) }];
  });
  const tested = weighed.flatMap(({ evidence }) => (isMeasured(evidence) ? [evidence.p] : []));
  const corrected = [...holm(tested)];
  return weighed.flatMap(({ lane, rule, evidence }) => {
    const about = { lane, metric, rule };
    const whole = isMeasured(evidence) ? { ...evidence, pHolm: corrected.shift() ?? evidence.p } : evidence;
    const cases = lane.cases.length < 2 ? [] : lane.cases.map((one) => caseVerdict(one, about));
    return [say(whole, about, lane.cases), ...cases];
  });
}

interface About {
  readonly lane: Lane;
  readonly metric: TimeMetric;
  readonly rule: PairRule;
}

/** A single case points at the place; it is not part of the family that is tested. */
function caseVerdict(one: CaseResult, about: About): Verdict {
  return { ...say(weighCases([one], about.metric, about.rule), about, [one]), scope: "case", case: one.id };
}

function say(evidence: Measured<PairedEvidence>, { lane, metric, rule }: About, cases: readonly CaseResult[]): Verdict {
  const about = { scope: "backend", backend: lane.backend, lane: lane.name, metric } as const;
  if (!isMeasured(evidence))
    return {
      ...about,
      word: "inconclusive",
      reason: `not measured: ${evidence.notMeasured}`,
      evidence: { kind: "none" },
    };
  const fault = metric === "cpuSec" ? undefined : deviceFault(cases);
  if (fault !== undefined) return { ...about, word: "invalid", reason: fault, evidence };
  return { ...about, ...decide(evidence, rule), evidence };
}

function weighCases(cases: readonly CaseResult[], metric: TimeMetric, rule: PairRule): Measured<PairedEvidence> {
  const series = cases.map((one) => logRatios(long(one, "base"), long(one, "candidate"), metric));
  const had = series.filter(isMeasured);
  const [missing = notMeasured("no case ran")] = series.filter((one) => !isMeasured(one));
  return had.length > 0 ? weigh(meanByRound(had), rule) : (missing as Measured<never>);
}

function ruleFor(cases: readonly CaseResult[], metric: TimeMetric, rulesOf: RulesOf): PairRule {
  // A budget may be about one clip alone; the test is about all of them, and the mildest rule holds.
  const all = cases.map((one) => ruleOf(rulesOf(one), metric, usesGpu(cases)));
  return all.reduce((a, b) => (b.effect > a.effect ? b : a));
}

function ruleOf({ cpu, wall, gpu }: Rules, metric: TimeMetric, onGpu: boolean): PairRule {
  if (metric === "cpuSec" || metric === "engineSec") return cpu;
  return onGpu ? gpu : wall;
}

function usesGpu(cases: readonly CaseResult[]): boolean {
  return cases.some(({ samples }) => samples.some(({ gpu }) => isMeasured(gpu)));
}

/** A device that held itself back, or ran at another clock for one side, was not the same device twice. */
function deviceFault(cases: readonly CaseResult[]): string | undefined {
  const uses = cases.flatMap(({ samples }) =>
    samples.flatMap(({ gpu, side, round }) => (isMeasured(gpu) ? [{ ...gpu, side, round }] : [])),
  );
  const held = uses.find(({ throttled }) => isMeasured(throttled) && throttled);
  if (held) return `the device throttled itself in round ${held.round} (${held.side})`;
  const clock = (side: string) => {
    const all = uses.flatMap((use) => (use.side === side && isMeasured(use.clockMhz) ? [use.clockMhz] : []));
    return all.reduce((sum, value) => sum + value, 0) / all.length;
  };
  const [base, candidate] = [clock("base"), clock("candidate")];
  return Math.abs(candidate / base - 1) > 0.03
    ? `the device's clock differs between the sides: ${base.toFixed(0)} and ${candidate.toFixed(0)} MHz`
    : undefined;
}
