import { describe, expect, test } from "vitest";
import { bill, budgetState, costOfJob, costOfRun, readPrices, sayAmount } from "../../core/cost/mod.ts";
import type { Attempt, JobReport, Prices, Report } from "../../core/types.ts";

const prices: Prices = {
  currency: "EUR",
  classes: {
    cpu: { hour: 0.36, kwh: 0.36, watts: 100 },
    nvenc: { hour: 3.6, kwh: 0.36, fixed: 0.01 },
    gpu: { hour: 1.8 },
  },
};

function attempt(part: Partial<Attempt> = {}): Attempt {
  return {
    ...{ backend: "cpu", encoder: "libx264", device: "cpu", accel: false, outcome: "done" },
    ...{ started_sec: 0, busy_sec: 10, wallSec: 10 },
    ...part,
  };
}

function job(attempts: readonly Attempt[], part: Partial<JobReport> = {}): JobReport {
  const last = attempts.at(-1) ?? attempt();
  return {
    ...{ id: "web", kind: "render", state: "done", stages: ["web"], stage_kinds: ["export"] },
    ...{
      backend: last.backend,
      encoder: last.encoder,
      device: last.device,
      gpu_accel: last.accel,
      gpu_fallback: false,
    },
    ...{ speed: 1, queued_sec: 0, started_sec: 0, wall_sec: 10, media_sec: 60, busy_sec: 10, why: "", gains: [] },
    outputs: [{ path: "/o.mp4", sizeBytes: 1000, durationSec: 120, audio: [], checks: [] }],
    attempts,
    ...part,
  };
}

const amount = (cost: ReturnType<typeof costOfJob>) => ("amount" in cost ? cost.amount : cost.unknown);

describe("costOfJob()", () => {
  test("adds time and measured energy, and every attempt counts", () => {
    const failed = attempt({
      backend: "nvenc",
      accel: true,
      outcome: "failed",
      busy_sec: 2,
      joules: { gpu: 100, cpu: 20 },
    });
    const cost = costOfJob(job([failed, attempt({ joules: { cpu: 1000 } })]), prices);
    // Two seconds at 3.6 and ten at 0.36 an hour; 1120 J at 0.36 a kWh.
    expect(amount(cost)).toBeCloseTo(0.002 + 0.001 + (1120 / 3.6e6) * 0.36, 9);
    expect(cost.currency).toBe("EUR");
  });

  test("takes the watts of the table where nothing measures, and is unknown where there are none", () => {
    expect(amount(costOfJob(job([attempt()]), prices))).toBeCloseTo(0.001 + (1000 / 3.6e6) * 0.36, 9);
    const blind = costOfJob(job([attempt({ backend: "nvenc", accel: true })]), prices);
    expect(amount(blind)).toMatch(/nothing measures the energy of nvenc/);
    expect(sayAmount(blind)).toMatch(/^unknown \(/);
  });

  test("adds the fixed price once, falls back to the price of the kind, and has none for what has none", () => {
    const nvenc = attempt({ backend: "nvenc", accel: true, busy_sec: 0, joules: { gpu: 0 } });
    expect(amount(costOfJob(job([nvenc, nvenc]), prices))).toBeCloseTo(0.01, 9);
    expect(amount(costOfJob(job([attempt({ backend: "vaapi", accel: true })]), prices))).toBeCloseTo(0.005, 9);
    const bare: Prices = { currency: "EUR", classes: { gpu: { hour: 1 } } };
    expect(amount(costOfJob(job([attempt()]), bare))).toBe("there is no price for cpu");
    expect(amount(costOfJob(job([attempt()]), undefined))).toBe("no prices are set");
  });
});

test("costOfRun() is unknown as soon as one job is, and says what an output minute cost", () => {
  const known = { ...job([attempt()]), cost: { amount: 0.5, currency: "EUR" } };
  expect(costOfRun([known, known], prices)).toEqual({ amount: 1, currency: "EUR", per_output_minute: 0.25 });
  expect(costOfRun([known, { ...known, cost: { unknown: "why" } }], prices)).toEqual({ unknown: "why" });
});

function report(started: string, pipeline: string, jobs: readonly JobReport[]): Report {
  return {
    ...{ version: 1, run: started, pipeline, state: "done", started, wall_sec: 1, vendue: "0", ffmpeg: "7" },
    ...{ accel: "preferred", estimate: { sec: 1, diskBytes: 1 }, cost: { unknown: "" }, warnings: [], jobs },
  };
}

test("bill() sums by day, backend and pipeline, and tells what is not in the sum", () => {
  const cheap = { ...job([attempt()]), cost: { amount: 1 }, joules: { cpu: 5 } };
  const dear = { ...job([attempt({ backend: "nvenc", accel: true })]), cost: { amount: 3 } };
  const reports = [
    report("2026-03-01T10:00:00Z", "a", [cheap, dear]),
    report("2026-03-01T11:00:00Z", "b", [cheap, { ...cheap, cost: { unknown: "x" } }]),
    report("2026-03-02T10:00:00Z", "a", [dear, { ...cheap, state: "unchanged" }]),
  ];
  const rows = (by: "day" | "backend" | "pipeline") =>
    bill(reports, by).map(({ name, runs, jobs, cost, unknown }) => [name, runs, jobs, cost, unknown]);
  expect(rows("day")).toEqual([
    ["2026-03-01", 2, 4, 5, 1],
    ["2026-03-02", 1, 1, 3, 0],
  ]);
  expect(rows("backend")).toEqual([
    ["cpu", 2, 3, 2, 1],
    ["nvenc", 2, 2, 6, 0],
  ]);
  expect(rows("pipeline")).toEqual([
    ["a", 2, 3, 7, 0],
    ["b", 1, 2, 1, 1],
  ]);
});

test.each([
  [49.9, undefined],
  [50, 50],
  [79.9, 50],
  [80, 80],
  [100, 100],
  [119, 100],
  [500, 120],
] as const)("budgetState() of %f spent out of 100 has passed %s", (spent, passed) => {
  expect(budgetState(spent, { month: "2026-03", budget: 100 }).passed).toBe(passed);
});

test.each([
  [[], "not a map"],
  [{ cpu: { hour: 1 } }, "currency"],
  [{ currency: "Euro", cpu: { hour: 1 } }, "currency"],
  [{ currency: "EUR", cpu: 3 }, "cpu is not a map"],
  [{ currency: "EUR", cpu: { minute: 1 } }, "no minute"],
  [{ currency: "EUR", cpu: { hour: -1 } }, "cpu.hour is -1"],
])("readPrices() says what is wrong with %j", (raw, words) => {
  expect(readPrices(raw)).toEqual({ wrong: expect.stringContaining(words) as unknown });
});
