import { expect, test } from "vitest";
import { claim, paceOf, referencePairs, speedupOf } from "../../../bench/verdict/mod.ts";
import { isMeasured } from "../../../bench/types.ts";
import { makeCase } from "../results.ts";

const sides = ["candidate"] as const;
const reference = makeCase({ sides, cpuSec: 2.4, spread: 0.02, rounds: 9 });

test("speedupOf() leaves start-up out where two lengths were run, and gives an interval", () => {
  const fast = makeCase({
    sides,
    backend: "nvenc",
    cpuSec: 0.4,
    spread: 0.02,
    rounds: 9,
    seed: 5,
    reference: reference.id,
  });
  const found = speedupOf(referencePairs([fast], [reference, fast]));
  expect(found).toMatchObject({ basis: "slope", rounds: 9 });
  if (!isMeasured(found)) return expect.unreachable();
  expect(found.ratio).toBeCloseTo(6, 0);
  expect([found.low < 6.3, found.high > 5.7]).toEqual([true, true]);
  // The whole run counts 0.05 s of start-up on both sides, and flatters nobody.
  const long = [reference, fast].map((one) => ({
    ...one,
    samples: one.samples.filter(({ length }) => length === "long"),
  }));
  expect(speedupOf(referencePairs(long.slice(1), long))).toMatchObject({ basis: "whole" });
});

test("claim() is met or missed by the whole interval, or nobody knows", () => {
  expect(claim({ low: 4.1, high: 5 }, 4)).toBe("met");
  expect(claim({ low: 3, high: 3.9 }, 4)).toBe("missed");
  expect(claim({ low: 3.5, high: 4.5 }, 4)).toBe("inconclusive");
});

test("speedupOf() without a reference is not measured", () => {
  expect(speedupOf(referencePairs([makeCase()], []))).toEqual({ notMeasured: "no reference ran beside it" });
});

test("paceOf() tells the start from the slope: the facts' GPU shows 1.4x at 60 frames and is 6x on the slope", () => {
  const gpu = (frames: number) => ({ frames, wallSec: 0.25 + (frames * 0.0074) / 6 });
  const { startSec, secPerFrame } = paceOf(gpu(120), gpu(480));
  expect(startSec).toBeCloseTo(0.25, 10);
  expect(0.0074 / secPerFrame).toBeCloseTo(6, 10);
  expect((60 * 0.0074) / gpu(60).wallSec).toBeLessThan(1.5);
});
