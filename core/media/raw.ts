import type { Role } from "../types.ts";

/** A file as ffmpeg tells it, before any meaning is given to it. */
export interface RawMedia {
  readonly format: string;
  readonly startSec: number;
  readonly durationSec: number;
  readonly tags: readonly (readonly [string, string])[];
  readonly streams: readonly RawStream[];
  /** Times as in the container. */
  readonly chapters: readonly { readonly startSec: number; readonly endSec: number; readonly title: string }[];
}

/** Words are ffmpeg's own; anything may be missing. */
export interface RawStream {
  readonly index: number;
  readonly type: string;
  readonly codec: string;
  readonly isDefault: boolean;
  readonly isCover: boolean;
  readonly language?: string | undefined;
  readonly roles: readonly Role[];
  /** Names in lower case. */
  readonly tags: Readonly<Record<string, string>>;
  readonly startSec?: number | undefined;
  readonly endSec?: number | undefined;
  readonly profile?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly sar?: string | undefined;
  /** Counter-clockwise, as the display matrix has it. */
  readonly rotation?: number | undefined;
  /** Whether the display matrix flips the picture left to right before it turns it. */
  readonly mirrored?: boolean | undefined;
  readonly averageFps?: number | undefined;
  /** The lowest rate that every timestamp fits: `tbr`. */
  readonly baseFps?: number | undefined;
  readonly pixelFormat?: string | undefined;
  readonly dolby?: { readonly profile: number; readonly compatible: number } | undefined;
  readonly field?: string | undefined;
  readonly range?: string | undefined;
  readonly matrix?: string | undefined;
  readonly primaries?: string | undefined;
  readonly transfer?: string | undefined;
  readonly sampleRate?: number | undefined;
  readonly channels?: number | undefined;
  readonly layout?: string | undefined;
}
