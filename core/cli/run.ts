import { join, resolve } from "node:path";
import { type Host, writeJson, writeWhole } from "../host/mod.ts";
import { run } from "../mod.ts";
import { explainPlan } from "../plan/mod.ts";
import { exitCodeOfReport } from "./exit.ts";
import { rememberLast } from "./last.ts";
import { createObserver, type Observer, type ObserverFlags } from "./observer.ts";
import { createDisplay } from "./live.ts";
import type { Report } from "../types.ts";
import type { Desk } from "./main.ts";
import { decide, type PlanFlags } from "./plan.ts";
import { reportPage, reportText } from "../observe/mod.ts";

export interface RunFlags extends PlanFlags, ObserverFlags {
  readonly json?: boolean;
  readonly report?: string;
  /** Beside every output as well. */
  readonly reportBeside?: boolean;
  readonly html?: string;
  readonly force?: boolean;
  readonly why?: boolean;
}

/** Plans, shows the plan, runs it, shows the report. With `--json` stdout carries the events and nothing else. */
export async function runPipeline(file: string, flags: RunFlags, desk: Desk): Promise<void> {
  const { output, signal, quiet } = desk;
  const { chosen, host } = await decide(file, flags, signal);
  if (!quiet && !flags.json) output.note(explainPlan(chosen));
  const display = createDisplay(desk);
  const observer = await createObserver(flags, { level: host.settings.log_level, output: desk.output });
  const work = run(chosen, { host, signal, force: flags.force === true });
  for await (const event of work) {
    observer.see(event);
    if (flags.json) output.result(JSON.stringify(event));
    if (!flags.json || event.type === "fallback") display.show(event);
  }
  display.end();
  const report = await work.report;
  await writeJson(join(host.settings.state_dir, "runs", report.run, "report.json"), report).catch((error: unknown) =>
    output.note(`warning  the report could not be kept: ${String(error)}`),
  );
  await endObserver(observer, host);
  await rememberLast(host, { run: report.run });
  await keepReport(report, flags);
  if (flags.why) for (const { id, state, why } of report.jobs) output.note(`${id}  ${state}: ${why}`);
  if (!flags.json && !quiet) output.result(reportText(report));
  process.exitCode = exitCodeOfReport(report);
}

/** The month so far, with this run in it. */
async function endObserver(observer: Observer, host: Host): Promise<void> {
  if (observer.counts && host.settings.budget !== undefined) {
    const { state } = await (await import("./cost.ts")).monthlyBill(host);
    if (state) observer.budget(state.used_ratio);
  }
  await observer.end();
}

/** Where others asked for it; the one in the state folder is kept in any case. */
async function keepReport(report: Report, { report: file, reportBeside = false, html }: RunFlags): Promise<void> {
  if (file !== undefined) await writeJson(resolve(file), report);
  if (html !== undefined) await writeWhole(resolve(html), reportPage(report));
  if (!reportBeside) return;
  for (const job of report.jobs)
    for (const { path } of job.outputs)
      if (job.state === "done") await writeJson(`${path}.report.json`, { ...report, jobs: [job] });
}
