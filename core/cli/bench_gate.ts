import { resolve } from "node:path";
import type { Account } from "../../bench/report/mod.ts";
import type { BenchResult, HistoryLine } from "../../bench/types.ts";
import { environment, openLogFile, writeWhole } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { benchFiles, readBaseline, readHistory, readNamed, readResult } from "./bench_files.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

/** Where an account is written besides stdout, and what it is made from. */
export interface ReportFlags {
  readonly budgets?: string;
  readonly baseline?: string;
  readonly history?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly prometheus?: string;
  readonly json?: boolean;
  readonly github?: boolean;
}

export interface GateFlags extends ReportFlags {
  /** Adds this run to the history. */
  readonly record?: boolean;
}

/** Decides whether a run may pass, and says so to everyone who was named. */
export async function gateBench(given: string | undefined, flags: GateFlags, desk: Desk): Promise<void> {
  const { account, file, text } = await openAccount(given, flags);
  if (flags.record) await recordRun(account, { file, text });
  await sayAccount(account, flags, desk);
  if (!account.decision.passed) process.exitCode = exits.gate;
}

/** The same words without the decision's exit code: to look at a run again, or to make a page of it. */
export async function reportBench(given: string | undefined, flags: ReportFlags, desk: Desk): Promise<void> {
  await sayAccount((await openAccount(given, flags)).account, flags, desk);
}

async function openAccount(given: string | undefined, { budgets, baseline, history }: ReportFlags) {
  const { gate, parseBudgets } = await import("../../bench/gate/mod.ts");
  const { drifts } = await import("../../bench/baseline/mod.ts");
  const result = await readResult(given, await openHost(process.cwd()));
  const asked = await readNamed(budgets, benchFiles.budgets, "budget file");
  const accepted = (await readBaseline(baseline)).baseline;
  const kept = await readHistory(history);
  const account: Account = {
    result,
    decision: gate(result, {
      baseline: accepted,
      budgets: asked.text === undefined ? [] : parseBudgets(asked.text, asked.file),
    }),
    drifts: drifts(ofThisRun(kept.lines, result), accepted),
  };
  return { account, ...kept };
}

/** Histories of other machines and cases say nothing of this run. */
function ofThisRun(lines: readonly HistoryLine[], { cases, environment: { machineClass } }: BenchResult) {
  return lines.filter(({ key }) => key.machine === machineClass && cases.some(({ id }) => id === key.case));
}

async function recordRun(
  { result, decision }: Account,
  { file, text }: { readonly file: string; readonly text: string },
): Promise<void> {
  const { appendHistory, linesOf } = await import("../../bench/baseline/mod.ts");
  await writeWhole(file, appendHistory(text, linesOf(result, decision.verdicts), file));
}

async function sayAccount(account: Account, flags: ReportFlags, { output }: Desk): Promise<void> {
  const report = await import("../../bench/report/mod.ts");
  const forms = [
    [flags.junit, report.renderJunit],
    [flags.markdown, report.renderMarkdown],
    [flags.html, report.renderPage],
    [flags.prometheus, report.renderPrometheus],
  ] as const;
  for (const [file, render] of forms) if (file !== undefined) await writeWhole(resolve(file), render(account));
  output.result(flags.json ? report.renderJson(account) : report.renderText(account));

  const env = environment();
  if (!(flags.github ?? env["GITHUB_ACTIONS"] === "true")) return;
  // On stderr they would not be read, and JSON on stdout has to stay JSON.
  if (!flags.json) output.result(report.renderAnnotations(account));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary === undefined || summary === "") return;
  const file = await openLogFile(summary);
  file.write(report.renderMarkdown(account));
  file.end();
}
