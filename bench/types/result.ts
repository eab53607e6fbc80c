/**
 * What one run of the bench measured. Everything that is printed, judged or kept is made from it.
 * @module
 */
import type { Codec, Effort, Size } from "../../core/types.ts";
import type { Measured } from "./measured.ts";
import type { Noise, Sample } from "./sample.ts";
import type { Curve, Scores } from "./scores.ts";

/** What is timed: reading alone, reading and scaling, or all the way to a file. */
export type Chain = "decode" | "scale" | "full";

export interface Case {
  /** `nvenc/h264/balanced/full/talk@640x360`: made by `caseId` of the baseline room. */
  readonly id: string;
  readonly backend: string;
  readonly device?: string;
  readonly encoder: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly chain: Chain;
  readonly clip: string;
  readonly size: Size;
  /** How long the picture of a long run lasts. */
  readonly clipSec: number;
  /** How its rate is set: bits that were asked for, or a quality knob. */
  readonly rate:
    { readonly kind: "bitrate"; readonly kbps: number } | { readonly kind: "quality"; readonly knob: number };
}

export interface CaseResult extends Case {
  /** The exact arguments, paths replaced by names. */
  readonly args: readonly string[];
  /** The id of the cpu case of the same clip, codec and chain in this run, for ratios and quality. */
  readonly reference?: string;
  /** Whether two runs gave the same bytes; where they did not, outputs are not compared with a baseline. */
  readonly deterministic: Measured<boolean>;
  /** In the order they ran, both sides. */
  readonly samples: readonly Sample[];
  /** Rounds that failed, which cost only themselves. */
  readonly failures: readonly { readonly side: Sample["side"]; readonly round: number; readonly reason: string }[];
  /** Of the candidate, and of the base where there is one. */
  readonly scores: Measured<Scores>;
  readonly baseScores?: Measured<Scores>;
}

/** How many streams one device carries. */
export interface Sweep {
  readonly backend: string;
  readonly encoder: string;
  readonly size: Size;
  readonly steps: readonly { readonly streams: number; readonly sumFps: number; readonly slowestFps: number }[];
  /** The most streams whose slowest still kept up, and why it went no further. */
  readonly realtime: number;
  readonly stopped: string;
  readonly joulesPerMinute: Measured;
}

export interface Environment {
  /** Hash of cpu model, cores, limits, GPUs and drivers: times of two classes are never compared. */
  readonly machineClass: string;
  /** Whether others may be working on it; a dedicated machine gates wall time more sharply. */
  readonly sharing: "shared" | "dedicated";
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  readonly coreLimit: Measured;
  readonly gpus: readonly { readonly name: string; readonly driver: string }[];
  readonly ffmpeg: { readonly version: string; readonly configHash: string };
  readonly node: string;
}

/** A row that was asked for and could not be made. */
export interface Absent {
  readonly backend: string;
  /** `h264`, `energy`, `libvmaf`: what it would have been about; the whole backend where left out. */
  readonly what?: string;
  readonly reason: string;
}

export interface BenchResult {
  readonly schema: "vendue-bench/1";
  readonly run: {
    readonly id: string;
    /** ISO 8601. */
    readonly startedAt: string;
    readonly durationSec: number;
    readonly commit: Measured<string>;
    /** The commit of the base side, where there is one. */
    readonly base?: string;
    /** A quick run shows numbers and decides nothing. */
    readonly quick: boolean;
  };
  readonly environment: Environment;
  readonly noise: Noise;
  readonly corpus: {
    readonly version: number;
    /** Frame hash of each clip. */
    readonly hashes: Readonly<Record<string, string>>;
  };
  /** One fixed encode, run once in every round: CPU time divided by its CPU time can be kept for another day. */
  readonly calibration: Measured<readonly Sample[]>;
  readonly cases: readonly CaseResult[];
  readonly curves: readonly Curve[];
  readonly sweeps: readonly Sweep[];
  readonly absent: readonly Absent[];
}
