import type { ArgParts, Bid, Codec, FfmpegBuild, Pass, Platform, Probe, Surface, Filter, Task } from "../types.ts";

/** What a backend asks to be allowed to touch while probing. Empty is the common case. */
export interface Permissions {
  /** Paths, or folders with everything below them. */
  readonly read?: readonly string[];
  /** Names of environment variables. */
  readonly env?: readonly string[];
  /** Vendor tools it may ask, by name: nvidia-smi, vainfo. */
  readonly run?: readonly string[];
}

export type Trial = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly line: string };

/** What a trial encodes: one generated second unless told otherwise. */
export interface TrialShape {
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  readonly pixelFormat?: string;
  /** Decodes a clip of this kind with the parts' own `decode`, rather than taking generated frames. */
  readonly source?: { readonly codec: Codec; readonly bitDepth: 8 | 10 };
}

/** What a vendor's tool said. Missing, failing and hanging are all just `ok: false`. */
export interface ToolAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** Everything a probe can reach. There is no spawn, no fs and no process here. */
export interface ProbeContext {
  readonly ffmpeg: FfmpegBuild;
  readonly platform: Platform;
  readonly signal: AbortSignal;
  /**
   * Encodes generated frames with these parts: the only honest test of hardware. The frames are counted, and of
   * devices the picture is decoded on the CPU and compared, since a green one ends with zero as well.
   */
  tryEncode(parts: ArgParts, shape?: TrialShape): Promise<Trial>;
  /** The options this ffmpeg build has for an encoder, without the dash. */
  encoderOptions(encoder: string): Promise<readonly string[]>;
  /** Needs `read`. */
  exists(path: string): Promise<boolean>;
  /** Needs `env`. */
  env(name: string): string | undefined;
  /** Asks a vendor's tool; needs `run`. It is given four seconds. */
  ask(program: string, args: readonly string[]): Promise<ToolAnswer>;
}

/** Where a backend's filters keep their frames, and how frames get on and off it. */
export interface SurfaceInfo {
  readonly name: Surface;
  readonly upload: readonly Filter[];
  readonly download: readonly Filter[];
  /** For ten-bit frames, where the plain download would not do. */
  readonly download10?: readonly Filter[];
}

/**
 * A plugin that bids for stages and builds its share of the arguments.
 *
 * Core asks `probe` once per survey, `score` for every task, and `buildArgs` for every chain of ops that it
 * won. The last two are pure: the same question gets the same answer.
 */
export interface Backend<Facts = unknown> {
  readonly name: string;
  readonly api: 1;
  /** False for software; true (the default) means `accel: off` leaves it out. */
  readonly accel?: boolean;
  readonly needs?: Permissions;
  readonly surface?: SurfaceInfo;
  /** Looks at the machine. Its answer is cached, so facts must be JSON. */
  probe(ctx: ProbeContext): Promise<Probe<Facts>>;
  score(task: Task, facts: Facts): Bid | Pass;
  buildArgs(task: Task, facts: Facts): ArgParts;
}

/** What a backend module exports by default. */
export type BackendFactory<Options = Readonly<Record<string, unknown>>, Facts = unknown> = (
  options?: Options,
) => Backend<Facts>;
