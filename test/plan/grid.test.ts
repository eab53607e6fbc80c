import fc from "fast-check";
import { expect, test } from "vitest";
import { capRate, countFrames, layOut } from "../../core/plan/grid.ts";
import { slice, wholeClip } from "../../core/plan/timeline.ts";

const ntsc = { num: 30000, den: 1001 };

test("layOut() never lets rounding add up, however many ranges there are", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 1, maxLength: 60 }), (lengths) => {
      const segments = lengths.flatMap((long) => slice([wholeClip("/a.mp4", 10)], 1, 1 + long));
      const slots = layOut(segments, ntsc, 48000);
      const totalSec = lengths.reduce((sum, long) => sum + long, 0);
      const frames = countFrames(slots);
      expect(Math.abs(frames - totalSec * (30000 / 1001))).toBeLessThanOrEqual(0.5 + 1e-6);
      const samples = slots.reduce((sum, slot) => sum + slot.samples, 0);
      expect(Math.abs(samples - (frames * 1001 * 48000) / 30000)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

test("layOut() puts every sound where it was asked for, to the sample, and every frame within half of one", () => {
  const lengths = [0.41, 1.37, 0.2, 2.04, 0.333, 0.777, 1.9];
  const segments = lengths.flatMap((long) => slice([wholeClip("/a.mp4", 10)], 1, 1 + long));
  let [heard, shown, askedSec] = [0, 0, 0];
  layOut(segments, { num: 25, den: 1 }, 44100).forEach(({ frames, samples, slipSec }, nth) => {
    expect(Math.abs(heard - askedSec * 44100)).toBeLessThanOrEqual(0.5);
    expect(shown / 25 - askedSec).toBeCloseTo(slipSec, 9);
    expect(Math.abs(slipSec)).toBeLessThanOrEqual(0.02 + 1e-9);
    heard += samples;
    shown += frames;
    askedSec += lengths[nth] ?? 0;
  });
  expect(heard).toBe(Math.round((shown / 25) * 44100));
});

test("layOut() leaves out a range too short for a frame", () => {
  const segments = [
    ...slice([wholeClip("/a.mp4", 10)], 0, 1),
    ...slice([wholeClip("/a.mp4", 10)], 5, 5.004),
    ...slice([wholeClip("/a.mp4", 10)], 6, 7),
  ];
  expect(layOut(segments, { num: 25, den: 1 }, 48000).map(({ frames }) => frames)).toEqual([25, 25]);
});

test.each([
  [{ num: 60, den: 1 }, 30],
  [{ num: 50, den: 1 }, 25],
  [{ num: 60000, den: 1001 }, 29.97],
  [{ num: 25, den: 1 }, 25],
  [{ num: 144, den: 1 }, 28.8],
])("capRate() divides %o evenly, so that motion stays smooth: %d", (rate, wanted) => {
  const { num, den } = capRate(rate, { num: 30, den: 1 });
  expect(num / den).toBeCloseTo(wanted, 2);
});
