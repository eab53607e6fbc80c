import { resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { load, plan, survey } from "../mod.ts";
import { explainPlan, explainStage } from "../plan/mod.ts";
import { checkFresh } from "../run/mod.ts";
import type { Plan } from "../types.ts";
import { lastPipeline, rememberLast } from "./last.ts";
import type { Desk } from "./main.ts";
import { openHost } from "../mod.ts";

export interface PlanFlags {
  readonly set?: Record<string, string>;
  readonly accel?: string;
  readonly prefer?: string;
  readonly fresh?: boolean;
  readonly jobs?: number;
}

/** Everything up to a plan, as `plan`, `explain` and `run` share it. */
export async function decide(
  file: string,
  { set = {}, accel, prefer, fresh = false, jobs }: PlanFlags,
  signal: AbortSignal,
) {
  const flags = { ...(accel && { accel }), ...(prefer && { prefer }), ...(jobs !== undefined && { jobs }) };
  const { pipeline, media, backends, host } = await load(file, { set, flags, signal });
  const chosen = plan(pipeline, media, await survey(backends, { fresh, signal }));
  await rememberLast(host, { pipeline: resolve(file) });
  return { chosen, host };
}

export async function showPlan(
  file: string,
  flags: PlanFlags & { readonly json?: boolean; readonly commands?: boolean; readonly detailedExitcode?: boolean },
  { output, signal, verbose }: Desk,
): Promise<void> {
  const { chosen, host } = await decide(file, flags, signal);
  output.result(
    flags.json
      ? JSON.stringify(chosen, undefined, 1)
      : explainPlan(chosen, { commands: flags.commands === true || verbose }),
  );
  if (!flags.detailedExitcode) return;
  const renders = chosen.jobs.filter((job) => job.kind === "render");
  const fresh = await Promise.all(renders.map((job) => checkFresh(job, chosen, host)));
  if (fresh.some((one) => !one.fresh)) process.exitCode = 2;
}

export async function explain(stage: string, file: string | undefined, flags: PlanFlags & Desk): Promise<void> {
  const path = await lastPipeline(await openHost(process.cwd()), file);
  const { chosen } = await decide(path, flags, flags.signal);
  const text = explainStage(chosen, stage);
  if (text === undefined)
    throw new VendueError("USAGE", `${path} has no stage ${stage} that does anything`, {
      hint: `its stages are ${stagesOf(chosen).join(", ")}`,
    });
  flags.output.result(text);
}

function stagesOf({ jobs }: Plan): readonly string[] {
  return [...new Set(jobs.flatMap(({ stages }) => stages))];
}
