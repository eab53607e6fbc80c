/** `npm run bench`: the engine's own speed, held to the budgets in bench/budgets.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { timePure } from "../bench/pure.ts";
import { timeStartup } from "../bench/startup.ts";
import { openHost } from "../core/mod.ts";
import { formatGrid } from "../core/plan/mod.ts";
import { makeDemoClips } from "./clips.ts";

interface Budgets {
  readonly startup: Readonly<Record<string, { readonly maxSec: number }>>;
  readonly pure: Readonly<Record<string, { readonly maxMs: number }>>;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const budgets = JSON.parse(readFileSync(join(root, "bench", "budgets.json"), "utf8")) as Budgets;
const { tools } = await openHost(root);
await makeDemoClips(join(root, "demo", "clips"), tools.ffmpeg);

const pure = await timePure(root);
const startup = await timeStartup(root);
const empty = startup.find(({ name }) => name === "empty tsx")?.medianSec ?? 0;

/** What an empty start takes on the two quiet cores that the budgets were written for. */
const quietEmptySec = 0.262;
const slowness = Math.max(1, empty / quietEmptySec);

const rows = [
  ...pure.map(({ name, medianMs }) =>
    verdict(name, medianMs, (budgets.pure[name]?.maxMs ?? Infinity) * slowness, "ms"),
  ),
  ...startup.map(({ name, medianSec }) =>
    verdict(name, medianSec * 1000, (budgets.startup[name]?.maxSec ?? Infinity) * 1000 * slowness, "ms"),
  ),
];
console.log(formatGrid([["what", "median", "budget here", "verdict"], ...rows.map(({ cells }) => cells)]));
console.log(
  `this machine is ${slowness.toFixed(2)}x slower now than the one the budgets are for (an empty start took ${(empty * 1000).toFixed(0)} ms)`,
);
if (rows.some(({ over }) => over)) process.exitCode = 3;

function verdict(name: string, value: number, limit: number, unit: string) {
  const over = value > limit;
  const budget = Number.isFinite(limit) ? `${limit.toFixed(0)} ${unit}` : "none";
  return { over, cells: [name, `${value.toFixed(1)} ${unit}`, budget, over ? "OVER" : "ok"] };
}
