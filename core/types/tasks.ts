/**
 * What backends are asked, and what they answer with.
 * @module
 */
import type { Color, Light, VideoInfo } from "./media.ts";
import type { Rate, StageKind } from "./pipeline.ts";
import type { Box, Codec, Container, Effort, Rational } from "./words.ts";

/** Where decoded frames live: host memory, a named device, or (for a filter) wherever they already are. */
export type Surface = "system" | "any" | (string & {});

/** One thing to do to a picture, said without naming any hardware. */
export type Op =
  /** A constant rate from time zero, exactly `count` frames long. Touches timestamps only. */
  | {
      readonly kind: "frames";
      readonly rate: Rational;
      readonly count: number;
      /** Set where frames keep the times they have; then nobody counts them. */
      readonly pace?: "source";
    }
  | { readonly kind: "deinterlace"; readonly parity: "top-first" | "bottom-first" | "auto" }
  /** Flips left and right, or top and bottom. */
  | { readonly kind: "mirror"; readonly axis: "horizontal" | "vertical" }
  /** Clockwise. */
  | { readonly kind: "rotate"; readonly degrees: 90 | 180 | 270 }
  | { readonly kind: "crop"; readonly box: Box }
  | {
      readonly kind: "scale";
      readonly width: number;
      readonly height: number;
      readonly from: Color;
      readonly to: Color;
    }
  /** Text drawn into the picture, at the times of its own; core writes the file before the command starts. */
  | { readonly kind: "subtitles"; readonly file: string }
  | { readonly kind: "pad"; readonly width: number; readonly height: number; readonly x: number; readonly y: number }
  /** `peakNits` is the brightest light that enters; it comes out as white. */
  | { readonly kind: "tonemap"; readonly from: "pq" | "hlg"; readonly to: Color; readonly peakNits: number }
  /** Lays the picture on black, in this pixel format, which has alpha; comes out in the same one without. */
  | { readonly kind: "flatten"; readonly pixelFormat: string }
  | { readonly kind: "format"; readonly pixelFormat: string };

/** One way to spend bits. Sizes in bytes have become bitrates by now. */
export type EncodeRate =
  | Extract<Rate, { kind: "bitrate" }>
  | (Extract<Rate, { kind: "quality" | "crf" }> & {
      /** What x264 would be told for a picture as good: a scale that every other one is compared with. */
      readonly x264Crf: number;
      /** About what a good encoder of this codec then spends, for hardware that knows bitrates only. */
      readonly kbps: number;
    });

/** What an encoder is asked for. */
export interface Encode {
  readonly codec: Codec;
  readonly rate: EncodeRate;
  readonly effort: Effort;
  readonly profile?: string;
  readonly width: number;
  readonly height: number;
  readonly fps: Rational;
  readonly pixelFormat: string;
  readonly bitDepth: 8 | 10;
  readonly color: Color;
  /** HDR10's static notes, for encoders that write them. */
  readonly light?: Light;
  readonly gopFrames: number;
  readonly container: Container;
  /** Set on the two runs of a two-pass encode; `log` is a path prefix that core owns. */
  readonly pass?: { readonly nth: 1 | 2; readonly log: string };
}

/** What a backend is asked about: one stage, lowered to ops, with the facts of what it reads. */
export interface Task {
  readonly id: string;
  readonly stage: StageKind;
  /** Length of the media this stage hands on. */
  readonly seconds: number;
  /** The pictures that enter: decoded from files by the first stage of a chain, frames after that. */
  readonly inputs: readonly VideoInfo[];
  readonly decodes: boolean;
  readonly ops: readonly Op[];
  /** Absent when frames flow on to the next stage. */
  readonly encode?: Encode;
  /** Set when `buildArgs` is asked for a variant of the bid, by its name. */
  readonly variant?: string;
}

/** `name=key=value:...`; values are escaped when rendered, never here. */
export interface Filter {
  readonly name: string;
  readonly args?: Readonly<Record<string, string | number>>;
  /** The surface this filter works on. */
  readonly on: Surface;
}

/** A backend's share of one ffmpeg command. It never holds a path, a map, or `-i`. */
export interface ArgParts {
  /** Global options that open the device; placed before every input. */
  readonly device?: readonly string[];
  /** Options placed before each `-i`, and where decoded frames then are. */
  readonly decode?: { readonly on: Surface; readonly args: readonly string[] };
  /** In order. An op left as it is means: core, do this one in software. */
  readonly filters?: readonly (Filter | Op)[];
  /** The surface the encoder reads, the pixel format it wants there, and its options. */
  readonly encode?: { readonly on: Surface; readonly args: readonly string[]; readonly pixelFormat?: string };
}
