import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Budget, Judged } from "../bench/engine/mod.ts";
import { type Figure, runScenarios, scenarioNames } from "../bench/engine/mod.ts";
import { findScorer } from "../bench/quality/mod.ts";
import { openRig } from "../bench/measure/mod.ts";
import { openHost } from "../core/mod.ts";
import { formatGrid } from "../core/plan/mod.ts";
import type { Installed } from "./install.ts";

export interface Budgets {
  readonly startup: Readonly<Record<string, { readonly maxSec: number } | undefined>>;
  readonly pure: Readonly<Record<string, { readonly maxMs: number } | undefined>>;
  readonly engine: Readonly<Record<string, Budget | undefined>>;
}

export function readBudgets(root: string): Budgets {
  return JSON.parse(readFileSync(join(root, "bench", "budgets.json"), "utf8")) as Budgets;
}

export interface EngineOptions {
  readonly names?: readonly string[];
  readonly rounds?: number;
  readonly installed: Installed;
}

/** Whole jobs by the installed package; by the sources of this checkout where nothing can be installed. */
export async function engineFigures(
  root: string,
  { names = scenarioNames, rounds = 3, installed }: EngineOptions,
): Promise<readonly Figure[]> {
  const host = await openHost(root);
  const signal = AbortSignal.timeout(30 * 60_000);
  const rig = await openRig(host, signal);
  const scorer = await findScorer(rig);
  await rig.close();
  if (!installed.ok) console.error(`timed from its sources, which start slower: ${installed.reason}`);
  return runScenarios({
    folder: join(host.settings.cache_dir, "bench-engine"),
    bin: join(installed.ok ? installed.package : root, "bin", "vendue.mjs"),
    ...{ ffmpeg: host.tools.ffmpeg, scorer: scorer.program, rounds, signal, names },
    // What was measured is not lost where a later scenario fails.
    onDone(name, sec, figures) {
      console.error(`done  ${name}  ${sec.toFixed(0)} s`);
      for (const { name: figure, values } of figures) console.error(`  ${figure}  ${values.map(digits).join(", ")}`);
    },
  });
}

/** Prints them, and sets the exit code where a budget is missed. */
export function show(judged: readonly Judged[], unit = ""): void {
  const rows = judged.map(({ name, median, low, high, values, budget, word, note = "" }) => [
    ...[name, `${digits(median)}${unit}`, values.length > 1 ? `${digits(low)} to ${digits(high)}` : ""],
    ...[budget, word, note],
  ]);
  console.log(formatGrid([["what", "median", "of its rounds", "budget", "verdict", "of"], ...rows]));
  if (judged.some(({ word }) => word === "MISSED")) process.exitCode = 3;
}

function digits(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : Number.isNaN(value) ? "?" : "without end";
}
