import fc from "fast-check";
import { expect, test } from "vitest";
import { combine } from "../../core/plan/comb.ts";
import { countFrames, layEach, layOut } from "../../core/plan/grid.ts";
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

test.each([
  {
    what: "nearer than half a group of pictures",
    ranges: [
      [1, 2],
      [3, 4],
    ],
    gopSec: 8,
    reads: 1,
  },
  {
    what: "farther than that",
    ranges: [
      [1, 2],
      [6.5, 7.5],
    ],
    gopSec: 8,
    reads: 2,
  },
  {
    what: "between keyframes that are near",
    ranges: [
      [1, 2],
      [3, 4],
    ],
    gopSec: 1,
    reads: 2,
  },
  {
    what: "of a source that nobody looked into",
    ranges: [
      [1, 2],
      [3, 4],
    ],
    gopSec: 0,
    reads: 2,
  },
  {
    what: "off each other's grid",
    ranges: [
      [1, 2],
      [3.013, 4.013],
    ],
    gopSec: 8,
    reads: 2,
  },
  {
    what: "so long that a seek is nothing",
    ranges: [
      [0, 60],
      [61, 121],
    ],
    gopSec: 8,
    reads: 2,
  },
  {
    what: "that go back",
    ranges: [
      [3, 4],
      [1, 2],
    ],
    gopSec: 8,
    reads: 2,
  },
  {
    what: "of which two are near",
    ranges: [
      [1, 2],
      [3, 4],
      [20, 21],
    ],
    gopSec: 8,
    reads: 2,
  },
] as const)("combine() reads ranges $what in $reads", ({ ranges, gopSec, reads }) => {
  const steady = { num: 30, den: 1 };
  const each = layEach(cut(ranges), steady, 48000);
  const slots = combine(each, { rate: steady, sampleRate: 48000, gopOf: () => gopSec });
  expect(slots).toHaveLength(reads);
  expect(countFrames(slots)).toBe(countFrames(each));
});
