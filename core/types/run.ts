/**
 * What happened, as it happens and afterwards.
 * @module
 */
import type { CostEstimate, JobCost, RunCost } from "./cost.ts";
import type { StageKind } from "./pipeline.ts";
import type { BackendBids, Job, ProbedCodec, Warning } from "./plan.ts";
import type { Reading } from "./sensors.ts";
import type { Accel, Rational } from "./words.ts";

/** How an attempt ended, from a closed list; also a metric label and a log field. */
export const OUTCOMES = ["done", "failed", "stalled", "cancelled", "unverified", "skipped"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Energy, shared among what ran side by side. What nothing here measures is absent. */
export interface Joules {
  readonly cpu?: number;
  readonly gpu?: number;
}

export interface Attempt {
  readonly backend: string;
  readonly encoder: string;
  readonly device: string;
  /** Which reduced form of the bid this was. */
  readonly variant?: string;
  readonly accel: boolean;
  readonly outcome: Outcome;
  /** Failure class: an ErrorCode. Absent when done. */
  readonly code?: string;
  /** The first line of ffmpeg's words that names the cause. */
  readonly cause?: string;
  readonly hint?: string;
  /** What happened next: a retry, the next bid, or nothing. */
  readonly next?: "same" | "next-bid" | "stop";
  /** When it began, counted from the start of the run. */
  readonly started_sec: number;
  readonly wallSec: number;
  /** Its share of the time its device was busy: less than `wallSec` where others ran beside it. */
  readonly busy_sec: number;
  readonly joules?: Joules;
  /** All that ffmpeg said, up to a bound. */
  readonly log?: string;
}

export interface OutputReport {
  readonly path: string;
  readonly sizeBytes: number;
  readonly durationSec: number;
  readonly video?: {
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    readonly fps: Rational;
    readonly frames: number;
  };
  readonly audio: readonly { readonly codec: string; readonly sampleRate: number; readonly channels: number }[];
  /** How much later the sound ends than the picture, both from their starts, as muxed. Left out: one of them is missing. */
  readonly driftSec?: number;
  readonly loudness?: MeasuredLoudness;
  readonly checks: readonly Check[];
}

/** The loudness of a finished file, as it is decoded. */
export interface MeasuredLoudness {
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  /** What the whole was turned up or down by after the first encode, because that missed. Left out: nothing. */
  readonly trimDb?: number;
  /** How far it stays below the target because of the peak limit. Left out: it does not. */
  readonly shortfallLu?: number;
}

/** One thing that was looked at before an output counted. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly found: string;
}

export const BREAKER_STATES = ["closed", "open", "half-open"] as const;
export type BreakerStatus = (typeof BREAKER_STATES)[number];

export const JOB_STATES = ["done", "unchanged", "failed", "skipped", "cancelled"] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobReport {
  readonly id: string;
  readonly kind: Job["kind"];
  readonly state: JobState;
  readonly stages: readonly string[];
  readonly stage_kinds: readonly StageKind[];
  readonly backend: string;
  readonly encoder: string;
  readonly device: string;
  readonly gpu_accel: boolean;
  /** True when a GPU was tried and something else did the work in the end. */
  readonly gpu_fallback: boolean;
  /** Multiple of real time. */
  readonly speed: number;
  /** How long it waited for a turn, for other jobs, cores or memory. */
  readonly queued_sec: number;
  /** When it began, counted from the start of the run. */
  readonly started_sec: number;
  readonly wall_sec: number;
  readonly media_sec: number;
  readonly busy_sec: number;
  readonly joules?: Joules;
  readonly cost?: JobCost;
  readonly outputs: readonly OutputReport[];
  readonly attempts: readonly Attempt[];
  /** Why this job was run, or why it did not need to be. */
  readonly why: string;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly gains: readonly MeasuredGain[];
}

/** What a measure job found, and the gain that follows from it. */
export interface MeasuredGain {
  readonly name: string;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  readonly gainDb: number;
  /** How far the result stays below the target because of the peak limit. */
  readonly shortfallLu: number;
  /** Where a limiter holds the peaks, set only where it has to. */
  readonly ceilingDb?: number;
}

export interface Report {
  readonly version: 1;
  readonly run: string;
  readonly pipeline: string;
  readonly state: "done" | "failed" | "partial" | "cancelled";
  readonly started: string;
  readonly wall_sec: number;
  /** The version of this program. */
  readonly vendue: string;
  readonly ffmpeg: string;
  readonly accel: Accel;
  /** What the plan expected. */
  readonly estimate: { readonly sec: number; readonly diskBytes: number; readonly cost?: CostEstimate };
  readonly joules?: Joules;
  readonly cost: RunCost;
  readonly jobs: readonly JobReport[];
  readonly warnings: readonly Warning[];
}

/** Everything a person or a machine can learn of a run, in order. Fields are only ever added. */
export type RunEvent = { readonly v: 1; readonly time: string; readonly run: string } & (
  | {
      readonly type: "run.started";
      readonly pipeline: string;
      readonly jobs: number;
      readonly vendue: string;
      readonly ffmpeg: string;
      readonly accel: Accel;
    }
  | {
      /** What was decided before anything ran: who works here, and who bid how often. */
      readonly type: "planned";
      readonly probes: readonly ProbedCodec[];
      readonly bids: readonly BackendBids[];
      readonly estimate: Report["estimate"];
    }
  | {
      readonly type: "job.started";
      readonly job: string;
      readonly kind: Job["kind"];
      readonly stages: readonly string[];
      readonly queued_sec: number;
    }
  | {
      readonly type: "attempt.started";
      readonly job: string;
      readonly attempt: number;
      readonly backend: string;
      readonly encoder: string;
      readonly device: string;
      /** How many encodes the device takes at once, where it says so. */
      readonly slots?: number;
    }
  | {
      readonly type: "progress";
      readonly job: string;
      readonly percent: number;
      readonly media_sec: number;
      readonly speed: number;
      readonly fps: number;
      readonly eta_sec: number;
      readonly backend: string;
      readonly encoder: string;
      readonly device: string;
    }
  | { readonly type: "measured"; readonly job: string; readonly gains: readonly MeasuredGain[] }
  | { readonly type: "attempt.ended"; readonly job: string; readonly attempt: number; readonly result: Attempt }
  | {
      readonly type: "fallback";
      readonly job: string;
      readonly from: string;
      readonly to: string;
      /** Set where the same backend goes on in a reduced form or on another device. */
      readonly variant?: string;
      readonly code: string;
      readonly cause: string;
    }
  | {
      /** A device was taken out of rotation, or came back. */
      readonly type: "breaker";
      readonly backend: string;
      readonly device: string;
      readonly state: BreakerStatus;
    }
  | { readonly type: "sensors"; readonly readings: readonly Reading[] }
  | { readonly type: "job.ended"; readonly job: string; readonly report: JobReport }
  | { readonly type: "warning"; readonly stage: string; readonly text: string }
  | { readonly type: "run.ended"; readonly report: Report }
);
