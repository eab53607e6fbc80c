import fc from "fast-check";
import { expect, test } from "vitest";
import { countFrames, layOut } from "../../core/plan/grid.ts";
import { slice, wholeClip } from "../../core/plan/timeline.ts";

const rate = { num: 30000, den: 1001 };
const clip = [wholeClip("/talk.mp4", 3600)];
const cut = (ranges: readonly (readonly [number, number])[]) => ranges.flatMap(([from, to]) => slice(clip, from, to));

test("layOut() reads many near ranges of one source fifty at a time", () => {
  const slots = layOut(cut(Array.from({ length: 300 }, (_, nth) => [nth * 2, nth * 2 + 1.5] as const)), rate, 48000);
  expect(slots).toHaveLength(6);
  for (const { comb } of slots) expect(comb?.frames).toHaveLength(50);
});

test("layOut() keeps an input each for few ranges, and for ranges far apart", () => {
  expect(
    layOut(
      cut([
        [0, 2],
        [3, 5],
        [6, 8],
      ]),
      rate,
      48000,
    ),
  ).toHaveLength(3);
  const far = Array.from({ length: 20 }, (_, nth) => [nth * 100, nth * 100 + 2] as const);
  expect(layOut(cut(far), rate, 48000)).toHaveLength(20);
});

test("layOut() never changes what is kept by reading it in one go", () => {
  const piece = fc.tuple(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.double({ min: 0.05, max: 0.5, noNaN: true }));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 40 }), (pieces) => {
      let at = 1;
      const ranges = pieces.map(([long, gap]) => {
        const range = [at, at + long] as const;
        at += long + gap;
        return range;
      });
      const slots = layOut(cut(ranges), rate, 48000);
      const seconds = pieces.reduce((sum, [long]) => sum + long, 0);
      expect(Math.abs(countFrames(slots) - seconds * (30000 / 1001))).toBeLessThanOrEqual(0.51);
      for (const { comb, frames, samples } of slots) {
        if (comb === undefined) continue;
        expect(comb.frames.reduce((sum, [, count]) => sum + count, 0)).toBe(frames);
        expect(comb.samples.reduce((sum, [, count]) => sum + count, 0)).toBe(samples);
        comb.frames.forEach(([first, count], nth) =>
          expect(first + count).toBeLessThanOrEqual(comb.frames[nth + 1]?.[0] ?? Infinity),
        );
      }
    }),
  );
});
