/**
 * Closed lists of words, and the small values everything is said in.
 * @module
 */

export const CODECS = ["h264", "hevc", "av1", "vp9"] as const;
export type Codec = (typeof CODECS)[number];

/** From most speed to most care; each backend maps it to its own presets. */
export const EFFORTS = ["fastest", "faster", "fast", "balanced", "slow", "slower", "best"] as const;
export type Effort = (typeof EFFORTS)[number];

export const CONTAINERS = ["mp4", "mov", "mkv", "webm", "ts"] as const;
export type Container = (typeof CONTAINERS)[number];

export const AUDIO_CODECS = ["aac", "opus", "mp3", "ac3", "flac", "pcm"] as const;
export type AudioCodec = (typeof AUDIO_CODECS)[number];

/** Who wants the GPU: use it if it works, fail without it, or never touch it. */
export type Accel = "preferred" | "required" | "off";
export type Prefer = "speed" | "balanced" | "quality";
/** How a picture is brought to a size. `within` keeps the shape, never enlarges and adds no bars. */
export type Fit = "contain" | "cover" | "stretch" | "within";

/** A fraction, so that 29.97 stays 30000/1001. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Where something stands in the pipeline file; both count from one. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
