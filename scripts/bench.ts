/** `npm run bench`: the engine's own speed, held to the budgets in bench/budgets.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Budget, runScenarios, verdicts } from "../bench/engine/mod.ts";
import { timePure } from "../bench/pure.ts";
import { timeStartup } from "../bench/startup.ts";
import { openHost } from "../core/mod.ts";
import { formatGrid } from "../core/plan/mod.ts";
import { makeDemoClips } from "./clips.ts";
import { installPackage } from "./install.ts";

interface Budgets {
  readonly startup: Readonly<Record<string, { readonly maxSec: number }>>;
  readonly pure: Readonly<Record<string, { readonly maxMs: number }>>;
  readonly engine: Readonly<Record<string, Budget>>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const budgets = JSON.parse(readFileSync(join(root, "bench", "budgets.json"), "utf8")) as Budgets;
const { tools, settings } = await openHost(root);
await makeDemoClips(join(root, "demo", "clips"), tools.ffmpeg);

const pure = await timePure(root);
const installed = await installPackage();
const startup = await timeStartup(root, installed.ok ? { installed: installed.package } : {});
if (installed.ok) await installed.remove();
else console.log(`the installed package is not timed: ${installed.reason}`);
const emptySec = (name: string) => startup.find((one) => one.name === name)?.medianSec ?? 0;

/** What empty starts take on the two quiet cores that the budgets were written for. */
const quietTsxSec = 0.262;
const quietNodeSec = 0.053;
const slowness = Math.max(1, emptySec("empty tsx") / quietTsxSec);
const slownessOf = (name: string) =>
  name.startsWith("installed") ? Math.max(1, emptySec("empty node") / quietNodeSec) : slowness;

const rows = [
  ...pure.map(({ name, medianMs }) =>
    verdict(name, medianMs, (budgets.pure[name]?.maxMs ?? Infinity) * slowness, "ms"),
  ),
  ...startup.map(({ name, medianSec }) =>
    verdict(name, medianSec * 1000, (budgets.startup[name]?.maxSec ?? Infinity) * 1000 * slownessOf(name), "ms"),
  ),
];
console.log(formatGrid([["what", "median", "budget here", "verdict"], ...rows.map(({ cells }) => cells)]));
console.log(
  `this machine is ${slowness.toFixed(2)}x slower now than the one the budgets are for (an empty start took ${(emptySec("empty tsx") * 1000).toFixed(0)} ms)`,
);

// Ratios, side by side, so a busy machine slows both. The longer scenarios are in: npm run bench:engine.
const figures = await runScenarios({
  ...{ folder: join(settings.cache_dir, "bench-engine"), ffmpeg: tools.ffmpeg, rounds: 3, names: ["demo"] },
  ...{ signal: AbortSignal.timeout(15 * 60_000), onDone: () => undefined },
});
const judged = verdicts(figures, budgets.engine);
console.log(
  formatGrid([
    ["what", "ratio", "budget", "verdict"],
    ...judged.map(({ name, value, budget, met }) => [
      ...[name, Number.isNaN(value) ? "not measured" : value.toFixed(2), budget, met ? "ok" : "MISSED"],
    ]),
  ]),
);
if (rows.some(({ over }) => over) || judged.some(({ met }) => !met)) process.exitCode = 3;

function verdict(name: string, value: number, limit: number, unit: string) {
  const over = value > limit;
  const budget = Number.isFinite(limit) ? `${limit.toFixed(0)} ${unit}` : "none";
  return { over, cells: [name, `${value.toFixed(1)} ${unit}`, budget, over ? "OVER" : "ok"] };
}
