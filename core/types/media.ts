/**
 * What ffmpeg says of a file.
 * @module
 */
import type { Rational } from "./words.ts";

/** ffmpeg's own words; left out where the file does not say. */
export interface Color {
  readonly primaries?: string;
  readonly transfer?: string;
  readonly matrix?: string;
  readonly range?: "tv" | "pc";
}

/** HDR10's static notes: the screen it was graded on, and how bright it gets; chromaticities as x and y, light in nits. */
export interface Light {
  readonly mastering?: {
    readonly red: readonly [number, number];
    readonly green: readonly [number, number];
    readonly blue: readonly [number, number];
    readonly white: readonly [number, number];
    readonly luminance: readonly [least: number, most: number];
  };
  readonly maxCll?: number;
  readonly maxFall?: number;
}

export interface VideoInfo {
  readonly index: number;
  readonly codec: string;
  readonly profile?: string;
  /** As coded, before rotation and pixel shape. */
  readonly width: number;
  readonly height: number;
  /** Sample aspect ratio; 1/1 where the file does not say. */
  readonly sar: Rational;
  /** Clockwise degrees a player turns the picture by: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** Flipped left to right before it is turned. */
  readonly mirrored?: true;
  readonly fps: Rational;
  readonly vfr: boolean;
  /** How far apart keyframes are on average, as far as packets were listed. */
  readonly gopSec?: number;
  readonly pixelFormat: string;
  readonly bitDepth: number;
  readonly interlaced: "progressive" | "top-first" | "bottom-first" | "unknown";
  /** What the file says of its fields, where a look at its frames has found something else. */
  readonly flagged?: VideoInfo["interlaced"];
  readonly color: Color;
  readonly hdr: "sdr" | "pq" | "hlg";
  readonly light?: Light;
  /** Dolby Vision on top; `compatible` says what its base layer is without it: 0 nothing, 1 HDR10, 2 SDR, 4 HLG. */
  readonly dolby?: { readonly profile: number; readonly compatible: number };
  /** Some of it can be seen through. */
  readonly alpha?: true;
  /** Where the picture starts and ends, seconds from the file's own start. */
  readonly startSec: number;
  readonly endSec: number;
}

/** What a track is for, beside being heard or read; ffmpeg calls it a disposition. */
export const ROLES = [
  "forced",
  "hearing-impaired",
  "visual-impaired",
  "commentary",
  "original",
  "dub",
  "lyrics",
  "karaoke",
] as const;
export type Role = (typeof ROLES)[number];

export interface AudioInfo {
  readonly index: number;
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly layout: string;
  readonly language?: string;
  readonly title?: string;
  readonly isDefault: boolean;
  readonly roles: readonly Role[];
  readonly startSec: number;
  readonly endSec: number;
}

export interface SubtitleInfo {
  readonly index: number;
  readonly codec: string;
  readonly kind: "text" | "bitmap";
  readonly language?: string;
  readonly title?: string;
  readonly isDefault: boolean;
  readonly roles: readonly Role[];
}

/** A file inside the file: mostly a font that its subtitles are set in. */
export interface AttachmentInfo {
  readonly index: number;
  readonly name: string;
  readonly mimetype: string;
}

export interface Chapter {
  readonly startSec: number;
  readonly endSec: number;
  readonly title: string;
}

/** One file, as a player would show it. Times count from the file's own start. */
export interface MediaInfo {
  readonly path: string;
  readonly container: string;
  readonly durationSec: number;
  readonly sizeBytes: number;
  /** What the container's own clock shows at the file's start. */
  readonly startSec: number;
  /** How much earlier the container counts from: a codec's priming, or a data track that comes first. Left out: not. */
  readonly leadSec?: number;
  /** Where its clock is set back, as in two recordings put behind each other; what follows cannot be told from what was. */
  readonly resetSec?: number;
  /** How much of what its header promises is not there: it was cut off. Left out: nothing. */
  readonly missingSec?: number;
  readonly video?: VideoInfo;
  readonly audio: readonly AudioInfo[];
  readonly subtitles: readonly SubtitleInfo[];
  readonly chapters: readonly Chapter[];
  /** Stream index of a cover picture, which is never the video. */
  readonly cover?: number;
  /** Further pictures that are no covers, such as a second angle. */
  readonly angles: number;
  readonly attachments: readonly AttachmentInfo[];
  /** Streams of neither picture, sound nor text; the track of a timecode and that of chapter titles not among them. */
  readonly data: number;
  /** When the first frame was taken, by the camera's own clock: "01:00:00:00"; a semicolon where frames are dropped. */
  readonly timecode?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Something only a pass over the file can tell. */
export type AnalysisWish =
  | { readonly kind: "silence"; readonly thresholdDb: number; readonly leastSec: number }
  | { readonly kind: "pictures" }
  | { readonly kind: "fields" }
  | { readonly kind: "cues" };

/** One text that subtitles show, seconds from the file's own start. */
export interface Cue {
  readonly startSec: number;
  readonly endSec: number;
  readonly text: string;
}

/** What a track of subtitles says, as SubRip; where it carries styles, also as it was written. */
export interface CueTrack {
  readonly index: number;
  readonly cues: readonly Cue[];
  readonly styled?: { readonly header: string; readonly cues: readonly Cue[] };
}

export interface Analysis {
  readonly path: string;
  readonly wish: AnalysisWish;
  /** Silences as start and end. */
  readonly spans: readonly (readonly [number, number])[];
  /** Only of a wish for cues: every track of text. */
  readonly tracks?: readonly CueTrack[];
  /** Only of a wish for fields, and only where the frames tell. */
  readonly fields?: VideoInfo["interlaced"];
  /** Only of a wish for pictures. */
  readonly pictures?: PictureIndex;
}

/** How the picture lies in its packets. Pictures are counted as they are shown, from zero. */
export interface PictureIndex {
  readonly count: number;
  readonly firstSec: number;
  /** The clock that the container counts its times by. */
  readonly ticksPerSec: number;
  /** Whether each picture stands one frame behind the one before it. */
  readonly steady: boolean;
  /** How many pictures are decoded, at most, before one that is shown earlier. */
  readonly reorder: number;
  /** Keyframes, with their times. */
  readonly keys: readonly (readonly [picture: number, sec: number])[];
  /** The keyframes at which decoding starts afresh: nothing on one side needs the other. */
  readonly clean: readonly number[];
  /** Runs of pictures, first and last, before which a copy may end: everything earlier can be shown without the rest. */
  readonly ends: readonly (readonly [first: number, last: number])[];
  /** The parameter sets by which it is decoded, as a sum, where they stay the same from start to end. */
  readonly sets?: string;
}

/** Everything read from disk that a plan depends on. */
export interface Media {
  /** Input name to the absolute paths it stands for, in natural order. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, MediaInfo>>;
  readonly analyses: readonly Analysis[];
}
