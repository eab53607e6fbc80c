import fc from "fast-check";
import { expect, test } from "vitest";
import { subtract, unite, type Span } from "../../core/plan/spans.ts";

test("unite() joins what touches or overlaps and sorts the rest", () => {
  expect(
    unite([
      [5, 6],
      [1, 2],
      [2, 3],
      [2.5, 4],
    ]),
  ).toEqual([
    [1, 4],
    [5, 6],
  ]);
});

test("subtract() keeps the order of an edit while taking holes out of it", () => {
  expect(
    subtract(
      [
        [8, 10],
        [0, 5],
      ],
      [
        [1, 2],
        [4, 9],
      ],
    ),
  ).toEqual([
    [9, 10],
    [0, 1],
    [2, 4],
  ]);
});

test("subtract() leaves nothing of a span that a hole covers", () => {
  expect(subtract([[1, 2]], [[0, 3]])).toEqual([]);
});

const span = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 9 }))
  .map(([from, long]): Span => [from, from + long]);

test("subtract() never keeps a moment that a hole holds, nor loses one that none does", () => {
  fc.assert(
    fc.property(fc.array(span), fc.array(span), (spans, holes) => {
      const left = subtract(spans, holes);
      const within = (list: readonly Span[], at: number) => list.some(([from, to]) => at >= from && at < to);
      for (let at = 0.5; at < 60; at += 1) expect(within(left, at)).toBe(within(spans, at) && !within(holes, at));
    }),
  );
});
