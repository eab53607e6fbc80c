import { expect, test } from "vitest";
import {
  bootstrapMedian,
  bootstrapRatio,
  detectable,
  quantile,
  randomFrom,
  studentP,
  studentQuantile,
  summarize,
  tTestP,
} from "../../../bench/stats/mod.ts";
import { isMeasured } from "../../../bench/types.ts";

test("quantile() interpolates as numpy does", () => {
  expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
  expect(quantile([4, 1, 3, 2], 0.95)).toBeCloseTo(3.85, 12);
  expect(quantile([7], 0.99)).toBe(7);
});

test("summarize() gives a percentile only where there are values for it", () => {
  const of = (n: number) => summarize(Array.from({ length: n }, (_, nth) => nth + 1));
  expect(of(7)).toMatchObject({
    n: 7,
    min: 1,
    p50: 4,
    max: 7,
    p95: { notMeasured: "it takes 20 values, and there are 7" },
  });
  expect([of(19), of(20)].map(({ p95 }) => isMeasured(p95))).toEqual([false, true]);
  expect([of(99), of(100)].map(({ p99 }) => isMeasured(p99))).toEqual([false, true]);
  expect(of(1).spread).toBe(0);
});

test("studentP(), studentQuantile() and tTestP() equal scipy's numbers", () => {
  expect(studentP(2.5, 7)).toBeCloseTo(0.04099221858575289, 13);
  expect(studentQuantile(0.95, 6)).toBeCloseTo(1.9431802805153042, 10);
  expect(studentQuantile(0.8, 6)).toBeCloseTo(0.9057032851805317, 10);
  expect(tTestP([1.0, 1.1, 0.95, 1.05], [1.2, 1.25, 1.3, 1.15, 1.22])).toBeCloseTo(0.0016339908408263318, 13);
  expect([tTestP([1, 1], [1, 1]), tTestP([1, 1], [2, 2])]).toEqual([1, 0]);
});

test("detectable() is what the facts found: two pairs are too few, noise of 32 % hides 10 %, of 4 % shows it", () => {
  const noise = (share: number, n: number) => {
    const random = randomFrom(7);
    const bell = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
    return Array.from({ length: n }, () => share * bell());
  };
  expect(detectable([0.1, 0.2])).toBe(Infinity);
  expect(detectable(noise(0.043, 7))).toBeLessThan(0.1);
  expect(detectable(noise(0.32, 7))).toBeGreaterThan(0.15);
  expect(detectable(noise(0.32, 400))).toBeLessThan(0.1);
  expect(detectable([0, 0, 0, 0])).toBe(0);
});

test("bootstrapMedian() and bootstrapRatio() repeat to the bit, and hold what they should", () => {
  const values = [1.02, 0.98, 1.1, 1.05, 0.95, 1.0, 1.07];
  expect(bootstrapMedian(values, { seed: 3 })).toEqual(bootstrapMedian(values, { seed: 3 }));
  const { low, high } = bootstrapMedian(values);
  expect([low <= 1.02, high >= 1.02]).toEqual([true, true]);
  const ratio = bootstrapRatio(
    values,
    values.map((value) => value * 2),
  );
  expect(ratio.low).toBeLessThan(2);
  expect(ratio.high).toBeGreaterThan(2);
});
