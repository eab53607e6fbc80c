/**
 * Every decision, as data.
 * @module
 */
import type { Offer } from "./auction.ts";
import type { CostEstimate } from "./cost.ts";
import type { Chapter, Color, Role } from "./media.ts";
import type { Loudness } from "./pipeline.ts";
import type { Override } from "./survey.ts";
import type { Task } from "./tasks.ts";
import type { Accel, Codec, Container, Prefer, Rational } from "./words.ts";

/** A file that core writes before a command starts: a chapter list, a concat list. */
export interface AuxFile {
  readonly path: string;
  readonly text: string;
}

/**
 * One ffmpeg process to be. `{{name}}` inside an argument is a late value, measured by an earlier job;
 * everything else is final.
 */
export interface Command {
  readonly program: "ffmpeg";
  readonly args: readonly string[];
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly files: readonly AuxFile[];
  /** Media seconds the command will report as progress; zero when it cannot. */
  readonly mediaSec: number;
  readonly expectSec: number;
}

/** Packets moved as they are: what a piece is held against before its output counts. */
export interface Copied {
  readonly source: string;
  /** Times of the first picture and of the one behind the last, in seconds from the source's own start. */
  readonly fromSec: number;
  readonly toSec: number;
}

/** One file that is made on the way to an output and joined with others of its kind. */
export interface Piece {
  readonly path: string;
  /** Where its pictures stand in the output: the first, and the one behind the last. Equal for sound. */
  readonly frames: readonly [number, number];
  /** Set where nothing in it was encoded. */
  readonly copied?: Copied;
}

/**
 * How a rung is made in pieces. Its command of place n makes the piece of place n, in any order and `atOnce` of them
 * side by side; the commands after those follow one by one and join the pieces without another encode. A piece's
 * path starts with the part's name, so it is gone when the attempt is over, however it ends.
 */
export interface Pieces {
  readonly atOnce: number;
  readonly list: readonly Piece[];
}

/** One rung of a job's ladder. Its commands run in order, but for those that make pieces. */
export interface RankedBid {
  readonly backend: string;
  readonly encoder: string;
  readonly device: string;
  /** The backend whose device decodes for an encoder in software; `device` is then its device. */
  readonly helper?: string;
  readonly slots?: number;
  /** How many of its device's slots it takes; left out: one. */
  readonly sessions?: number;
  /** A variant of the bid before it, and the failure classes that lead to it. */
  readonly variant?: { readonly name: string; readonly when: readonly string[] };
  readonly accel: boolean;
  /** Set where the backend is no built-in: its mistakes are not ours. */
  readonly stranger?: true;
  readonly cost: number;
  readonly commands: readonly Command[];
  /**
   * By the part of an output: encodes its sound once more, with the late value `trim` as a gain on the whole of it, and
   * takes the picture as it is. Run only where the encoded file misses its loudness or its peak limit.
   */
  readonly relevel?: Readonly<Record<string, Command>>;
  readonly pieces?: Pieces;
  /** Where each picture came from, where whole files are copied without pieces in between. */
  readonly moved?: readonly Piece[];
}

/** One track of subtitles of an output, as it will be found. */
export interface PromisedText {
  readonly codec: string;
  readonly language?: string;
  readonly title?: string;
  readonly roles: readonly Role[];
  /** Left out for bitmaps, whose packets are moved and not counted. */
  readonly cues?: { readonly count: number; readonly firstSec: number; readonly lastSec: number };
}

/** A frame of an output, and how the picture that must be seen there is made from its source, in software. */
export interface Sample {
  readonly frame: number;
  readonly source: string;
  readonly stream: number;
  readonly seekSec: number;
  readonly filters: string;
}

/** What an output must turn out to be before it counts. */
export interface Promised {
  readonly target: string;
  readonly part: string;
  readonly rendition: string;
  readonly container: Container;
  readonly durationSec: number;
  readonly video?: {
    /** The asked codec, or the source's own where it is copied. */
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    readonly fps: Rational;
    /** Exact where core counts frames; zero for copies and a kept varying rate, where the source decides. */
    readonly frames: number;
    readonly pixelFormat?: string;
    readonly color: Color;
    /** Where it is compared with its sources; left out for copies. */
    readonly samples?: readonly Sample[];
  };
  readonly audio: readonly {
    readonly codec: string;
    readonly sampleRate: number;
    readonly channels: number;
    /** Where it ends, if it is copied and ends before the picture. */
    readonly endSec?: number;
    readonly language?: string;
    readonly title?: string;
    readonly roles?: readonly Role[];
  }[];
  readonly subtitles: readonly PromisedText[];
  readonly chapters: readonly Chapter[];
  readonly cover: boolean;
  /** Names of attached files. */
  readonly attachments: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly timecode?: string;
  readonly loudness?: Loudness;
}

interface JobBase {
  readonly id: string;
  readonly after: readonly string[];
  readonly cores: number;
  readonly memoryBytes: number;
}

/** An audio-only pass that yields late values. */
export interface MeasureJob extends JobBase {
  readonly kind: "measure";
  readonly command: Command;
  /** The same sound with a gain and a limiter on it, where a limiter may be needed: its late values are `trial`'s. */
  readonly limited?: Command;
  /** The late values it yields: gains in dB that later commands name. */
  readonly gains: readonly { readonly name: string; readonly loudness: Loudness }[];
  readonly stages: readonly string[];
}

/** One decode, one or several encodes. */
export interface RenderJob extends JobBase {
  readonly kind: "render";
  /** Task ids, in order: every one of them fused into this process. */
  readonly tasks: readonly string[];
  readonly stages: readonly string[];
  /** Best first; the run walks down them. Never empty. A planner may build them when they are first read. */
  readonly bids: readonly RankedBid[];
  readonly outputs: readonly Promised[];
  /** Content that decides whether the outputs are still what they should be. */
  readonly sources: readonly string[];
  /** Made beside the others, and behind them where cores are short. */
  readonly background?: true;
}

export type Job = MeasureJob | RenderJob;

export interface Warning {
  readonly stage: string;
  readonly text: string;
}

/** The ways to make an output, from the cheapest to the dearest. */
export const WAYS = ["whole copy", "keyframe copy", "smart cut", "one graph", "pipe", "intermediate files"] as const;
export type Way = (typeof WAYS)[number];

/** One way to make an output: taken, or not, and why. */
export interface PlannedWay {
  readonly job: string;
  /** Empty where the job has only one output. */
  readonly rendition: string;
  readonly way: Way;
  readonly taken: boolean;
  readonly reason: string;
}

/** One range of one source, as it will stand in an output. */
export interface PlannedSegment {
  readonly render: string;
  readonly source: string;
  readonly inSec: number;
  readonly outSec: number;
  /** Frame numbers in the source, first and one past the last. */
  readonly frames: readonly [number, number];
  readonly stages: readonly string[];
}

export interface Plan {
  readonly version: 1;
  readonly pipeline: string;
  readonly file: string;
  readonly accel: Accel;
  readonly prefer: Prefer;
  readonly ffmpeg: string;
  readonly jobs: readonly Job[];
  readonly tasks: readonly Task[];
  readonly segments: readonly PlannedSegment[];
  readonly offers: readonly Offer[];
  /** For every output, each way in the order of preference. */
  readonly ways: readonly PlannedWay[];
  readonly fused: readonly { readonly job: string; readonly stages: readonly string[]; readonly note: string }[];
  readonly unfused: readonly { readonly between: readonly [string, string]; readonly reason: string }[];
  /** What is lost, or not as it was asked for. */
  readonly warnings: readonly Warning[];
  /** What was decided by rule, and is worth knowing: a conversion, a tag left out. */
  readonly notes: readonly Warning[];
  readonly overrides: readonly Override[];
  /** What every backend can encode on the surveyed machine. */
  readonly probes: readonly ProbedCodec[];
  readonly estimate: { readonly sec: number; readonly diskBytes: number; readonly cost?: CostEstimate };
}

/** Whether a backend would bid for a plain encode with a codec. */
export interface ProbedCodec {
  readonly backend: string;
  readonly accel: boolean;
  readonly codec: Codec;
  readonly ok: boolean;
}

/** How one backend fared in the auction. */
export interface BackendBids {
  readonly backend: string;
  readonly bids: number;
  readonly wins: number;
  readonly passes: number;
}
