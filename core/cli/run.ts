import { join, resolve } from "node:path";
import { writeJson } from "../host/mod.ts";
import { run } from "../mod.ts";
import { explainPlan } from "../plan/mod.ts";
import { exitCodeOfReport } from "./exit.ts";
import { rememberLast } from "./last.ts";
import { createObserver, type ObserverFlags } from "./observer.ts";
import { createDisplay } from "./live.ts";
import type { Desk } from "./main.ts";
import { decide, type PlanFlags } from "./plan.ts";
import { reportText } from "./report.ts";

export interface RunFlags extends PlanFlags, ObserverFlags {
  readonly json?: boolean;
  readonly report?: string;
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
  await observer.end();
  await writeJson(join(host.settings.state_dir, "runs", report.run, "report.json"), report).catch((error: unknown) =>
    output.note(`warning  the report could not be kept: ${String(error)}`),
  );
  await rememberLast(host, { run: report.run });
  if (flags.report !== undefined) await writeJson(resolve(flags.report), report);
  if (flags.why) for (const { id, state, why } of report.jobs) output.note(`${id}  ${state}: ${why}`);
  if (!flags.json && !quiet) output.result(reportText(report));
  process.exitCode = exitCodeOfReport(report);
}
