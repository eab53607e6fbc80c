import { expect, test } from "vitest";
import { correction, levelChecks, shortfall } from "../../core/run/level.ts";
import { limitedGain, type Trial } from "../../core/run/limit.ts";

const loudness = { targetLufs: -16, truePeakDbtp: -1 };
const at = (integratedLufs: number, truePeakDbtp: number) => ({ integratedLufs, truePeakDbtp });

test("correction() leaves alone what is near enough, at its target or as loud as its peaks allow", () => {
  expect(correction(at(-16.4, -3), loudness)).toBeUndefined();
  expect(correction(at(-19, -1.3), loudness)).toBeUndefined();
  expect(shortfall(at(-19, -1.3), loudness)).toBe(3);
});

test("correction() takes off what an encoder added, and adds what a cut took", () => {
  expect(correction(at(-16, 2), loudness)).toBeCloseTo(-3.1);
  expect(correction(at(-24, -14), loudness)).toBeCloseTo(8);
  expect(correction(at(-24, -6), loudness)).toBeCloseTo(4.9);
  expect(correction(at(-12, -4), loudness)).toBeCloseTo(-4);
});

test("correction() never lifts what is near silence, and still holds its peaks", () => {
  expect(correction(at(-70, -60), loudness)).toBeUndefined();
  expect(correction(at(-60, 0), loudness)).toBeCloseTo(-1.1);
});

test("levelChecks() fail on a peak above the limit and on a level that could be nearer", () => {
  const ok = (reading: ReturnType<typeof at>) => levelChecks(reading, loudness).map((one) => one.ok);
  expect(ok(at(-16, -1))).toEqual([true, true]);
  expect(ok(at(-16, -0.9))).toEqual([false, true]);
  expect(ok(at(-18, -4))).toEqual([true, false]);
});

test("limitedGain() tries until the target is reached with the peaks held, within a few passes", async () => {
  // Every decibel beyond the ceiling costs half of one, and the wave reaches a little above the samples.
  const trials: Trial[] = [];
  const hear = (trial: Trial) => {
    trials.push(trial);
    return Promise.resolve(at(-25 + trial.gainDb - Math.max(0, trial.gainDb - 4) / 2, trial.ceilingDb + 1));
  };
  const plain = { name: "level.a", integratedLufs: -25, truePeakDbtp: -5, gainDb: 3.7, shortfallLu: 5.3 };
  const found = await limitedGain(plain, loudness, hear);
  expect(trials.length).toBeLessThanOrEqual(4);
  expect(found.shortfallLu).toBeLessThan(0.5);
  expect(found.ceilingDb).toBeLessThanOrEqual(-2);
});
