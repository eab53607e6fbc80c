/** `npm run bench [-- --full]`: the engine's own speed, held to the budgets in bench/budgets.json. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Budget, type Figure, scenarioNames, verdicts } from "../bench/engine/mod.ts";
import { timePure } from "../bench/pure.ts";
import { timeStartup } from "../bench/startup.ts";
import { median } from "../bench/stats/mod.ts";
import { openHost } from "../core/mod.ts";
import { makeDemoClips } from "./clips.ts";
import { engineFigures, readBudgets, show } from "./figures.ts";
import { installPackage } from "./install.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const budgets = readBudgets(root);
const { tools } = await openHost(root);
await makeDemoClips(join(root, "demo", "clips"), tools.ffmpeg);

const pure = await timePure(root);
const installed = await installPackage();
if (!installed.ok) console.log(`the installed package is not timed: ${installed.reason}`);
const startup = await timeStartup(root, installed.ok ? { installed: installed.package } : {});

/** What empty starts take on the two quiet cores that the budgets were written for. */
const quiet = { tsx: 0.262, node: 0.053 };
/** How much slower this machine was than those, round by round. */
const slowness = Object.fromEntries(
  Object.entries(quiet).map(([name, sec]) => {
    const secs = startup.find((one) => one.name === `empty ${name}`)?.secs ?? [];
    return [name, secs.map((one) => Math.max(1, one / sec))];
  }),
);
const slownow = median(slowness["tsx"] ?? [1]);
const started = startup.map(({ name, secs }): Figure => {
  const slow = slowness[name.startsWith("installed") ? "node" : "tsx"] ?? [];
  return { name, values: name.startsWith("empty") ? secs : secs.map((sec, round) => sec / (slow[round] ?? 1)) };
});
const thought = pure.map(({ name, mediansMs }): Figure => ({ name, values: mediansMs.map((ms) => ms / slownow) }));
const limits = <Given>(given: Readonly<Record<string, Given>>, most: (one: Given) => number | undefined) =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, one]): readonly [string, Budget][] => {
      const atMost = most(one);
      return atMost === undefined ? [] : [[name, { atMost }]];
    }),
  );

console.log(`times as on the machine that the budgets are for; this one is ${slownow.toFixed(2)}x slower now`);
show(
  verdicts(
    thought,
    limits(budgets.pure, (one) => one?.maxMs),
  ),
  " ms",
);
show(
  verdicts(
    started,
    limits(budgets.startup, (one) => one?.maxSec),
  ),
  " s",
);

// Ratios of sides that take turns, so a busy machine slows both.
const isFull = process.argv.includes("--full");
const names = isFull ? scenarioNames : ["demo", "renditions"];
if (!isFull) console.log(`${names.join(" and ")} only; all scenarios: npm run bench -- --full`);
show(verdicts(await engineFigures(root, { names, installed }), budgets.engine));
if (installed.ok) await installed.remove();
