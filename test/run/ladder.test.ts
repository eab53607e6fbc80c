import { expect, test } from "vitest";
import { nextStep } from "../../core/run/mod.ts";
import type { ErrorCode, Retry } from "../../core/errors.ts";

const ladder = [
  { backend: "nvenc" },
  { backend: "nvenc", variant: { name: "plain", when: ["FEATURE_REFUSED"] } },
  { backend: "nvenc", variant: { name: "software decode", when: ["DECODE_REFUSED"] } },
  { backend: "vaapi" },
  { backend: "cpu" },
] as const;

const after = (code: ErrorCode, retry: Retry, { rung = 0, tries = 1 } = {}) =>
  nextStep(ladder, { failure: { code, retry }, rung, tries });

test.each([
  ["DISK_FULL", "never", 0, { kind: "stop" }],
  ["INPUT_CORRUPT", "never", 0, { kind: "stop" }],
  ["FEATURE_REFUSED", "next-bid", 0, { kind: "next-bid", rung: 1 }],
  ["DECODE_REFUSED", "next-bid", 0, { kind: "next-bid", rung: 2 }],
  ["DECODE_REFUSED", "next-bid", 1, { kind: "next-bid", rung: 2 }],
  ["DEVICE_MISSING", "next-bid", 0, { kind: "next-bid", rung: 3 }],
  ["FEATURE_REFUSED", "next-bid", 3, { kind: "next-bid", rung: 4 }],
  ["UNKNOWN", "next-bid", 4, { kind: "stop" }],
] as const)("nextStep() after %s (%s) on rung %d", (code, retry, rung, wanted) => {
  expect(after(code, retry, { rung })).toEqual(wanted);
});

test("nextStep() asks a busy device once more, then moves on", () => {
  expect(after("DEVICE_BUSY", "same")).toEqual({ kind: "same" });
  expect(after("DEVICE_BUSY", "same", { tries: 2 })).toEqual({ kind: "next-bid", rung: 3 });
});

test("nextStep() stops at our own bad arguments, and goes on after a stranger's", () => {
  const failure = { code: "ARGS_REJECTED", retry: "never" } as const;
  expect(nextStep([{ backend: "nvenc" }, { backend: "cpu" }], { failure, rung: 0, tries: 1 })).toEqual({
    kind: "stop",
  });
  expect(nextStep([{ backend: "mine", stranger: true }, { backend: "cpu" }], { failure, rung: 0, tries: 1 })).toEqual({
    kind: "next-bid",
    rung: 1,
  });
});

test("nextStep() asks a device that is short of memory for less, once, and then another", () => {
  const cards = [
    { backend: "nvenc", device: "0" },
    { backend: "nvenc", device: "0", variant: { name: "less memory", when: ["DEVICE_MEMORY"] } },
    { backend: "nvenc", device: "1", variant: { name: "gpu 1", when: ["DEVICE_MEMORY"] } },
    { backend: "cpu", device: "cpu" },
  ];
  const step = (rung: number, tries = 1) =>
    nextStep(cards, { failure: { code: "DEVICE_MEMORY", retry: "same" }, rung, tries });
  expect([step(0), step(1), step(2), step(2, 2)]).toEqual([
    { kind: "next-bid", rung: 1 },
    { kind: "next-bid", rung: 2 },
    { kind: "same" },
    { kind: "next-bid", rung: 3 },
  ]);
});
