import { type Baseline, type BenchResult, type CaseResult, type Check, type Decision, isMeasured } from "../types.ts";
import { laneOf, lanesOf } from "../verdict/mod.ts";
import { type Budget, defaultBudgets, isAbout } from "./budgets.ts";
import { caseChecks } from "./cases.ts";
import { toCheck } from "./found.ts";
import { laneChecks } from "./lanes.ts";
import { isDeciding, judgeAll, verdictCheck } from "./verdicts.ts";

export interface GateOptions {
  readonly baseline: Baseline;
  readonly budgets: readonly Budget[];
}

/**
 * Whether a run may pass, and every check that says so. Speed and outputs are judged against the base side where one
 * ran, else against the baseline; budgets come on top. What nobody could measure is neither green nor red.
 */
export function gate(result: BenchResult, { baseline, budgets }: GateOptions): Decision {
  const verdicts = judgeAll(result, { baseline, budgets });
  const checks = [
    ...verdicts.filter(isDeciding).map((verdict) => verdictCheck(verdict, result, budgets)),
    ...result.cases.flatMap((one) => [...caseBudgets(result, one, budgets), ...alwaysChecks(result, one)]),
    ...lanesOf(result.cases).flatMap((lane) =>
      budgetsFor(budgets, lane.cases).flatMap((budget) => {
        const found = laneChecks[budget.name]?.({ lane, limit: budget.limit, result });
        return found === undefined ? [] : [toCheck(found, { backend: lane.backend, lane: lane.name }, budget)];
      }),
    ),
    ...absentChecks(result, budgets),
  ];
  return { passed: checks.every(({ state }) => state !== "missed"), checks, verdicts };
}

/** The budgets about a case: its own, and of the defaults those that it has no word on. */
function budgetsFor(budgets: readonly Budget[], cases: readonly CaseResult[]): readonly Budget[] {
  const own = budgets.filter(({ about }) => cases.some((one) => isAbout(about, one)));
  return [...own, ...defaultBudgets.filter(({ name }) => !own.some((one) => one.name === name))];
}

function caseBudgets(result: BenchResult, one: CaseResult, budgets: readonly Budget[]): readonly Check[] {
  return budgetsFor(budgets, [one]).flatMap((budget) => {
    const found = caseChecks[budget.name]?.({ one, limit: budget.limit, result });
    return found === undefined
      ? []
      : [toCheck(found, { backend: one.backend, lane: laneOf(one), case: one.id }, budget)];
  });
}

/** What no budget may allow: frames that are lost, colors that are called something else. */
function alwaysChecks(result: BenchResult, one: CaseResult): readonly Check[] {
  const about = { backend: one.backend, lane: laneOf(one), case: one.id };
  const frames = (own: CaseResult | undefined) =>
    own?.samples.findLast(({ side, length }) => side === "candidate" && length === "long")?.frames;
  const [is, wanted] = [frames(one), frames(result.cases.find(({ id }) => id === one.reference))];
  const lost =
    is === undefined || wanted === undefined || is === wanted
      ? []
      : [
          {
            ...about,
            budget: "frames",
            state: "missed",
            found: `${is} frames`,
            allowed: `${wanted}`,
            reason: "its reference wrote another number of frames",
          } as const,
        ];
  const tags =
    isMeasured(one.scores) && one.scores.tagChanges.length > 0
      ? [
          {
            ...about,
            budget: "tags",
            state: "missed",
            found: one.scores.tagChanges.join(", "),
            allowed: "unchanged",
            reason: "the colors are called something else than in the source",
          } as const,
        ]
      : [];
  return [...lost, ...tags];
}

/** Rows that were asked for and could not be made, by the machine's word or by a budget that names a backend. */
function absentChecks({ absent, cases }: BenchResult, budgets: readonly Budget[]): readonly Check[] {
  const rows = absent.map(({ backend, what, reason }) => ({
    budget: what ?? "everything",
    backend,
    state: "not measured" as const,
    found: "-",
    allowed: "-",
    reason,
  }));
  const asked = budgets.flatMap((budget) => {
    const nobody = budget.about.backends.filter(
      (name) => !cases.some((one) => one.backend === name && isAbout(budget.about, one)),
    );
    return nobody.map((backend) => {
      const reason = absent.find((row) => row.backend === backend)?.reason ?? "no case of this run is about it";
      return toCheck({ state: "not measured", found: "-", reason }, { backend }, budget);
    });
  });
  return [...rows, ...asked];
}
