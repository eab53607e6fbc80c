import { expect, test } from "vitest";
import { advance, type MeterState, newMeter, openMeter, type User } from "../../core/run/meter.ts";
import type { Reading } from "../../core/types.ts";

const gpu = { backend: "nvenc", device: "0 GPU-1234 Tesla T4", accel: true } as const;
const cpu = { backend: "cpu", device: "cpu", accel: false } as const;

/** A recorded trace: what the sensors said second by second. */
const watts = [20, 60, 70, 72, 71, 69, 30];
const joules = [1000, 1030, 1065, 1099, 1130, 1165, 1190];

function trace(sec: number): readonly Reading[] {
  return [
    { kind: "gpu", gpu: "nvidia0", vendor: "nvidia", watts: watts[sec] ?? 0 },
    { kind: "cpu", joules: joules[sec] ?? 0 },
  ];
}

const during = (state: MeterState, users: Readonly<Record<number, User>>): MeterState => ({
  ...state,
  uses: new Map(
    Object.entries(users).map(([id, user]) => [
      Number(id),
      state.uses.get(Number(id)) ?? { ...user, busySec: 0, joules: {} },
    ]),
  ),
});

test("advance() integrates a recorded power trace to its known energy, and the shares add up to the whole", () => {
  let state = advance(newMeter(0), { nowMs: 0, readings: trace(0) });
  const done: { busySec: number; joules: { cpu?: number; gpu?: number } }[] = [];
  for (let sec = 1; sec <= 6; sec += 1) {
    // Two on the card from the third second on, and one on the CPU in the middle.
    state = during(state, { 1: gpu, ...(sec > 2 && { 2: gpu }), ...(sec > 2 && sec < 5 && { 3: cpu }) });
    state = advance(state, { nowMs: sec * 1000, readings: trace(sec) });
    if (sec === 4) done.push(...[...state.uses].flatMap(([id, use]) => (id === 3 ? [use] : [])));
  }
  done.push(...[...state.uses].flatMap(([id, use]) => (id === 3 ? [] : [use])));
  const sum = (pick: (use: (typeof done)[number]) => number | undefined) =>
    done.reduce((all, use) => all + (pick(use) ?? 0), 0);
  // Trapezoids: half of the ends, all of the middle.
  expect(sum(({ joules: { gpu: used } }) => used)).toBeCloseTo(20 / 2 + 60 + 70 + 72 + 71 + 69 + 30 / 2, 6);
  expect(sum(({ joules: { cpu: used } }) => used)).toBeCloseTo(190, 6);
  // Six seconds of card, two of CPU.
  expect(sum(({ busySec }) => busySec)).toBeCloseTo(8, 6);
  expect(done.map(({ busySec }) => busySec)).toEqual([2, 4, 2]);
});

test("advance() says nothing of energy that nobody measures", () => {
  const state = advance(during(newMeter(0), { 1: gpu, 2: cpu }), { nowMs: 2000, readings: [] });
  expect([...state.uses.values()].map(({ busySec, joules: used }) => [busySec, used])).toEqual([
    [2, {}],
    [2, {}],
  ]);
});

test("advance() gives each card's energy to the attempts on that card", () => {
  const readings: readonly Reading[] = [
    { kind: "gpu", gpu: "amd0", vendor: "amd", node: "renderD128", watts: 50 },
    { kind: "gpu", gpu: "intel0", vendor: "intel", node: "renderD129", watts: 10 },
  ];
  const on = (device: string) => ({ backend: "vaapi", device, accel: true });
  const first = during(advance(newMeter(0), { nowMs: 0, readings }), {
    1: on("renderD128"),
    2: on("renderD129"),
    3: on("renderD999"),
  });
  const used = [...advance(first, { nowMs: 1000, readings }).uses.values()].map((use) => use.joules);
  expect(used).toEqual([{ gpu: 50 }, { gpu: 10 }, {}]);
});

test("openMeter() meters two users of one CPU, each with half of the time they share", async () => {
  let total = 0;
  const meter = openMeter(() => Promise.resolve([{ kind: "cpu", joules: (total += 5) }]));
  const first = await meter.begin(cpu);
  const second = await meter.begin(cpu);
  const [one, two] = [await first(), await second()];
  // Alone, together, alone: five joules each time.
  expect(one.joules?.cpu).toBeCloseTo(7.5);
  expect(two.joules?.cpu).toBeCloseTo(7.5);
  expect(one.busy_sec + two.busy_sec).toBeLessThan(1);
});
