/**
 * What the numbers say, and how sure that is.
 * @module
 */

/** Everything that can be compared. The first three are times and noisy; the others repeat to the bit. */
export const METRICS = [
  "cpuSec",
  "wallSec",
  "engineSec",
  "bytes",
  "frames",
  "vmaf",
  "neg",
  "vmafP5",
  "psnrY",
  "psnrCb",
  "psnrCr",
  "ssimDb",
  "shift",
  "collapsed",
  "tags",
] as const;
export type Metric = (typeof METRICS)[number];

/** Only `regression` fails a job by default; `inconclusive` is skipped, and never green. */
export const VERDICTS = ["same", "improvement", "suspect", "regression", "inconclusive", "invalid"] as const;
export type VerdictWord = (typeof VERDICTS)[number];

export interface Verdict {
  /** One test for each backend and metric decides; those of single cases help to find the place. */
  readonly scope: "backend" | "case";
  readonly backend: string;
  /** The backend with codec, effort and chain: `nvenc/h264/balanced/full`. Its clips are averaged into the one test. */
  readonly lane: string;
  /** The case's id, where it is about one. */
  readonly case?: string;
  readonly metric: Metric;
  readonly word: VerdictWord;
  /** A whole sentence for a person. */
  readonly reason: string;
  readonly evidence: Evidence;
}

export type Evidence =
  | {
      /** Base and candidate ran side by side. */
      readonly kind: "paired";
      /** Candidate over base; above 1 is slower. */
      readonly ratio: number;
      /** 95 %. */
      readonly interval: Interval;
      /** One-sided, that the candidate is slower; as tested, and after Holm over the backends. */
      readonly p: number;
      readonly pHolm: number;
      /** One-sided, that it is faster. */
      readonly pFaster: number;
      /** The smallest slowdown that would have been seen: 0.08 is 8 %. */
      readonly detectable: number;
      readonly rounds: number;
      /** How often the rounds were gone through: once, and where that left it open a second and a third time. */
      readonly stage: 1 | 2 | 3;
    }
  | { readonly kind: "stored"; readonly ratio: number; readonly rounds: number }
  | { readonly kind: "direct"; readonly before: number; readonly after: number }
  | { readonly kind: "none" };

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How much faster a backend is than its reference; three-valued against a claim, by the interval. */
export interface Speedup extends Interval {
  readonly ratio: number;
  readonly rounds: number;
  /** `slope` leaves start-up out. */
  readonly basis: "slope" | "whole";
}
