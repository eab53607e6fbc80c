import fc from "fast-check";
import { expect, test } from "vitest";
import { hodgesLehmann, holm, mannWhitneyP, median, signedRankP } from "../../../bench/stats/mod.ts";

/** Hamilton's depression scores before and after treatment (Hollander and Wolfe, example 3.1). */
const depression = [0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01];
/** Water through a membrane at term and before (Hollander and Wolfe, example 4.1). */
const atTerm = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const early = [1.15, 0.88, 0.9, 0.74, 1.21];

test("signedRankP() equals the published and scipy's exact numbers", () => {
  expect(signedRankP(depression)).toBeCloseTo(0.01953125, 14);
  expect(signedRankP([0.09, -0.02, 0.11, 0.1, 0.12, -0.01, 0.13, 0.07])).toBeCloseTo(0.01953125, 14);
  expect([5, 6, 7].map((n) => signedRankP(Array.from({ length: n }, (_, nth) => nth + 1)))).toEqual([
    1 / 32,
    1 / 64,
    1 / 128,
  ]);
});

test("signedRankP() stays exact with ties, as scipy's permutation test counts them", () => {
  expect(signedRankP([1, 1, -1, 2, 2, 3, -2, 4])).toBeCloseTo(0.08203125, 14);
  expect(signedRankP([0, 0, 0])).toBe(1);
});

test("signedRankP() of a series and of its mirror leave nothing between them", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.boolean()),
      (sizes, coins) => {
        const signed = sizes.map((size) => (coins.next().value === true ? size : -size));
        const both = signedRankP(signed) + signedRankP(signed.map((value) => -value));
        // Only the chance of exactly this sum is counted twice.
        expect(both).toBeGreaterThan(1);
        expect(both).toBeLessThanOrEqual(2);
      },
    ),
    { numRuns: 60 },
  );
});

test("mannWhitneyP() equals scipy's exact numbers, with and without ties", () => {
  expect(mannWhitneyP(early, atTerm)).toBeCloseTo(0.1272061272061272, 13);
  expect(mannWhitneyP(atTerm, early)).toBeCloseTo(0.8967698967698967, 13);
  expect(mannWhitneyP([1, 2, 2, 3, 5], [2, 3, 3, 6, 7])).toBeCloseTo(0.10714285714285714, 13);
});

test("hodgesLehmann() gives R's estimate and interval for the depression data", () => {
  const { center, low, high } = hodgesLehmann(depression);
  // wilcox.test(d, conf.int = TRUE): (pseudo)median 0.46, 95 percent confidence interval 0.01 .. 0.786
  expect(center).toBeCloseTo(0.46, 12);
  expect([low, high].map((end) => Number(end.toFixed(3)))).toEqual([0.01, 0.786]);
});

test("hodgesLehmann() has no 95 % interval below six pairs, and then one that holds the center", () => {
  expect(hodgesLehmann([1, 2, 3, 4, 5])).toEqual({ center: 3, low: -Infinity, high: Infinity });
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 14 }), (values) => {
      const { center, low, high } = hodgesLehmann(values);
      expect(low).toBeLessThanOrEqual(center);
      expect(center).toBeLessThanOrEqual(high);
      expect(Math.abs(center - median(values))).toBeLessThanOrEqual(2);
    }),
    { numRuns: 60 },
  );
});

test("holm() steps down and never undercuts", () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(12)));
  expect(corrected).toEqual([0.03, 0.06, 0.06, 0.02]);
  expect(holm([])).toEqual([]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
});
