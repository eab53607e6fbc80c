import fc from "fast-check";
import { expect, test } from "vitest";
import { formatClock, formatSec, frameAt } from "../../core/media/mod.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [0.1, "0.1"],
  [100, "100"],
  [1e-7, "0"],
  [-1e-7, "0"],
  [0.000001, "0.000001"],
  [-5001.376777, "-5001.376777"],
  [1 / 3, "0.333333"],
  [1e9, "1000000000"],
])("formatSec(%d) is %s", (sec, text) => {
  expect(formatSec(sec)).toBe(text);
});

test("formatSec() is always plain, and right to the microsecond", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (sec) => {
      expect(formatSec(sec)).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      expect(Math.abs(Number(formatSec(sec)) - sec)).toBeLessThan(6e-7);
    }),
  );
});

test.each([
  [0, "0:00.000"],
  [3.5, "0:03.500"],
  [59.9996, "1:00.000"],
  [3723.25, "1:02:03.250"],
  [3599.9999, "1:00:00.000"],
  [-2.5, "-0:02.500"],
])("formatClock(%d) is %s", (sec, text) => {
  expect(formatClock(sec)).toBe(text);
});

test("frameAt() finds a frame again by its own rounded time", () => {
  for (const rate of [
    { num: 30000, den: 1001 },
    { num: 25, den: 1 },
    { num: 240, den: 1 },
  ]) {
    fc.assert(
      fc.property(fc.nat(1_000_000), (frame) => {
        expect(frameAt(Number(((frame * rate.den) / rate.num).toFixed(3)), rate)).toBe(frame);
      }),
    );
  }
});
