import {
  type Baseline,
  type BenchResult,
  type CaseResult,
  type Check,
  type Decision,
  isMeasured,
  type Scores,
} from "../types.ts";
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

/** The budgets about a case, the last of each name, and of the defaults those that it has no word on. */
function budgetsFor(budgets: readonly Budget[], cases: readonly CaseResult[]): readonly Budget[] {
  const all = [...defaultBudgets, ...budgets].filter(({ about }) => cases.some((one) => isAbout(about, one)));
  const names = new Set(all.map(({ name }) => name));
  return [...names].flatMap((name) => all.findLast((budget) => budget.name === name) ?? []);
}

const aboutTime: ReadonlySet<Budget["name"]> = new Set(["cpu_at_most", "wall_at_most", "fps_at_least"] as const);

function caseBudgets(result: BenchResult, one: CaseResult, budgets: readonly Budget[]): readonly Check[] {
  return budgetsFor(budgets, [one]).flatMap((budget) => {
    // What only reads, or scales, makes no picture to hold against anything.
    if (one.chain !== "full" && !aboutTime.has(budget.name)) return [];
    const found = caseChecks[budget.name]?.({ one, limit: budget.limit, result });
    return found === undefined
      ? []
      : [toCheck(found, { backend: one.backend, lane: laneOf(one), case: one.id }, budget)];
  });
}

/** What no budget may allow: a tool that is broken, frames that are lost, a picture that is late or other than it was. */
function alwaysChecks({ cases }: BenchResult, one: CaseResult): readonly Check[] {
  const { samples, failures, scores, reference } = one;
  const frames = (own: CaseResult | undefined) => lastLong(own)?.frames;
  const [is, wanted] = [frames(one), frames(cases.find(({ id }) => id === reference))];
  const faults = [
    samples.length === 0 &&
      failures.length > 0 && ["rounds", "none", "some", failures.map(({ reason }) => reason).join("; ")],
    is !== undefined &&
      wanted !== undefined &&
      is !== wanted && ["frames", `${is} frames`, `${wanted}`, "its reference wrote another number of frames"],
    ...(isMeasured(scores) ? pictureFaults(scores) : []),
  ];
  return faults.flatMap((fault) => {
    if (fault === false) return [];
    const [budget = "", found = "", allowed = "", reason = ""] = fault;
    return [{ backend: one.backend, lane: laneOf(one), case: one.id, budget, state: "missed", found, allowed, reason }];
  });
}

/** Faults that VMAF hardly sees, or that make its number worthless. */
function pictureFaults({ tagChanges, offsetFrames, contrast }: Scores): readonly (false | readonly string[])[] {
  return [
    tagChanges.length > 0 && [
      "tags",
      tagChanges.join(", "),
      "unchanged",
      "the colors are called something else than in the source",
    ],
    isMeasured(offsetFrames) &&
      offsetFrames !== 0 && ["offset", `${offsetFrames} frames`, "0", "another pairing with the source fits better"],
    isMeasured(contrast) &&
      Math.abs(contrast - 1) > mostContrast && [
        "contrast",
        `x${contrast.toFixed(2)}`,
        `${100 * mostContrast} % off`,
        "dark to bright spans another range than in the source",
      ],
  ];
}

const mostContrast = 0.08;

function lastLong(one: CaseResult | undefined) {
  return one?.samples.findLast(({ side, length }) => side === "candidate" && length === "long");
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
