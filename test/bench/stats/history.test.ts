import { expect, test } from "vitest";
import { changePoints, randomFrom, trend } from "../../../bench/stats/mod.ts";

/** Around 1 with this much noise, times what `at` says. */
function series(n: number, noise: number, at: (nth: number) => number, seed: number): readonly number[] {
  const random = randomFrom(seed);
  const bell = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: n }, (_, nth) => at(nth) * Math.exp(noise * bell()));
}
const seeds = Array.from({ length: 60 }, (_, nth) => nth * 7919 + 13);

test("changePoints() finds a step of 5 % under 2 % noise within a commit or two, and next to nothing in a flat history", () => {
  const places = seeds.map((seed) => changePoints(series(30, 0.02, (nth) => (nth >= 15 ? 1.05 : 1), seed)));
  expect(places.filter((found) => found.length === 1).length).toBeGreaterThanOrEqual(55);
  const off = places.flatMap((found) => found.map(({ at }) => Math.abs(at - 15)));
  expect(off.filter((far) => far <= 2).length).toBeGreaterThanOrEqual(55);
  const alarms = seeds.filter((seed) => changePoints(series(30, 0.02, () => 1, seed)).length > 0);
  expect(alarms.length).toBeLessThanOrEqual(2);
});

test("changePoints() tells two steps apart and says how large each one is", () => {
  const told = changePoints(series(36, 0.005, (nth) => (nth < 12 ? 1 : nth < 24 ? 1.1 : 1.05), 5));
  expect(told.map(({ at }) => at)).toEqual([12, 24]);
  expect(told.map(({ change }) => Math.round(change * 100))).toEqual([10, -5]);
});

test("changePoints() has nothing to say of a history that is too short", () => {
  expect(changePoints([])).toEqual([]);
  expect(changePoints([1, 1, 2, 2])).toEqual([]);
  expect(changePoints([1, 1, 1, 1, 1, 1])).toEqual([]);
});

test("trend() equals scipy's exact Kendall test and Theil-Sen slope", () => {
  const { slope, p } = trend([10.1, 10.0, 10.3, 10.2, 10.25, 10.5, 10.4, 10.45, 10.7, 10.6]);
  expect(p).toBeCloseTo(0.0011064263668430336, 13);
  expect(slope).toBeCloseTo(0.06666666666666643, 12);
  expect(trend([1])).toEqual({ slope: 0, p: 1 });
  expect(trend([2, 2, 2, 2, 2, 2]).p).toBeGreaterThan(0.4);
});

test("trend() sees a creep of half a percent a commit, and does not see noise", () => {
  const creeps = seeds.filter((seed) => {
    const { slope, p } = trend(series(30, 0.02, (nth) => 1 + 0.005 * Math.max(0, nth - 10), seed));
    return p < 0.001 && slope * 30 > 0.03;
  });
  expect(creeps.length).toBeGreaterThanOrEqual(57);
  expect(seeds.filter((seed) => trend(series(30, 0.02, () => 1, seed)).p < 0.001).length).toBeLessThanOrEqual(1);
});
