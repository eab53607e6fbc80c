import fc from "fast-check";
import { expect, test } from "vitest";
import { startable } from "../../core/run/mod.ts";
import type { Job } from "../../core/types.ts";

const job = (id: string, part: Partial<Job> = {}) =>
  ({ id, kind: "render", after: [], cores: 2, memoryBytes: 1e9, ...part }) as unknown as Job;
const capacity = { cores: 4, memoryBytes: 4e9, jobs: 0 };
const names = (jobs: readonly Job[]) => jobs.map(({ id }) => id);

test("startable() fills the cores and no more", () => {
  expect(names(startable([job("a"), job("b"), job("c")], [], { ended: new Set(), capacity }))).toEqual(["a", "b"]);
});

test("startable() waits for what a job depends on", () => {
  const waiting = [job("web", { after: ["measure"] }), job("measure", { cores: 1 })];
  expect(names(startable(waiting, [], { ended: new Set(), capacity }))).toEqual(["measure"]);
  expect(names(startable([job("web", { after: ["measure"] })], [], { ended: new Set(["measure"]), capacity }))).toEqual(
    ["web"],
  );
});

test("startable() starts something however large it is, but alone", () => {
  const huge = job("huge", { cores: 64, memoryBytes: 1e12 });
  expect(names(startable([huge, job("small")], [], { ended: new Set(), capacity }))).toEqual(["huge"]);
});

test("startable() holds a stated number of jobs at once", () => {
  const three = [job("a"), job("b"), job("c")];
  expect(names(startable(three, [], { ended: new Set(), capacity: { ...capacity, jobs: 1 } }))).toEqual(["a"]);
});

test("startable() begins beside a job that only verifies, unless there are many of those or a number was stated", () => {
  const [a, b, c] = [job("a", { cores: 4 }), job("b", { cores: 4 }), job("c", { cores: 4 })];
  const start = (settling: readonly Job[], more = {}) =>
    names(
      startable([job("next", { cores: 4 })], [a, b, c].slice(0, Math.max(1, settling.length)), {
        ended: new Set(),
        settling: new Set(settling),
        capacity: { ...capacity, ...more },
      }),
    );
  expect(start([])).toEqual([]);
  expect(start([a])).toEqual(["next"]);
  expect(start([a, b])).toEqual(["next"]);
  expect(start([a, b, c])).toEqual([]);
  expect(start([a], { jobs: 1 })).toEqual([]);
});

test("startable() never promises more memory than there is, unless one job alone needs it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ cores: fc.integer({ min: 1, max: 8 }), memoryBytes: fc.integer({ min: 1, max: 5e9 }) })),
      (parts) => {
        const started = startable(
          parts.map((part, nth) => job(`j${nth}`, part)),
          [],
          { ended: new Set(), capacity },
        );
        const memory = started.reduce((sum, one) => sum + one.memoryBytes, 0);
        expect(started.length <= 1 || memory <= capacity.memoryBytes).toBe(true);
      },
    ),
  );
});

test("startable() lets the background begin beside the others, one at a time, and takes no core for it", () => {
  const proxy = (id: string) => job(id, { background: true } as Partial<Job>);
  const start = (waiting: readonly Job[], running: readonly Job[] = []) =>
    names(startable(waiting, running, { ended: new Set(), capacity }));
  expect(start([proxy("p"), job("a"), job("b"), job("c")])).toEqual(["a", "b", "p"]);
  expect(start([proxy("p"), proxy("q")])).toEqual(["p"]);
  expect(start([job("c")], [proxy("p"), job("a")])).toEqual(["c"]);
});
