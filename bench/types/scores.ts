/**
 * How good a picture came out. The reference is always the source clip, and frames are paired by number.
 * @module
 */
import type { Size } from "../../core/types.ts";
import type { Measured } from "./measured.ts";

/** How one metric went over the frames. Frame 0 has no motion before it, so only the mean counts it. */
export interface Pooled {
  readonly mean: number;
  readonly p5: number;
  readonly min: number;
}

/** Y, Cb and Cr; U and V of the same frame are these too. */
export interface Planes {
  readonly y: number;
  readonly cb: number;
  readonly cr: number;
}

export interface Scores {
  /** What VMAF's number was made with, such as `vmaf_v0.6.1`; scores of two models are never compared. */
  readonly model: Measured<string>;
  /** The size both pictures were brought to. */
  readonly size: Size;
  readonly pixelFormat: string;
  /** Frames that were scored, of those that the source has. Where they differ, nothing can be said. */
  readonly frames: number;
  readonly sourceFrames: number;
  readonly vmaf: Measured<Pooled>;
  /** VMAF that does not reward sharpening. */
  readonly neg: Measured<Pooled>;
  readonly psnr: Measured<Planes>;
  /** `-10 log10(1 - SSIM)` of luma. */
  readonly ssimDb: Measured;
  /** Mean difference from the source in code values, plane by plane. */
  readonly shift: Measured<Planes>;
  /** Span from dark to bright over the source's own: 1.16 where a range was stretched, 0 where all is grey. */
  readonly contrast: Measured;
  /** Frames the picture is late by, where another pairing fits better; 0 where none does. */
  readonly offsetFrames: Measured;
  /** Frames more than 30 points below the same frame of the CPU reference. */
  readonly collapsed: Measured;
  /** Color tags that changed on the way, such as `range tv -> pc`. */
  readonly tagChanges: readonly string[];
  /** VMAF of each frame, for the strip in the report. */
  readonly perFrame: Measured<readonly number[]>;
}

/** One encode on the way along a quality knob. */
export interface CurvePoint {
  /** The knob's value: crf, cq, qp, or kb/s. */
  readonly knob: number;
  readonly kbps: number;
  readonly quality: number;
  readonly cpuSec: Measured;
  readonly wallSec: number;
}

/** Quality against bits and time of one backend on one clip. */
export interface Curve {
  readonly backend: string;
  readonly encoder: string;
  readonly effort: string;
  readonly clip: string;
  /** What `quality` is: `vmaf_v0.6.1`, `ssim dB`, `psnr dB`. */
  readonly metric: string;
  readonly points: readonly CurvePoint[];
}
