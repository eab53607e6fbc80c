/**
 * What is kept between runs: an accepted baseline under version control, and a line of history for each run.
 * @module
 */
import type { Measured } from "./measured.ts";
import type { VerdictWord } from "./verdict.ts";

/** Only equal keys are compared; a part that is missing or differs means no baseline, never a pass. */
export interface Key {
  readonly case: string;
  readonly corpus: string;
  readonly ffmpeg: string;
  readonly machine: string;
}

/** A few numbers, said without false precision. */
export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly max: number;
  /** Standard deviation over mean. */
  readonly spread: number;
  /** From 20 values on. */
  readonly p95: Measured;
  /** From 100 values on. */
  readonly p99: Measured;
}

/** The numbers of one case in one run, as a baseline and a history keep them. */
export interface Kept {
  readonly key: Key;
  /** CPU time over the calibration's, round by round. */
  readonly relativeCpu: Measured<Summary>;
  readonly cpuSec: Measured<Summary>;
  readonly wallSec: Summary;
  /** These repeat to the bit, so there is one of each. */
  readonly bytes: number;
  readonly frames: number;
  readonly vmaf: Measured;
  readonly vmafP5: Measured;
  readonly neg: Measured;
  readonly ssimDb: Measured;
  readonly psnrY: Measured;
  readonly psnrCb: Measured;
  readonly psnrCr: Measured;
  /** What the quality was scored with; another model is another number. */
  readonly model: Measured<string>;
}

export interface Accepted {
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
  readonly run: string;
  readonly commit: Measured<string>;
}

export interface BaselineEntry extends Kept {
  readonly accepted: Accepted;
}

/** The file: one entry for each key, in the order of the keys, so that a change reads well in a diff. */
export interface Baseline {
  readonly schema: "vendue-baseline/1";
  readonly entries: readonly BaselineEntry[];
}

/** One line of `history.jsonl`: one case of one run. */
export interface HistoryLine extends Kept {
  readonly at: string;
  readonly run: string;
  readonly commit: Measured<string>;
  /** What its gate said of its lane's CPU time; three inconclusive runs in a row are worth a warning. */
  readonly said: Measured<VerdictWord>;
}
