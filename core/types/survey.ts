/**
 * What this machine can do, and what its operator decided.
 * @module
 */
import type { Codec, Effort } from "./words.ts";

export interface FfmpegBuild {
  readonly path: string;
  readonly version: string;
  /** `[5, 1]`; a build from git counts as the newest release it contains. */
  readonly release: readonly [number, number];
  readonly encoders: readonly string[];
  readonly decoders: readonly string[];
  readonly filters: readonly string[];
  readonly hwaccels: readonly string[];
  readonly configuration: string;
}

export interface Platform {
  readonly os: string;
  readonly arch: string;
  readonly cores: number;
  readonly memoryBytes: number;
}

export type Probe<Facts = unknown> =
  | { readonly state: "ready"; readonly facts: Facts }
  | {
      readonly state: "absent";
      readonly reason: string;
      readonly hint?: string;
      readonly code?: string;
    };

export interface Surveyed {
  readonly name: string;
  readonly specifier: string;
  readonly accel: boolean;
  readonly probe: Probe;
  /** When an absence is worth another look. */
  readonly again?: string;
}

/** What an operator decided over everyone's head, and where. Shown wherever it decides something. */
export interface Override {
  readonly kind: "enable_gpu" | "force" | "disable" | "gpu_device";
  readonly value: string;
  readonly from: string;
}

/** Pictures of about one size: an encoder's pace per pixel changes little within one. */
export const SIZE_CLASSES = ["sd", "hd", "fhd", "uhd"] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

/**
 * What the bench found one encoder to do on this machine. It stands in for what the backend claims, whoever wrote the
 * backend, for as long as the ffmpeg, the driver and the backend are the ones it was found with.
 */
export interface Measurement {
  readonly backend: string;
  readonly device: string;
  readonly encoder: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly sizeClass: SizeClass;
  /** What it encodes in a second once it runs, and how long it takes to start. */
  readonly pace?: { readonly pixelsPerSec: number; readonly startSec: number };
  /** 0..1, by the bits it takes for the same picture. */
  readonly quality?: number;
  /** What a pipeline asks for, 0 to 100, and what has to be asked of this encoder for an equal picture. Rising. */
  readonly equal?: readonly (readonly [asked: number, told: number])[];
  /** ISO 8601. */
  readonly at: string;
}

/** One machine, as every backend found it. Saved, it lets a plan be made elsewhere. */
export interface Survey {
  readonly ffmpeg: FfmpegBuild;
  readonly platform: Platform;
  readonly backends: readonly Surveyed[];
  readonly overrides?: readonly Override[];
  readonly measured?: readonly Measurement[];
}
