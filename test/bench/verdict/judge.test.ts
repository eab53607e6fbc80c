import { expect, test } from "vitest";
import type { BenchResult, Measured, GpuUse, Metric, Verdict } from "../../../bench/types.ts";
import { judge, rulesFor, wantsMore } from "../../../bench/verdict/mod.ts";
import { makeCase, makeResult, makeScores } from "../results.ts";

const clips = ["talk", "sport", "dark"];
const three = (spec: Parameters<typeof makeCase>[0] = {}) =>
  clips.map((clip, nth) => makeCase({ ...spec, clip, seed: (spec.seed ?? 1) * 10 + nth }));
const whole = (result: BenchResult, metric: Metric) =>
  judge(result).filter((one) => one.metric === metric && one.scope === "backend");
const words = (verdicts: readonly Verdict[]) => verdicts.map(({ word }) => word);

test("judge() calls equal sides the same, and says what it would have seen", () => {
  const [verdict] = whole(makeResult({ cases: three() }), "cpuSec");
  expect(verdict).toMatchObject({ word: "same", lane: "cpu/h264/balanced/full", backend: "cpu" });
  expect(verdict?.reason).toMatch(/[\d.]+ % would have been seen$/);
});

test("judge() suspects 10 % after seven rounds, and confirms it after fourteen", () => {
  const result = makeResult({ cases: three({ ratio: 1.1 }) });
  expect(words(whole(result, "cpuSec"))).toEqual(["suspect"]);
  expect(wantsMore(result)).toEqual(["cpu/h264/balanced/full"]);
  const [verdict] = whole(makeResult({ cases: three({ ratio: 1.1, rounds: 14 }) }), "cpuSec");
  expect(verdict).toMatchObject({ word: "regression", evidence: { kind: "paired", stage: 2, rounds: 14 } });
  expect(verdict?.reason).toMatch(/slower .* confirmed over 14 rounds$/);
});

test("wantsMore() looks again at what leans and at what is not sure, three times at the most", () => {
  const again = (spec: Parameters<typeof makeCase>[0]) => wantsMore(makeResult({ cases: [makeCase(spec)] })).length > 0;
  expect(again({ ratio: 1.04, spread: 0.001 })).toBe(true);
  expect(again({ ratio: 1.01, spread: 0.001 })).toBe(false);
  expect(again({ ratio: 1.2, rounds: 3 })).toBe(false);
  expect(again({ ratio: 1.12, rounds: 14 })).toBe(false);
  expect(again({ ratio: 1.04, rounds: 14, spread: 0.001 })).toBe(true);
  expect(again({ ratio: 1.04, rounds: 21, spread: 0.001 })).toBe(false);
});

test("judge() calls a faster side an improvement", () => {
  expect(words(whole(makeResult({ cases: three({ ratio: 0.85 }) }), "cpuSec"))).toEqual(["improvement"]);
});

test("judge() never calls noise or three rounds the same", () => {
  const [noisy] = whole(makeResult({ cases: [makeCase({ spread: 0.6 })] }), "cpuSec");
  expect(noisy).toMatchObject({ word: "inconclusive" });
  expect(noisy?.reason).toMatch(/^too noisy: the smallest slowdown it could have seen is \d+ %$/);
  const [few] = whole(makeResult({ cases: [makeCase({ rounds: 3, ratio: 3 })] }), "cpuSec");
  expect(few).toMatchObject({ word: "inconclusive", reason: "3 rounds can show nothing; it takes 5 at the least" });
});

test("judge() allows wall time more where the machine is shared", () => {
  const of = (sharing: "shared" | "dedicated") => {
    const result = makeResult({ cases: three({ ratio: 1.17, rounds: 14, spread: 0.02 }) });
    return words(whole({ ...result, environment: { ...result.environment, sharing } }, "wallSec"));
  };
  expect([of("shared"), of("dedicated")]).toEqual([["same"], ["regression"]]);
  expect(rulesFor({ sharing: "shared" }).wall.effect).toBe(1.25);
});

test("judge() takes one test for each lane, whose single cases are there to find the place", () => {
  const cases = [...three(), ...three({ codec: "hevc", ratio: 1.12, rounds: 14 })];
  const verdicts = judge(makeResult({ cases })).filter(({ metric }) => metric === "cpuSec");
  expect(verdicts.filter(({ scope }) => scope === "backend").map(({ lane, word }) => [lane, word])).toEqual([
    ["cpu/h264/balanced/full", "same"],
    ["cpu/hevc/balanced/full", "regression"],
  ]);
  expect(verdicts.filter(({ scope }) => scope === "case").map(({ case: id }) => id)).toHaveLength(6);
});

test("judge() corrects for how many lanes were tested before it confirms", () => {
  const lucky = [0.06, 0.061, 0.062, 0.063, 0.064, -0.065, -0.066, 0.09, 0.1, 0.11, 0.12, 0.13, 0.14, 0.15];
  const times = (one: ReturnType<typeof makeCase>) => ({
    ...one,
    samples: one.samples.map((sample) => ({
      ...sample,
      cpuSec: sample.side === "candidate" ? Math.exp(lucky[sample.round] ?? 0) : 1,
    })),
  });
  const lane = (backend: string) => times(makeCase({ rounds: 14, backend }));
  const alone = judge(makeResult({ cases: [lane("cpu")] }))[0];
  const p = alone?.evidence.kind === "paired" ? alone.evidence.p : 1;
  expect([alone?.word, p <= 0.01]).toEqual(["regression", true]);
  const many = whole(makeResult({ cases: ["cpu", "a", "b", "c", "d"].map(lane) }), "cpuSec");
  expect(many[0]?.evidence).toMatchObject({ p, pHolm: Math.min(1, p * 5) });
  expect(words(many)).not.toContain("regression");
});

test("judge() says what was not measured, and makes no row of an engine that nobody has", () => {
  const cases = [makeCase()].map((one) => ({
    ...one,
    samples: one.samples.map((sample) => ({ ...sample, cpuSec: { notMeasured: "this program prints no CPU time" } })),
  }));
  expect(whole(makeResult({ cases }), "cpuSec")).toMatchObject([
    { word: "inconclusive", reason: "not measured: this program prints no CPU time" },
  ]);
  expect(whole(makeResult({ cases }), "engineSec")).toEqual([]);
});

test("judge() holds a device that throttled, or changed its clock, for another device", () => {
  const use = (more: Partial<GpuUse>): Measured<GpuUse> => ({
    engineSec: 0.2,
    powerW: 40,
    clockMhz: 1500,
    throttled: false,
    ...more,
  });
  const of = (gpu: Parameters<typeof makeCase>[0] extends infer Spec ? NonNullable<Spec> : never) =>
    whole(makeResult({ cases: [makeCase({ backend: "nvenc", ...gpu })] }), "wallSec")[0];
  expect(of({ gpu: () => use({}) })?.word).not.toBe("invalid");
  expect(of({ gpu: (_, round) => use({ throttled: round === 2 }) })).toMatchObject({
    word: "invalid",
    reason: "the device throttled itself in round 2 (base)",
  });
  expect(of({ gpu: (side) => use({ clockMhz: side === "base" ? 1500 : 1200 }) })?.reason).toBe(
    "the device's clock differs between the sides: 1500 and 1200 MHz",
  );
});

test("judge() loses a failed round and nothing else", () => {
  const one = makeCase({ rounds: 8 });
  const cases = [{ ...one, samples: one.samples.filter(({ side, round }) => side !== "base" || round !== 3) }];
  expect(whole(makeResult({ cases }), "cpuSec")[0]?.evidence).toMatchObject({ rounds: 7 });
});

test("judge() compares outputs as they are: three points of VMAF, lost frames, swollen files", () => {
  const outputs = (spec: Parameters<typeof makeCase>[0]) => {
    const verdicts = judge(makeResult({ cases: [makeCase(spec)] })).filter(
      ({ evidence }) => evidence.kind === "direct",
    );
    return Object.fromEntries(verdicts.map(({ metric, word }) => [metric, word]));
  };
  const same = { frames: "same", bytes: "same", vmaf: "same", neg: "same", psnrCb: "same", psnrCr: "same" };
  expect(outputs({})).toEqual(same);
  expect(outputs({ scores: makeScores({ mean: 87 }) })).toEqual({ ...same, vmaf: "regression", neg: "regression" });
  expect(outputs({ scores: makeScores({ mean: 89.2 }) })).toEqual({ ...same, vmaf: "suspect", neg: "suspect" });
  expect(outputs({ scores: makeScores({ psnr: { y: 38, cb: 30, cr: 42 } }) })).toEqual({
    ...same,
    psnrCb: "regression",
  });
  expect(outputs({ bytes: (side) => (side === "base" ? 1000 : 1060) })).toEqual({ ...same, bytes: "regression" });
  expect(outputs({ bytes: (side) => (side === "base" ? 1000 : 900) })).toEqual({ ...same, bytes: "improvement" });
});

test("judge() falls back to PSNR and SSIM, and never mixes two models", () => {
  const without = makeScores({
    vmaf: { notMeasured: "this ffmpeg has no libvmaf" },
    neg: { notMeasured: "this ffmpeg has no libvmaf" },
  });
  const worse = { ...without, ssimDb: 12.5 };
  const verdicts = judge(makeResult({ cases: [makeCase({ scores: worse, baseScores: without })] }));
  expect(verdicts.find(({ metric }) => metric === "ssimDb")).toMatchObject({ word: "regression" });
  expect(verdicts.find(({ metric }) => metric === "vmaf")).toBeUndefined();
  const other = judge(makeResult({ cases: [makeCase({ scores: makeScores({ model: "vmaf_v1.0.16" }) })] }));
  expect(other.find(({ metric }) => metric === "vmaf")).toMatchObject({
    word: "invalid",
    reason: "scored with vmaf_v1.0.16, and vmaf_v0.6.1 before",
  });
});

test("judge() has nothing to say where nothing ran on the base side", () => {
  expect(judge(makeResult({ cases: [makeCase({ sides: ["candidate"] })] }))).toEqual([]);
});
