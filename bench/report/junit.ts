import { type CaseResult, type Check, isMeasured, type Measured } from "../types.ts";
import { median } from "../stats/mod.ts";
import type { Account } from "./account.ts";
import { escapeXml } from "./xml.ts";

/** JUnit XML: a suite for each backend, a case for each check. Noise is skipped: it is no pass. */
export function renderJunit({ result, decision: { checks } }: Account): string {
  const broken = result.cases.filter(({ samples, failures }) => samples.length === 0 && failures.length > 0);
  const backends = [...new Set([...checks, ...broken].map(({ backend }) => backend))];
  const suites = backends.map((backend) => {
    const own = checks.filter((check) => check.backend === backend);
    const errors = broken.filter((one) => one.backend === backend);
    const cases = [...own.map(caseXml), ...errors.map(errorXml)];
    const properties = result.cases.filter((one) => one.backend === backend).flatMap(numbersOf);
    const skipped = own.filter(isSkipped).length;
    const failures = own.filter(({ state }) => state === "missed").length;
    const counts = `tests="${cases.length}" failures="${failures}" errors="${errors.length}" skipped="${skipped}"`;
    const listed = properties.map(([name, value]) => `      <property name="${escapeXml(name)}" value="${value}"/>`);
    return [
      `  <testsuite name="${escapeXml(backend)}" ${counts} timestamp="${escapeXml(result.run.startedAt)}">`,
      ...(listed.length > 0 ? ["    <properties>", ...listed, "    </properties>"] : []),
      ...cases,
      "  </testsuite>",
    ].join("\n");
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="vendue bench">\n${suites.map((suite) => `${suite}\n`).join("")}</testsuites>\n`;
}

function isSkipped({ state }: Check): boolean {
  return state === "inconclusive" || state === "not measured";
}

function caseXml(check: Check): string {
  const { backend, lane, case: id, budget, state, found, allowed, reason } = check;
  const name = `${id ?? lane ?? backend}.${budget}`;
  const type = allowed === "no regression" ? "regression" : "budget";
  const message = `${found} (allowed: ${allowed})`;
  const inner = isSkipped(check)
    ? `<skipped message="${escapeXml(`${state}: ${reason}`)}"/>`
    : state === "missed"
      ? `<failure type="${type}" message="${escapeXml(message)}">${escapeXml(reason)}</failure>`
      : `<system-out>${escapeXml(`${state}: ${message}; ${reason}`)}</system-out>`;
  return `    <testcase classname="${escapeXml(backend)}" name="${escapeXml(name)}">${inner}</testcase>`;
}

/** A case in which no round came through measured nothing: the tool is broken, not slow. */
function errorXml({ backend, id, failures }: CaseResult): string {
  const reason = failures.map((failure) => failure.reason).join("; ");
  return `    <testcase classname="${escapeXml(backend)}" name="${escapeXml(id)}"><error type="broken" message="${escapeXml(reason)}"/></testcase>`;
}

/** Numbers only: XML readers do not agree on what NaN is. */
function numbersOf({ id, samples, scores }: CaseResult): readonly (readonly [string, number])[] {
  const long = samples.filter(({ side, length }) => side === "candidate" && length === "long");
  const middle = (values: readonly Measured[]) => {
    const had = values.filter((value) => isMeasured(value));
    return had.length > 0 ? [median(had)] : [];
  };
  const vmaf = isMeasured(scores) && isMeasured(scores.vmaf) ? [scores.vmaf.mean] : [];
  const named = {
    wallSec: middle(long.map(({ wallSec }) => wallSec)),
    cpuSec: middle(long.map(({ cpuSec }) => cpuSec)),
    bytes: middle(long.map(({ bytes }) => bytes)),
    vmaf,
  };
  return Object.entries(named).flatMap(([name, values]) =>
    values.filter(Number.isFinite).map((value) => [`${id}.${name}`, Number(value.toPrecision(6))] as const),
  );
}
