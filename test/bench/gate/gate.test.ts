import { expect, test } from "vitest";
import { accept, emptyBaseline, keep } from "../../../bench/baseline/mod.ts";
import { gate, parseBudgets } from "../../../bench/gate/mod.ts";
import { type BenchResult, type Check, isMeasured } from "../../../bench/types.ts";
import { makeCase, makeResult, makeScores } from "../results.ts";

const head = "version: 1\nbudgets:\n";
const budgets = (text: string) => parseBudgets(head + text, "b.yaml");
const decide = (result: BenchResult, text?: string, baseline = emptyBaseline) =>
  gate(result, { baseline, budgets: text === undefined ? [] : budgets(text) });
const find = (checks: readonly Check[], budget: string, more: Partial<Check> = {}) =>
  checks.find(
    (check) =>
      check.budget === budget && Object.entries(more).every(([key, value]) => check[key as keyof Check] === value),
  );

const sides = ["candidate"] as const;
const cpu = makeCase({ sides, cpuSec: 2.4, spread: 0.02 });
const gpu = makeCase({
  sides,
  backend: "nvenc",
  encoder: "h264_nvenc",
  cpuSec: 0.4,
  spread: 0.02,
  seed: 8,
  reference: cpu.id,
  scores: makeScores({ mean: 88.5 }),
});
const both = makeResult({ cases: [cpu, gpu] });

test("gate() passes equal sides, and fails one regression", () => {
  const same = decide(makeResult({ cases: [makeCase({ spread: 0.01 })] }));
  expect(same.passed).toBe(true);
  expect(find(same.checks, "cpuSec")).toMatchObject({ state: "met", allowed: "no regression" });
  const slow = decide(makeResult({ cases: [makeCase({ ratio: 1.12, rounds: 14 })] }));
  expect(slow.passed).toBe(false);
  expect(find(slow.checks, "cpuSec")).toMatchObject({ state: "missed" });
  expect(find(slow.checks, "cpuSec")?.found).toMatch(/^x1\.1\d \[1\.\d\d,1\.\d\d\] p<\.001 n=14$/);
});

test("gate() warns of a suspicion and skips noise, which is never green", () => {
  const suspect = decide(makeResult({ cases: [makeCase({ ratio: 1.12 })] }));
  expect([suspect.passed, find(suspect.checks, "cpuSec")?.state]).toEqual([true, "warned"]);
  const noisy = decide(makeResult({ cases: [makeCase({ spread: 0.7 })] }));
  expect([noisy.passed, find(noisy.checks, "cpuSec")?.state]).toEqual([true, "inconclusive"]);
  const insisted = decide(
    makeResult({ cases: [makeCase({ spread: 0.7 })] }),
    "  - { slower_at_most: 5 %, required: true }",
  );
  expect([insisted.passed, find(insisted.checks, "cpuSec")?.state]).toEqual([false, "missed"]);
});

test("gate() moves where a slowdown matters by a budget, and says where that stands", () => {
  const result = makeResult({ cases: [makeCase({ ratio: 1.12, rounds: 14 })] });
  const { checks, passed } = decide(result, "  - slower_at_most: 20 %");
  expect(passed).toBe(true);
  expect(find(checks, "cpuSec")).toMatchObject({ state: "met", allowed: "20 %", at: { line: 3, column: 21 } });
});

test("gate() holds a speed-up by the low end of its interval", () => {
  const of = (limit: string) => {
    const { checks, passed } = decide(both, `  - { for: { backend: nvenc }, speedup_at_least: ${limit} }`);
    return [find(checks, "speedup_at_least")?.state, passed];
  };
  expect([of("4x"), of("9x"), of("6x")]).toEqual([
    ["met", true],
    ["missed", false],
    ["inconclusive", true],
  ]);
});

test("gate() reads a missing GPU as not measured, with the survey's reason, and red only where it is required", () => {
  const absent = [{ backend: "nvenc", reason: "no NVIDIA driver is loaded" }];
  const alone = makeResult({ cases: [cpu], absent });
  const wish = "  - { for: { backend: nvenc }, speedup_at_least: 4x";
  const open = decide(alone, `${wish} }`);
  expect(open.passed).toBe(true);
  expect(find(open.checks, "speedup_at_least")).toMatchObject({
    state: "not measured",
    backend: "nvenc",
    reason: "no NVIDIA driver is loaded",
  });
  expect(find(open.checks, "everything")).toMatchObject({ state: "not measured", backend: "nvenc" });
  const shut = decide(alone, `${wish}, required: true }`);
  expect(shut.passed).toBe(false);
  expect(find(shut.checks, "speedup_at_least")).toMatchObject({
    state: "missed",
    reason: "required, and not measured: no NVIDIA driver is loaded",
  });
});

test("gate() holds quality against the cpu backend's at the same bitrate by default", () => {
  const near = decide(both);
  expect(find(near.checks, "vmaf_within", { backend: "nvenc" })).toMatchObject({
    state: "met",
    found: "1.50 points below",
  });
  expect(near.checks.filter(({ budget, backend }) => budget === "vmaf_within" && backend === "cpu")).toEqual([]);
  const of = (scores: ReturnType<typeof makeScores>) => {
    const { checks } = decide(makeResult({ cases: [cpu, { ...gpu, scores }] }));
    return checks.filter(({ state, backend }) => state === "missed" && backend === "nvenc").map(({ budget }) => budget);
  };
  expect(of(makeScores({ mean: 87 }))).toEqual(["vmaf_within"]);
  expect(of(makeScores({ vmaf: { mean: 89, p5: 80, min: 2 } }))).toEqual(["p5_within"]);
  expect(of(makeScores({ psnr: { y: 38, cb: 39, cr: 42 } }))).toEqual(["chroma_within"]);
  expect(of(makeScores({ shift: { y: 2.1, cb: 0, cr: 0 } }))).toEqual(["shift_within"]);
  expect(of(makeScores({ collapsed: 1 }))).toEqual(["collapsed_at_most"]);
  expect(of(makeScores({ tagChanges: ["range tv -> pc"] }))).toEqual(["tags"]);
  expect(of(makeScores({ offsetFrames: 1 }))).toEqual(["offset"]);
  expect(of(makeScores({ contrast: 1.16 }))).toEqual(["contrast"]);
  expect(of(makeScores({ frames: 119 }))).toContain("vmaf_within");
});

test("gate() takes SSIM where there is no VMAF, and says what is missing", () => {
  const without = (ssimDb: number) =>
    makeScores({ vmaf: { notMeasured: "no libvmaf" }, neg: { notMeasured: "no libvmaf" }, ssimDb });
  const { checks, passed } = decide(
    makeResult({
      cases: [
        { ...cpu, scores: without(14) },
        { ...gpu, scores: without(12.5) },
      ],
    }),
  );
  expect(passed).toBe(false);
  expect(find(checks, "vmaf_within")).toMatchObject({ state: "not measured", reason: "no libvmaf" });
  expect(find(checks, "luma_within")).toMatchObject({ state: "missed", found: "1.50 dB below" });
  expect(find(decide(both).checks, "luma_within")).toBeUndefined();
});

test("gate() compares no quality at different bitrates", () => {
  const other = { ...gpu, rate: { kind: "bitrate", kbps: 800 } } as const;
  expect(find(decide(makeResult({ cases: [cpu, other] })).checks, "vmaf_within")).toMatchObject({
    state: "not measured",
    reason: "it and its reference were not encoded at the same bitrate",
  });
});

test("gate() holds size to the requested bitrate, or to the bits at equal quality", () => {
  // 400 kb/s for 4 s are 200 kB, and the case wrote 100 kB.
  const half = decide(makeResult({ cases: [cpu] }), "  - size_within: 25 %");
  expect(find(half.checks, "size_within")).toMatchObject({ state: "missed", found: "50 % below" });
  const right = makeCase({ sides, bytes: () => 210_000 });
  expect(find(decide(makeResult({ cases: [right] }), "  - size_within: 10 %").checks, "size_within")?.state).toBe(
    "met",
  );

  const rate = { kind: "quality", knob: 28 } as const;
  const curve = (backend: string, factor: number) => ({
    backend,
    encoder: backend === "cpu" ? "libx264" : "h264_nvenc",
    effort: "balanced",
    clip: "talk",
    metric: "vmaf_v0.6.1",
    points: (
      [
        [70, 1000],
        [82, 2000],
        [91, 4000],
        [96, 8000],
      ] as const
    ).map(([quality, kbps]) => ({ knob: quality, quality, kbps: kbps * factor, cpuSec: 1, wallSec: 1 })),
  });
  const dearer = makeResult({
    cases: [
      { ...cpu, rate },
      { ...gpu, rate },
    ],
    curves: [curve("cpu", 1), curve("nvenc", 1.3)],
  });
  expect(find(decide(dearer, "  - size_within: 25 %").checks, "size_within")).toMatchObject({
    state: "missed",
    found: "30 % more bits",
  });
  expect(find(decide({ ...dearer, curves: [] }, "  - size_within: 25 %").checks, "size_within")?.state).toBe(
    "not measured",
  );
});

test("gate() misses an absolute time only where even the best round was too slow", () => {
  const one = makeCase({ sides, cpuSec: 1, spread: 0.2 });
  const times = one.samples.flatMap(({ length, cpuSec }) => (length === "long" && isMeasured(cpuSec) ? [cpuSec] : []));
  const at = (limit: number) =>
    find(decide(makeResult({ cases: [one] }), `  - cpu_at_most: ${limit.toFixed(4)} s`).checks, "cpu_at_most")?.state;
  expect([at(Math.max(...times) + 1), at(Math.min(...times) - 0.1), at(Math.min(...times) + 0.001)]).toEqual([
    "met",
    "missed",
    "inconclusive",
  ]);
});

test("gate() holds the slowest of many streams", () => {
  const sweep = {
    backend: "nvenc",
    encoder: "h264_nvenc",
    size: { width: 320, height: 180 },
    steps: [],
    realtime: 5,
    stopped: "the slowest stream fell behind",
    joulesPerMinute: { notMeasured: "no power sensor" },
  };
  const of = (result: BenchResult) =>
    find(decide(result, "  - { for: { backend: nvenc }, streams_at_least: 6 }").checks, "streams_at_least");
  expect(of({ ...both, sweeps: [sweep] })).toMatchObject({
    state: "missed",
    found: "5 streams",
    reason: "the slowest stream fell behind",
  });
  expect(of(both)).toMatchObject({ state: "not measured" });
});

test("gate() takes the baseline where no base ran, and no baseline is no pass", () => {
  const none = decide(makeResult({ cases: [cpu] }));
  expect(none.passed).toBe(true);
  expect(find(none.checks, "cpuSec")).toMatchObject({
    state: "not measured",
    reason: expect.stringContaining("no baseline has") as string,
  });
  const kept = keep(makeResult({ cases: [cpu] }), cpu);
  if (!isMeasured(kept)) return expect.unreachable();
  const book = accept(emptyBaseline, [kept], { at: "2026-01-01T00:00:00Z", reason: "first", run: "r", commit: "c" });
  const slower = makeCase({ sides, cpuSec: 2.4, ratio: 1.25 });
  expect(find(decide(makeResult({ cases: [slower] }), undefined, book).checks, "cpuSec")).toMatchObject({
    state: "missed",
  });
  const worse = { ...cpu, scores: makeScores({ mean: 87 }) };
  expect(find(decide(makeResult({ cases: [worse] }), undefined, book).checks, "vmaf")).toMatchObject({
    state: "missed",
    found: "90 -> 87",
  });
});

test("gate() misses frames that the reference wrote and a backend lost", () => {
  const short = { ...gpu, samples: gpu.samples.map((sample) => ({ ...sample, frames: sample.frames - 1 })) };
  const { checks, passed } = decide(makeResult({ cases: [cpu, short] }));
  expect(passed).toBe(false);
  expect(find(checks, "frames", { backend: "nvenc" })).toMatchObject({
    state: "missed",
    found: "119 frames",
    allowed: "120",
  });
});

test("gate() misses a case in which no round came through", () => {
  const failures = [{ side: "candidate", round: 0, reason: "the encoder died" } as const];
  const { checks, passed } = decide(makeResult({ cases: [{ ...cpu, samples: [], failures }] }));
  expect(passed).toBe(false);
  expect(find(checks, "rounds")).toMatchObject({ state: "missed", reason: "the encoder died" });
});

test("gate() takes the last budget of a name that is about a case, and asks no picture of what only reads", () => {
  const wide = "  - vmaf_within: 0.1\n  - { for: { backend: nvenc }, vmaf_within: 3 }";
  const checks = decide(both, wide).checks.filter(({ budget }) => budget === "vmaf_within");
  expect(checks).toMatchObject([{ state: "met", allowed: "3", at: { line: 4 } }]);
  const reads = makeCase({ sides, chain: "decode", scores: { notMeasured: "it writes no picture" } });
  const asked = decide(makeResult({ cases: [reads] }), "  - wall_at_most: 50 s").checks;
  expect(asked.map(({ budget }) => budget)).toEqual(["cpuSec", "wall_at_most"]);
});

test("gate() is pure: equal inputs give equal decisions", () => {
  const text = "  - { speedup_at_least: 4x, vmaf_within: 2 }";
  expect(decide(both, text)).toEqual(decide(structuredClone(both), text));
});
