/**
 * What this machine can do, and what its operator decided.
 * @module
 */

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

/** One machine, as every backend found it. Saved, it lets a plan be made elsewhere. */
export interface Survey {
  readonly ffmpeg: FfmpegBuild;
  readonly platform: Platform;
  readonly backends: readonly Surveyed[];
  readonly overrides?: readonly Override[];
}
