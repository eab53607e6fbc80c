/**
 * The nouns: every piece of data that crosses from one room to another. All of it is readonly JSON.
 * @module
 */

// ---------------------------------------------------------------- words

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

// ---------------------------------------------------------------- pipeline: what the user wrote

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

export interface AudioWish {
  readonly codec: AudioCodec | "copy";
  readonly kbps?: number;
  readonly tracks: "first" | "all";
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
  readonly fastStart: boolean;
  readonly subtitles: Keep;
  readonly chapters: Keep;
  readonly metadata: Keep;
  readonly cover: Keep;
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

// ---------------------------------------------------------------- media: what ffmpeg says of a file

/** ffmpeg's own words; left out where the file does not say. */
export interface Color {
  readonly primaries?: string;
  readonly transfer?: string;
  readonly matrix?: string;
  readonly range?: "tv" | "pc";
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
  readonly fps: Rational;
  readonly vfr: boolean;
  readonly pixelFormat: string;
  readonly bitDepth: number;
  readonly interlaced: "progressive" | "top-first" | "bottom-first" | "unknown";
  readonly color: Color;
  readonly hdr: "sdr" | "pq" | "hlg";
  /** Where the picture starts and ends, seconds from the file's own start. */
  readonly startSec: number;
  readonly endSec: number;
}

export interface AudioInfo {
  readonly index: number;
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly layout: string;
  readonly language?: string;
  readonly isDefault: boolean;
  readonly startSec: number;
  readonly endSec: number;
}

export interface SubtitleInfo {
  readonly index: number;
  readonly codec: string;
  readonly kind: "text" | "bitmap";
  readonly language?: string;
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
  /** The container's own start time, before it is taken off. */
  readonly startSec: number;
  readonly video?: VideoInfo;
  readonly audio: readonly AudioInfo[];
  readonly subtitles: readonly SubtitleInfo[];
  readonly chapters: readonly Chapter[];
  /** Stream index of a cover picture, which is never the video. */
  readonly cover?: number;
  readonly attachments: number;
  readonly data: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Something only a pass over the file can tell. */
export type AnalysisWish =
  | { readonly kind: "silence"; readonly thresholdDb: number; readonly leastSec: number }
  | { readonly kind: "keyframes" };

export interface Analysis {
  readonly path: string;
  readonly wish: AnalysisWish;
  /** Silences as start and end; keyframes as equal pairs. */
  readonly spans: readonly (readonly [number, number])[];
}

/** Everything read from disk that a plan depends on. */
export interface Media {
  /** Input name to the absolute paths it stands for, in natural order. */
  readonly inputs: Readonly<Record<string, readonly string[]>>;
  readonly files: Readonly<Record<string, MediaInfo>>;
  readonly analyses: readonly Analysis[];
}

// ---------------------------------------------------------------- tasks: what backends are asked

/** Where decoded frames live: host memory, a named device, or (for a filter) wherever they already are. */
export type Surface = "system" | "any" | (string & {});

/** One thing to do to a picture, said without naming any hardware. */
export type Op =
  /** A constant rate from time zero, exactly `count` frames long. Touches timestamps only. */
  | { readonly kind: "frames"; readonly rate: Rational; readonly count: number }
  | { readonly kind: "deinterlace"; readonly parity: "top-first" | "bottom-first" | "auto" }
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
  | { readonly kind: "pad"; readonly width: number; readonly height: number; readonly x: number; readonly y: number }
  | { readonly kind: "tonemap"; readonly from: "pq" | "hlg"; readonly to: Color }
  | { readonly kind: "format"; readonly pixelFormat: string };

/** What an encoder is asked for. Sizes in bytes have become bitrates by now. */
export interface Encode {
  readonly codec: Codec;
  readonly rate: Exclude<Rate, { kind: "size" }>;
  readonly effort: Effort;
  readonly profile?: string;
  readonly width: number;
  readonly height: number;
  readonly fps: Rational;
  readonly pixelFormat: string;
  readonly bitDepth: 8 | 10;
  readonly color: Color;
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

// ---------------------------------------------------------------- survey: what this machine can do

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
  | { readonly state: "absent"; readonly reason: string; readonly hint?: string; readonly code?: string };

export interface Surveyed {
  readonly name: string;
  readonly specifier: string;
  readonly accel: boolean;
  readonly probe: Probe;
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

// ---------------------------------------------------------------- auction

/** A claim, not a priority: the planner weighs it, the bench room checks it. */
export interface Bid {
  readonly kind: "bid";
  /** Estimated multiple of real time for this task on this machine. */
  readonly speed: number;
  /** 0..1 against the best software encoder at the same size. */
  readonly quality: number;
  readonly encoder?: string;
  readonly device?: string;
  /** How many encodes the device takes at once; absent where it does not say. */
  readonly slots?: number;
  /** Whether the speed was claimed by the backend or measured by bench. */
  readonly basis?: "claimed" | "measured";
  readonly note?: string;
  /** What the same backend could still try after certain failures, in order. */
  readonly variants?: readonly Variant[];
}

/** A rung inside one backend: fewer features, another decode path, another device. */
export interface Variant {
  readonly name: string;
  /** The failure classes (ErrorCode) that lead here; any other failure skips it. */
  readonly when: readonly string[];
  readonly device?: string;
}

export interface Pass {
  readonly kind: "pass";
  readonly reason: string;
}

/** One answer of one backend to one task, as `plan` prints it. */
export type Offer =
  | {
      readonly task: string;
      readonly backend: string;
      readonly kind: "bid";
      readonly bid: Bid;
      readonly terms: Terms;
      readonly won: boolean;
    }
  | {
      readonly task: string;
      readonly backend: string;
      readonly kind: "refused";
      readonly reason: string;
      readonly hint?: string;
    };

/** How a bid became a cost: `cost = sec * (1 + weight * (1 - quality)) + handoffSec`. */
export interface Terms {
  readonly sec: number;
  readonly quality: number;
  readonly weight: number;
  readonly handoffSec: number;
  readonly cost: number;
}

// ---------------------------------------------------------------- plan

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

/** One rung of a job's ladder. */
export interface RankedBid {
  readonly backend: string;
  readonly encoder: string;
  readonly device: string;
  readonly slots?: number;
  /** A variant of the bid before it, and the failure classes that lead to it. */
  readonly variant?: { readonly name: string; readonly when: readonly string[] };
  readonly accel: boolean;
  readonly cost: number;
  readonly commands: readonly Command[];
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
    /** Exact where core counts frames; zero for copies, where the source decides. */
    readonly frames: number;
    readonly pixelFormat?: string;
    readonly color: Color;
  };
  readonly audio: readonly { readonly codec: string; readonly sampleRate: number; readonly channels: number }[];
  readonly subtitles: number;
  readonly chapters: number;
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
  /** Best first; the run walks down them. Never empty. */
  readonly bids: readonly RankedBid[];
  readonly outputs: readonly Promised[];
  /** Content that decides whether the outputs are still what they should be. */
  readonly sources: readonly string[];
}

export type Job = MeasureJob | RenderJob;

export interface Warning {
  readonly stage: string;
  readonly text: string;
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
  readonly fused: readonly { readonly job: string; readonly stages: readonly string[]; readonly note: string }[];
  readonly unfused: readonly { readonly between: readonly [string, string]; readonly reason: string }[];
  readonly warnings: readonly Warning[];
  readonly overrides: readonly Override[];
  readonly estimate: { readonly sec: number; readonly diskBytes: number };
}

// ---------------------------------------------------------------- run

/** How an attempt ended, from a closed list; also a metric label and a log field. */
export const OUTCOMES = ["done", "failed", "stalled", "cancelled", "unverified", "skipped"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Attempt {
  readonly backend: string;
  readonly encoder: string;
  readonly device: string;
  readonly accel: boolean;
  readonly outcome: Outcome;
  /** Failure class: an ErrorCode. Absent when done. */
  readonly code?: string;
  /** The first line of ffmpeg's words that names the cause. */
  readonly cause?: string;
  readonly hint?: string;
  /** What happened next: a retry, the next bid, or nothing. */
  readonly next?: "same" | "next-bid" | "stop";
  readonly wallSec: number;
  readonly log?: string;
}

export interface OutputReport {
  readonly path: string;
  readonly sizeBytes: number;
  readonly durationSec: number;
  readonly video?: {
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    readonly fps: Rational;
    readonly frames: number;
  };
  readonly audio: readonly { readonly codec: string; readonly sampleRate: number; readonly channels: number }[];
  readonly loudness?: { readonly integratedLufs: number; readonly truePeakDbtp: number };
  readonly checks: readonly Check[];
}

/** One thing that was looked at before an output counted. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly found: string;
}

export type JobState = "done" | "unchanged" | "failed" | "skipped" | "cancelled";

export interface JobReport {
  readonly id: string;
  readonly kind: Job["kind"];
  readonly state: JobState;
  readonly stages: readonly string[];
  readonly backend: string;
  readonly encoder: string;
  readonly device: string;
  readonly gpu_accel: boolean;
  /** True when a GPU was tried and something else did the work in the end. */
  readonly gpu_fallback: boolean;
  /** Multiple of real time. */
  readonly speed: number;
  readonly wall_sec: number;
  readonly media_sec: number;
  readonly outputs: readonly OutputReport[];
  readonly attempts: readonly Attempt[];
  /** Why this job was run, or why it did not need to be. */
  readonly why: string;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly gains: readonly MeasuredGain[];
}

/** What a measure job found, and the gain that follows from it. */
export interface MeasuredGain {
  readonly name: string;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  readonly gainDb: number;
  /** How far the result stays below the target because of the peak limit. */
  readonly shortfallLu: number;
}

export interface Report {
  readonly version: 1;
  readonly run: string;
  readonly pipeline: string;
  readonly state: "done" | "failed" | "partial" | "cancelled";
  readonly started: string;
  readonly wall_sec: number;
  readonly ffmpeg: string;
  readonly accel: Accel;
  readonly jobs: readonly JobReport[];
  readonly warnings: readonly Warning[];
}

/** Everything a person or a machine can learn of a run, in order. Fields are only ever added. */
export type RunEvent = { readonly v: 1; readonly time: string; readonly run: string } & (
  | { readonly type: "run.started"; readonly pipeline: string; readonly jobs: number; readonly ffmpeg: string }
  | {
      readonly type: "job.started";
      readonly job: string;
      readonly kind: Job["kind"];
      readonly stages: readonly string[];
    }
  | {
      readonly type: "attempt.started";
      readonly job: string;
      readonly attempt: number;
      readonly backend: string;
      readonly encoder: string;
      readonly device: string;
    }
  | {
      readonly type: "progress";
      readonly job: string;
      readonly percent: number;
      readonly media_sec: number;
      readonly speed: number;
      readonly fps: number;
      readonly eta_sec: number;
      readonly backend: string;
      readonly encoder: string;
      readonly device: string;
    }
  | { readonly type: "measured"; readonly job: string; readonly gains: readonly MeasuredGain[] }
  | { readonly type: "attempt.ended"; readonly job: string; readonly attempt: number; readonly result: Attempt }
  | {
      readonly type: "fallback";
      readonly job: string;
      readonly from: string;
      readonly to: string;
      readonly code: string;
      readonly cause: string;
    }
  | { readonly type: "job.ended"; readonly job: string; readonly report: JobReport }
  | { readonly type: "warning"; readonly stage: string; readonly text: string }
  | { readonly type: "run.ended"; readonly report: Report }
);
