import type { Environment } from "../types.ts";

/** When a time that was measured side by side counts as another one. */
export interface PairRule {
  /** The chance that raises a suspicion, and the smallest ratio that is worth one. */
  readonly p: number;
  readonly effect: number;
  /** The chance that confirms it, over twice the rounds and after Holm. */
  readonly confirmP: number;
  readonly rounds: number;
  /** A run that could not have seen this much decides nothing. */
  readonly maxDetectable: number;
}

/** A change that is worth a word, and one that fails. */
export interface Steps {
  readonly warn: number;
  readonly fail: number;
}

export interface Rules {
  readonly cpu: PairRule;
  readonly wall: PairRule;
  readonly gpu: PairRule;
  /** Ratio of CPU time over calibration's, against a baseline of another day. */
  readonly stored: Steps;
  /** Shares; outputs repeat to the bit, so no statistics. */
  readonly bytes: Steps;
  /** VMAF points. */
  readonly vmaf: Steps;
  /** Decibels of PSNR and SSIM. */
  readonly decibels: Steps;
}

const cpu: PairRule = { p: 0.05, effect: 1.05, confirmP: 0.01, rounds: 7, maxDetectable: 0.15 };

/** The measured defaults. Wall time can be trusted less where others use the machine. */
export function rulesFor({ sharing }: Pick<Environment, "sharing">): Rules {
  const isShared = sharing === "shared";
  const wall = { ...cpu, effect: isShared ? 1.25 : 1.1, maxDetectable: 0.25 };
  return {
    cpu,
    wall,
    gpu: isShared ? wall : cpu,
    stored: { warn: 1.1, fail: 1.15 },
    bytes: { warn: 0.02, fail: 0.05 },
    vmaf: { warn: 0.5, fail: 1.5 },
    decibels: { warn: 0.5, fail: 1 },
  };
}
