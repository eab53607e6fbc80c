import { join, resolve } from "node:path";
import { sayAmount } from "../cost/mod.ts";
import { VendueError } from "../errors.ts";
import { readHistory, readJson, writeWhole } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { reportMarkdown, reportPage, reportText } from "../observe/mod.ts";
import { formatGrid } from "../plan/mod.ts";
import type { Report } from "../types.ts";
import { readLast } from "./last.ts";
import type { Desk } from "./main.ts";

export interface ReportFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: boolean;
  readonly list?: boolean;
  readonly output?: string;
}

/** Shows a run as a table, or as one of the forms that others read. */
export async function showReport(
  run: string | undefined,
  { json = false, markdown = false, html = false, list = false, output: file }: ReportFlags,
  { output }: Desk,
): Promise<void> {
  if (list) return output.result(await listRuns({ json }));
  const report = await findReport(run);
  const text = json
    ? JSON.stringify(report, undefined, 1)
    : (html ? reportPage : markdown ? reportMarkdown : reportText)(report);
  if (file === undefined) return output.result(text);
  await writeWhole(resolve(file), text.endsWith("\n") ? text : `${text}\n`);
  output.note(`wrote ${resolve(file)}`);
}

/** The history, as its reports tell it. */
async function listRuns({ json }: { readonly json: boolean }): Promise<string> {
  const reports = await readHistory((await openHost(process.cwd())).settings.state_dir);
  const rows = reports.map(({ run, pipeline, state, wall_sec, jobs, cost }) => ({
    ...{ run, pipeline, state, wall_sec, jobs: jobs.length, cost },
    fallbacks: jobs.filter(({ gpu_fallback }) => gpu_fallback).length,
  }));
  if (json) return JSON.stringify(rows, undefined, 1);
  if (rows.length === 0) return "nothing has run yet";
  return formatGrid([
    ["run", "pipeline", "state", "wall", "jobs", "left the GPU", "cost"],
    ...rows.map(({ run, pipeline, state, wall_sec, jobs, fallbacks, cost }) => [
      ...[run, pipeline, state, `${wall_sec.toFixed(1)} s`, String(jobs), String(fallbacks)],
      cost && "amount" in cost ? sayAmount(cost) : "unknown",
    ]),
  ]);
}

async function findReport(run: string | undefined): Promise<Report> {
  const host = await openHost(process.cwd());
  const id = run ?? (await readLast(host)).run;
  if (id === undefined)
    throw new VendueError("USAGE", "There is no run to report yet", {
      hint: "run a pipeline first: vendue run <pipeline>",
    });
  const paths = [resolve(id), join(host.settings.state_dir, "runs", id, "report.json")];
  const found = (await Promise.all(paths.map(readJson))).find((value) => value !== undefined) as Report | undefined;
  if (found?.jobs === undefined)
    throw new VendueError("USAGE", `There is no report of a run ${id}`, { hint: `looked at ${paths.join(" and ")}` });
  return found;
}
