import { expect, test } from "vitest";
import { accept, drifts, emptyBaseline, linesOf } from "../../../bench/baseline/mod.ts";
import { randomFrom } from "../../../bench/stats/mod.ts";
import { type Baseline, isMeasured } from "../../../bench/types.ts";
import { makeCase, makeResult } from "../results.ts";

const accepted = { at: "2026-01-01T00:00:00.000Z", reason: "first", run: "r0", commit: "abc" };
const [line] = linesOf(makeResult({ cases: [makeCase({ sides: ["candidate"] })] }));

function historyOf(values: readonly number[]) {
  if (line === undefined || !isMeasured(line.relativeCpu)) throw new Error("no line");
  const { relativeCpu } = line;
  return values.map((value, nth) => ({
    ...line,
    at: new Date(Date.UTC(2026, 1, 1 + nth)).toISOString(),
    run: `r${nth}`,
    commit: `c${nth}`,
    relativeCpu: { ...relativeCpu, p50: value },
  }));
}
const pinned: Baseline = accept(emptyBaseline, historyOf([1]), accepted);
const noisy = (seed: number, n: number, at: (nth: number) => number) => {
  const random = randomFrom(seed);
  const bell = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: n }, (_, nth) => at(nth) * Math.exp(0.02 * bell()));
};
const stateOf = (values: readonly number[], book = pinned) => drifts(historyOf(values), book)[0]?.state;
const seeds = Array.from({ length: 40 }, (_, nth) => nth * 7919 + 13);

test("drifts() calls a flat history steady, and hardly ever anything else", () => {
  const states = seeds.map((seed) => stateOf(noisy(seed, 30, () => 1)));
  expect(states.filter((state) => state === "drifting")).toEqual([]);
  expect(states.filter((state) => state === "steady").length).toBeGreaterThanOrEqual(36);
});

test("drifts() takes two witnesses for a creep of half a percent a commit, which no run-to-run comparison sees", () => {
  const states = seeds.map((seed) => stateOf(noisy(seed, 30, (nth) => 1 + 0.005 * Math.max(0, nth - 10))));
  expect(states.filter((state) => state === "drifting").length).toBeGreaterThanOrEqual(36);
});

test("drifts() names the two commits around a step", () => {
  const [drift] = drifts(historyOf(noisy(5, 24, (nth) => (nth >= 12 ? 1.08 : 1))), pinned);
  expect(drift).toMatchObject({ state: "drifting", runs: 24 });
  expect(drift?.changes[0]).toMatchObject({ after: "c11", from: "c12" });
  expect(drift?.reason).toMatch(
    /^the last 5 runs lie \d\.\d % above the baseline; it rose by \d\.\d % between c11 and c12/,
  );
});

test("drifts() only warns where nobody has accepted a baseline, or one witness stands alone", () => {
  expect(
    stateOf(
      noisy(5, 24, (nth) => (nth >= 12 ? 1.08 : 1)),
      emptyBaseline,
    ),
  ).toBe("warning");
  expect(stateOf([1.05, 1.05, 1.05, 1.05, 1.05, 1.05])).toBe("warning");
  expect(drifts(historyOf([1, 1]), pinned)).toMatchObject([
    { state: "too short", ratio: { notMeasured: expect.anything() } },
  ]);
});

test("drifts() does not mind improvements", () => {
  expect(stateOf(noisy(5, 24, (nth) => (nth >= 12 ? 0.8 : 1)))).toBe("steady");
});
