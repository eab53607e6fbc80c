import { expect, test } from "vitest";
import { closedBreaker, noteFailure, statusOf } from "../../core/run/breaker.ts";

const minute = 60_000;
const fail = (inputs: readonly string[], state = closedBreaker, atMs = 0) =>
  inputs.reduce((now, input, nth) => noteFailure(now, { input, nowMs: atMs + nth * 1000 }), state);

test("noteFailure() never condemns a device for one odd file", () => {
  expect(statusOf(fail(["a", "a", "a", "a"]), minute)).toBe("closed");
});

test("noteFailure() takes a device out of rotation after two different inputs", () => {
  const state = fail(["a", "b"]);
  expect(statusOf(state, minute)).toBe("open");
  expect(statusOf(state, 10 * minute)).toBe("open");
  expect(statusOf(state, 10 * minute + 1000)).toBe("half-open");
});

test("noteFailure() forgets what is longer ago than ten minutes", () => {
  const old = fail(["a"]);
  expect(statusOf(fail(["b"], old, 11 * minute), 11 * minute)).toBe("closed");
});

test("noteFailure() rests 10, 30 and then 60 minutes when trials fail", () => {
  const first = fail(["a", "b"]);
  const second = fail(["c"], first, 11 * minute);
  expect(statusOf(second, 40 * minute)).toBe("open");
  expect(statusOf(second, 42 * minute)).toBe("half-open");
  const third = fail(["c"], second, 42 * minute);
  expect(statusOf(third, 101 * minute)).toBe("open");
  const fourth = fail(["c"], third, 103 * minute);
  expect(statusOf(fourth, 162 * minute)).toBe("open");
  expect(statusOf(fourth, 164 * minute)).toBe("half-open");
});
