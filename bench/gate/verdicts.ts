import { find, keep, keyOf } from "../baseline/mod.ts";
import {
  type Baseline,
  type BenchResult,
  type CaseResult,
  type Check,
  type CheckState,
  isMeasured,
  type Verdict,
  type VerdictWord,
} from "../types.ts";
import { judge, judgeStored, laneOf, type Rules, rulesFor } from "../verdict/mod.ts";
import { type Budget, isAbout } from "./budgets.ts";

/** Every verdict: side by side where a base ran, else against the baseline. */
export function judgeAll(
  result: BenchResult,
  { baseline, budgets }: { readonly baseline: Baseline; readonly budgets: readonly Budget[] },
): readonly Verdict[] {
  const rulesOf = (one: CaseResult) => rulesBy(budgets, one, rulesFor(result.environment));
  const alone = result.cases.filter(({ samples }) => !samples.some(({ side }) => side === "base"));
  return [
    ...judge(result, rulesOf),
    ...alone.flatMap((one) => againstBaseline(result, one, { baseline, rules: rulesOf(one) })),
  ];
}

function againstBaseline(
  result: BenchResult,
  one: CaseResult,
  { baseline, rules }: { readonly baseline: Baseline; readonly rules: Rules },
): readonly Verdict[] {
  const [key, now] = [keyOf(result, one), keep(result, one)];
  if (isMeasured(key) && isMeasured(now)) return judgeStored(one, { before: find(baseline, key), now, rules });
  const reason = isMeasured(key) ? (isMeasured(now) ? "" : now.notMeasured) : key.notMeasured;
  const about = { scope: "case", backend: one.backend, lane: laneOf(one), case: one.id, metric: "cpuSec" } as const;
  return [{ ...about, word: "inconclusive", reason, evidence: { kind: "none" } }];
}

/** Budgets may move where a slowdown starts to matter; the statistics stay. */
function rulesBy(budgets: readonly Budget[], one: CaseResult, rules: Rules): Rules {
  const limit = (name: Budget["name"]) =>
    budgets.findLast((own) => own.name === name && isAbout(own.about, one))?.limit;
  const [slower, wall] = [limit("slower_at_most"), limit("wall_slower_at_most")];
  return {
    ...rules,
    ...(slower !== undefined && {
      cpu: { ...rules.cpu, effect: 1 + slower },
      gpu: { ...rules.gpu, effect: 1 + slower },
      stored: { warn: 1 + (slower * 2) / 3, fail: 1 + slower },
    }),
    ...(wall !== undefined && { wall: { ...rules.wall, effect: 1 + wall } }),
  };
}

/** Single cases of a paired time point at the place, and decide nothing. */
export function isDeciding({ scope, evidence, metric, word }: Verdict): boolean {
  const isTime = metric === "cpuSec" || metric === "wallSec" || metric === "engineSec";
  return (
    scope === "backend" ||
    !isTime ||
    evidence.kind === "stored" ||
    (evidence.kind === "none" && word === "inconclusive")
  );
}

const states: Readonly<Record<VerdictWord, CheckState>> = {
  same: "met",
  improvement: "met",
  suspect: "warned",
  regression: "missed",
  inconclusive: "inconclusive",
  invalid: "inconclusive",
};

export function verdictCheck(verdict: Verdict, result: BenchResult, budgets: readonly Budget[]): Check {
  const { backend, lane, metric, word, reason, evidence } = verdict;
  const named = metric === "wallSec" ? "wall_slower_at_most" : "slower_at_most";
  const isTime = evidence.kind === "paired" || evidence.kind === "stored";
  const one = result.cases.find((own) => laneOf(own) === lane);
  const budget =
    isTime && one ? budgets.findLast(({ name, about }) => name === named && isAbout(about, one)) : undefined;
  const state = evidence.kind === "none" ? "not measured" : states[word];
  const isOpen = state === "not measured" || state === "inconclusive";
  return {
    budget: metric,
    backend,
    lane,
    ...(verdict.case !== undefined && { case: verdict.case }),
    state: isOpen && budget?.required === true ? "missed" : state,
    found: foundBy(verdict),
    allowed: budget?.written ?? "no regression",
    reason: word === "invalid" ? `invalid: ${reason}` : reason,
    ...(budget?.at && { at: budget.at }),
  };
}

function foundBy({ evidence }: Verdict): string {
  if (evidence.kind === "paired") {
    const { ratio, interval, p, rounds } = evidence;
    return `x${ratio.toFixed(2)} [${interval.low.toFixed(2)},${interval.high.toFixed(2)}] ${p < 0.001 ? "p<.001" : `p=${p.toFixed(3).slice(1)}`} n=${rounds}`;
  }
  if (evidence.kind === "stored") return `x${evidence.ratio.toFixed(2)} n=${evidence.rounds}`;
  return evidence.kind === "direct" ? `${round(evidence.before)} -> ${round(evidence.after)}` : "-";
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
