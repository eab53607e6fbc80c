/**
 * What the user wrote: checked, units read, defaults filled in.
 * @module
 */
import type { Role } from "./media.ts";
import type { Accel, AudioCodec, Codec, Container, Effort, Fit, Position, Prefer, Rational, Size } from "./words.ts";

/** A moment in a clip, as written: seconds, or a frame number of the clip's own rate. */
export type Moment = { readonly sec: number } | { readonly frame: number };

/** `to` left out means the end. */
export interface Range {
  readonly from: Moment;
  readonly to?: Moment;
  readonly at: Position;
}

export type FpsWish =
  | { readonly kind: "source" }
  | { readonly kind: "exact"; readonly rate: Rational }
  | { readonly kind: "max"; readonly rate: Rational };

export type HdrPolicy = "preserve" | "tonemap" | "reject";

export interface PictureWish {
  readonly size?: Size;
  readonly fit: Fit;
  readonly fps: FpsWish;
  /** A varying frame rate stays as it is. Left out: it becomes a constant one, before anything is cut. */
  readonly vfr?: "keep";
  readonly pixelFormat?: string;
  readonly deinterlace: "auto" | "on" | "off";
  readonly hdr?: HdrPolicy;
}

export interface SoundWish {
  readonly sampleRate?: number;
  readonly channels?: number;
}

export interface Loudness {
  readonly targetLufs: number;
  readonly truePeakDbtp: number;
  /** Holds peaks down where the target cannot be reached without. Left out: the level stays below the target. */
  readonly limiter?: true;
}

export interface SilenceWish {
  readonly thresholdDb: number;
  readonly leastSec: number;
  readonly paddingSec: number;
}

/** Exactly one way to spend bits. */
export type Rate =
  | { readonly kind: "quality"; readonly quality: number }
  | { readonly kind: "crf"; readonly crf: number }
  | {
      readonly kind: "bitrate";
      readonly kbps: number;
      readonly maxKbps?: number;
      readonly bufKbit?: number;
      readonly twoPass?: boolean;
    }
  | { readonly kind: "size"; readonly bytes: number };

export interface VideoWish {
  readonly codec: Codec | "copy";
  readonly rate: Rate;
  readonly effort: Effort;
  readonly profile?: string;
  /** Seconds or frames between keyframes. */
  readonly gop?: Moment;
  readonly size?: Size;
  readonly fit: Fit;
  readonly maxFps?: Rational;
  readonly pixelFormat?: string;
  readonly hdr?: HdrPolicy;
}

/** An audio track by what it says of itself: its language, what it is for, or both. */
export interface TrackWish {
  readonly language?: string;
  readonly role?: Role;
}

export interface AudioWish {
  readonly codec: AudioCodec | "copy";
  readonly kbps?: number;
  /** `first` is the one that plays by default; a list names tracks by language and role, one of the output for each. */
  readonly tracks: "first" | "all" | "mix" | readonly TrackWish[];
  readonly sampleRate?: number;
  readonly channels?: number;
}

export type Keep = "keep" | "drop";

export interface Rendition {
  /** Empty where the export has only one. */
  readonly name: string;
  /** A template: `${name}`, `${stage}`, `${input}`, `${index}`, `${rendition}`, `${codec}`, `${height}`. */
  readonly output: string;
  readonly container: Container;
  readonly video: VideoWish | "none";
  readonly audio: AudioWish | "none";
  /** A small file to edit with, which nothing waits for. */
  readonly proxy?: true;
  readonly fastStart: boolean;
  /** `burn` draws one track into the picture: the default one, else the first. */
  readonly subtitles: Keep | "burn";
  readonly chapters: Keep;
  readonly metadata: Keep;
  readonly cover: Keep;
  /** `fonts`: those that kept subtitles are set in. */
  readonly attachments: "fonts" | Keep;
  /** Where and with what it was filmed. */
  readonly location: Keep;
  readonly at: Position;
}

interface StageBase {
  readonly id: string;
  readonly at: Position;
  /** What it reads: `input`, `stage` or `stage.clip`. Never empty. */
  readonly inputs: readonly Ref[];
  /** Set when this stage itself renders: a stage given an `output:`. */
  readonly renders: readonly Rendition[];
}

export interface Ref {
  readonly name: string;
  readonly at: Position;
}

export type Stage = StageBase &
  (
    | {
        readonly kind: "normalize";
        readonly loudness?: Loudness;
        readonly video?: PictureWish;
        readonly audio?: SoundWish;
      }
    | {
        readonly kind: "cut";
        readonly keep: readonly Range[];
        readonly remove: readonly Range[];
        readonly silence?: SilenceWish;
        readonly accuracy: "exact" | "keyframe";
      }
    | { readonly kind: "concat"; readonly crossfadeSec: number }
    | { readonly kind: "export" }
  );

export type StageKind = Stage["kind"];

/** What the user grants a backend; see `Permissions` in core/backend. */
export interface Allow {
  readonly read: readonly string[];
  readonly env: readonly string[];
  readonly run: readonly string[];
}

export interface BackendUse {
  readonly specifier: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly allow: Allow;
  readonly at?: Position;
}

export interface InputDecl {
  readonly name: string;
  /** A path or glob as written, variables filled in; relative to the pipeline file. */
  readonly pattern: string;
  /** Whether it may be a playlist, which opens the files beside it. */
  readonly playlist?: true;
  readonly at: Position;
}

/** What the user wrote: checked, units read, defaults filled in, variables replaced. */
export interface Pipeline {
  readonly version: 1;
  readonly name: string;
  /** The file it came from: the base of every relative path and specifier. */
  readonly file: string;
  readonly accel: Accel;
  readonly prefer: Prefer;
  /** Empty means: every built-in. */
  readonly backends: readonly BackendUse[];
  readonly inputs: readonly InputDecl[];
  readonly stages: readonly Stage[];
}
