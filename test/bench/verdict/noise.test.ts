/**
 * The rules on series that were recorded while other jobs ran: how often they cry wolf, and what they miss. Each row
 * is one round of an encode, of the same with about 10 % more frames, and of the calibration encode, side by side.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { median, randomFrom } from "../../../bench/stats/mod.ts";
import { decide, isOpen, type PairRule, rulesFor, weigh } from "../../../bench/verdict/mod.ts";

interface Times {
  readonly wallSec: number;
  readonly cpuSec: number;
}
interface Round {
  readonly load: string;
  readonly base: Times;
  readonly larger: Times;
  readonly calibration: Times;
}

const file = new URL("../samples/noise.jsonl", import.meta.url);
const all = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Round);
const loads = [...new Set(all.map(({ load }) => load))];
/** How much more work the larger encode really is; divided out, the pair is an A/A run. */
const work = median(all.map(({ base, larger }) => larger.cpuSec / base.cpuSec));
const rules = rulesFor({ sharing: "shared" });

/** The share of trials that end as a regression, when the candidate is made slower by `factor`. */
function alarms(metric: keyof Times, rule: PairRule, { factor, rounds }: { factor: number; rounds: number }): number {
  const random = randomFrom(42);
  const perLoad = 150;
  let found = 0;
  for (const load of loads) {
    const rows = all.filter((row) => row.load === load);
    const window = () => {
      const from = Math.floor(random() * (rows.length - rounds));
      return rows
        .slice(from, from + rounds)
        .map(({ base, larger }) => Math.log(((larger[metric] / work) * factor) / base[metric]));
    };
    for (let trial = 0; trial < perLoad; trial += 1) {
      const [first, second] = [window(), window()];
      const staged = { ...rule, rounds };
      if (!isOpen(weigh(first, staged), staged)) continue;
      if (decide(weigh([...first, ...second], staged), staged).word === "regression") found += 1;
    }
  }
  return found / (perLoad * loads.length);
}

test("decide() on CPU time raises no alarm in recorded A/A runs and finds a slowdown of 10 %", () => {
  expect(work).toBeCloseTo(1.1015, 3);
  expect(alarms("cpuSec", rules.cpu, { factor: 1, rounds: 7 })).toBeLessThanOrEqual(0.002);
  expect(alarms("cpuSec", rules.cpu, { factor: 1.1, rounds: 7 })).toBeGreaterThanOrEqual(0.98);
});

test("decide() on wall time stays quiet in recorded A/A runs and still finds a doubling", () => {
  expect(alarms("wallSec", rules.wall, { factor: 1, rounds: 7 })).toBeLessThanOrEqual(0.01);
  expect(alarms("wallSec", rules.wall, { factor: 2, rounds: 7 })).toBeGreaterThanOrEqual(0.88);
});

test("CPU time over the calibration's may be kept for another day, raw CPU time may not", () => {
  const random = randomFrom(7);
  const window = (rows: readonly Round[]) => {
    const from = Math.floor(random() * (rows.length - 7));
    return rows.slice(from, from + 7);
  };
  const relative = (rows: readonly Round[]) =>
    median(rows.map(({ base, calibration }) => base.cpuSec / calibration.cpuSec));
  const raw = (rows: readonly Round[]) => median(rows.map(({ base }) => base.cpuSec));
  let [kept, bare, seen] = [0, 0, 0];
  const trials = 2000;
  for (let trial = 0; trial < trials; trial += 1) {
    const [one, other] = [loads[trial % 4], loads[(trial + 1 + Math.floor(random() * 3)) % 4]];
    const before = window(all.filter(({ load }) => load === one));
    const after = window(all.filter(({ load }) => load === other));
    if (relative(after) > rules.stored.warn * relative(before)) kept += 1;
    if (raw(after) > rules.stored.warn * raw(before)) bare += 1;
    if (1.25 * relative(after) > rules.stored.fail * relative(before)) seen += 1;
  }
  expect(kept / trials).toBeLessThanOrEqual(0.005);
  expect(bare / trials).toBeGreaterThan(0.04);
  expect(seen / trials).toBeGreaterThanOrEqual(0.98);
});
