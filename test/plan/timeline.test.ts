import fc from "fast-check";
import { expect, test } from "vitest";
import { clipsOf, join, lengthSec, slice, wholeClip } from "../../core/plan/timeline.ts";

const clip = (source: string, long: number) => [wholeClip(source, long)];

test("slice() maps a range of the programme back to the sources", () => {
  const programme = join([clip("/a", 4), clip("/b", 4)], 0);
  const cut = slice(programme, 3, 5.5);
  expect(clipsOf(cut).map(({ source, inSec, outSec }) => [source, inSec, outSec])).toEqual([
    ["/a", 3, 4],
    ["/b", 0, 1.5],
  ]);
});

test("join() makes a crossfade a segment of its own, overlapping both sides", () => {
  const joined = join([clip("/a", 4), clip("/b", 4), clip("/c", 4)], 1);
  expect(joined.map(({ kind }) => kind)).toEqual(["clip", "mix", "clip", "mix", "clip"]);
  expect(lengthSec(joined)).toBe(10);
});

test("slice() may cut in the middle of a crossfade", () => {
  const cut = slice(join([clip("/a", 4), clip("/b", 4)], 1), 3.25, 3.75);
  expect(cut).toHaveLength(1);
  expect(cut[0]).toMatchObject({ kind: "mix", inSec: 0.25, outSec: 0.75 });
});

test("slice() of any range is as long as the range", () => {
  const numbers = fc.double({ min: 0.5, max: 9.5, noNaN: true });
  fc.assert(
    fc.property(numbers, numbers, fc.constantFrom(0, 0.5, 1), (a, b, fade) => {
      const programme = join([clip("/a", 4), clip("/b", 4), clip("/c", 4)], fade);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      expect(Math.abs(lengthSec(slice(programme, from, to)) - (to - from))).toBeLessThan(0.0081);
    }),
  );
});
