/** `npm run bench:engine [-- NAME... --rounds 3 --json FILE]`: whole jobs against scripts written by hand, held to bench/budgets.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Budget, runScenarios, scenarioNames, verdicts } from "../bench/engine/mod.ts";
import { openHost } from "../core/mod.ts";
import { formatGrid } from "../core/plan/mod.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { engine } = JSON.parse(readFileSync(join(root, "bench", "budgets.json"), "utf8")) as {
  readonly engine: Readonly<Record<string, Budget>>;
};
const args = process.argv.slice(2);
const json = args.includes("--json") ? args[args.indexOf("--json") + 1] : undefined;
const rounds = args.includes("--rounds") ? Number(args[args.indexOf("--rounds") + 1]) : 3;
const named = args.filter((arg) => scenarioNames.includes(arg));
const { tools, settings } = await openHost(root);

const figures = await runScenarios({
  folder: join(settings.cache_dir, "bench-engine"),
  ffmpeg: tools.ffmpeg,
  rounds,
  signal: AbortSignal.timeout(30 * 60_000),
  names: named.length > 0 ? named : scenarioNames,
  onDone: (name) => console.error(`done  ${name}`),
});
const judged = verdicts(figures, engine);
const rows = judged.map(({ name, value, budget, met, note = "" }) => [
  name,
  Number.isNaN(value) ? "not measured" : value.toFixed(2),
  budget,
  met ? "ok" : "MISSED",
  note,
]);
console.log(formatGrid([["what", "median", "budget", "verdict", "of"], ...rows]));
if (json !== undefined) writeFileSync(json, `${JSON.stringify(judged, undefined, 1)}\n`);
if (judged.some(({ met }) => !met)) process.exitCode = 3;
