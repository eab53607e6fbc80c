/** Bench results made by hand, for what is decided from them. */
import type { BenchResult, CaseResult, GpuUse, Measured, Noise, Sample, Scores } from "../../bench/types.ts";
import { randomFrom } from "../../bench/stats/mod.ts";

const noise: Noise = { pressure: 0.4, steal: 0.01, load: 3 };
const none = { notMeasured: "no GPU takes part" };

export interface CaseSpec extends Partial<CaseResult> {
  readonly rounds?: number;
  /** Candidate over base. */
  readonly ratio?: number;
  /** Spread of each sample's time. */
  readonly spread?: number;
  readonly seed?: number;
  readonly sides?: readonly Sample["side"][];
  readonly cpuSec?: number;
  readonly gpu?: (side: Sample["side"], round: number) => Measured<GpuUse>;
  readonly bytes?: (side: Sample["side"]) => number;
}

export function makeCase({
  rounds = 7,
  ratio = 1,
  spread = 0.03,
  seed = 1,
  sides = ["base", "candidate"],
  cpuSec = 0.6,
  gpu = () => none,
  bytes = () => 100_000,
  ...rest
}: CaseSpec = {}): CaseResult {
  const random = randomFrom(seed);
  const bell = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
  const sample = (side: Sample["side"], round: number, length: Sample["length"]): Sample => {
    const share = (length === "short" ? 0.25 : 1) * (side === "candidate" ? ratio : 1) * Math.exp(spread * bell());
    return {
      side,
      round,
      length,
      wallSec: 1.4 * cpuSec * share + 0.05,
      cpuSec: cpuSec * share,
      peakBytes: 6e7,
      bytes: bytes(side),
      frames: length === "short" ? 30 : 120,
      noise,
      gpu: gpu(side, round),
    };
  };
  const { backend = "cpu", codec = "h264", effort = "balanced", chain = "full", clip = "talk" } = rest;
  return {
    id: `${backend}/${codec}/${effort}/${chain}/${clip}@320x180`,
    backend,
    encoder: "libx264",
    codec,
    effort,
    chain,
    clip,
    size: { width: 320, height: 180 },
    clipSec: 4,
    rate: { kind: "bitrate", kbps: 400 },
    args: ["-i", "<clip>", "-c:v", "libx264", "<out>"],
    deterministic: true,
    samples: Array.from({ length: rounds }, (_, round) =>
      sides.flatMap((side) => [sample(side, round, "short"), sample(side, round, "long")]),
    ).flat(),
    failures: [],
    scores: makeScores(),
    baseScores: makeScores(),
    ...rest,
  };
}

export function makeScores({ mean = 90, ...rest }: Partial<Scores> & { readonly mean?: number } = {}): Scores {
  return {
    model: "vmaf_v0.6.1",
    size: { width: 320, height: 180 },
    pixelFormat: "yuv420p",
    frames: 120,
    sourceFrames: 120,
    vmaf: { mean, p5: mean - 2, min: mean - 3 },
    neg: { mean: mean - 1, p5: mean - 3, min: mean - 4 },
    psnr: { y: 38, cb: 41, cr: 42 },
    ssimDb: 14,
    shift: { y: 0.1, cb: 0.05, cr: 0.05 },
    contrast: 1,
    offsetFrames: 0,
    collapsed: 0,
    tagChanges: [],
    perFrame: Array.from({ length: 120 }, (_, nth) => mean + Math.sin(nth / 5)),
    ...rest,
  };
}

export function makeResult({ cases = [makeCase()], ...rest }: Partial<BenchResult> = {}): BenchResult {
  const rounds = Math.max(0, ...cases.flatMap(({ samples }) => samples.map(({ round }) => round + 1)));
  return {
    schema: "vendue-bench/1",
    run: {
      id: "r1",
      startedAt: "2026-01-02T03:04:05.000Z",
      durationSec: 61,
      commit: "c0ffee1",
      base: "ba5e000",
      quick: false,
    },
    environment: {
      machineClass: "m-1",
      sharing: "shared",
      os: "linux",
      cpu: "a cpu",
      cores: 2,
      coreLimit: { notMeasured: "no limit is set" },
      gpus: [],
      ffmpeg: { version: "7.0", configHash: "f-1" },
      node: "20.20.2",
    },
    noise,
    corpus: { version: 1, hashes: { talk: "h-talk", sport: "h-sport", dark: "h-dark" } },
    calibration: makeCase({ rounds, sides: ["candidate"], cpuSec: 0.3, seed: 99, spread: 0.01 }).samples,
    cases,
    curves: [],
    sweeps: [],
    absent: [],
    ...rest,
  };
}
