/** `npm run bench:engine [-- NAME... --rounds 3 --json FILE]`: whole jobs against scripts written by hand, held to bench/budgets.json. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { scenarioNames, verdicts } from "../bench/engine/mod.ts";
import { engineFigures, readBudgets, show } from "./figures.ts";
import { installPackage } from "./install.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: flags, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "3" }, json: { type: "string" } },
  allowPositionals: true,
});
const strange = positionals.find((name) => !scenarioNames.includes(name));
if (strange !== undefined) throw new Error(`There is no scenario ${strange}; there are ${scenarioNames.join(", ")}`);
const names = positionals.length > 0 ? positionals : scenarioNames;

const installed = await installPackage();
const figures = await engineFigures(root, { names, rounds: Number(flags.rounds), installed });
if (installed.ok) await installed.remove();
const judged = verdicts(figures, readBudgets(root).engine);
show(judged);
console.log(`${names.join(", ")} took ${(performance.now() / 1000).toFixed(0)} s`);
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(judged, undefined, 1)}\n`);
