import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, nearestRate, parseRational, rational, toNumber } from "../../core/media/mod.ts";

test("rational() reduces, and keeps the sign above", () => {
  expect(rational(50, 2)).toEqual({ num: 25, den: 1 });
  expect(rational(3, -6)).toEqual({ num: -1, den: 2 });
  expect(rational(0, 7)).toEqual({ num: 0, den: 1 });
});

test("rational() never changes the value", () => {
  const whole = fc.integer({ min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: 1e6 }), (num, den) => {
      const fraction = rational(num, den);
      expect(fraction.num * den).toBe(num * fraction.den + 0);
      expect(fraction.den).toBeGreaterThan(0);
    }),
  );
});

test("parseRational() reads fractions, shapes and whole numbers", () => {
  expect(parseRational("30000/1001")).toEqual({ num: 30000, den: 1001 });
  expect(parseRational("16:15")).toEqual({ num: 16, den: 15 });
  expect(parseRational("25")).toEqual({ num: 25, den: 1 });
});

test("parseRational() has no answer where there is no number", () => {
  for (const text of ["0/0", "", "N/A", "29.97", "1/"]) expect(parseRational(text), text).toBeUndefined();
});

test("compare() orders without rounding", () => {
  const rates = [rational(25, 1), rational(30000, 1001), rational(24000, 1001), rational(24, 1)];
  expect(rates.toSorted(compare).map(toNumber)).toEqual([24000 / 1001, 24, 25, 30000 / 1001]);
});

test.each([
  [23.976, 24000, 1001],
  [23.98, 24000, 1001],
  [24, 24, 1],
  [29.97, 30000, 1001],
  [59.94, 60000, 1001],
  [119.88, 120000, 1001],
  [12.5, 25, 2],
  [14.99, 15000, 1001],
  [25, 25, 1],
  [240, 240, 1],
  [21.05, 421, 20],
  [17, 17, 1],
  [1000, 1000, 1],
])("nearestRate(%f) is %i/%i", (fps, num, den) => {
  expect(nearestRate(fps)).toEqual({ num, den });
});
