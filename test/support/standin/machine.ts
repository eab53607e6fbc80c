/** A machine whose devices behave as written, for the stand-in. All of it is JSON. */
export interface Machine {
  readonly devices: readonly Device[];
  /** What its ffmpeg lists besides what the real one does. */
  readonly filters?: readonly string[];
  readonly hwaccels?: readonly string[];
}

export interface Device {
  /** As a command names it: the value of `-gpu`, or the end of what `-init_hw_device` opens. */
  readonly id: string;
  readonly encoders: readonly string[];
  /** How many processes it takes at once; absent means any number. */
  readonly sessions?: number;
  /** The first that fits a call is played; where none does, the encoder works. */
  readonly behaviours?: readonly Behaviour[];
}

/** A probe makes its own pictures, a trial is half a second of a job, a job is the real thing. */
export type Role = "probe" | "trial" | "job";

export interface Behaviour {
  readonly name?: string;
  /** Left out: trials and jobs. */
  readonly on?: readonly Role[];
  /** Patterns over all arguments: every one of these, and not that one. */
  readonly when?: readonly string[];
  readonly unless?: string;
  /** Holds from this call of the device on, counted from one, and until before that one. */
  readonly from?: number;
  readonly until?: number;
  /** Holds for so many calls that fit, and no longer. */
  readonly times?: number;

  /** A sample of test/ffmpeg/stderr, or words of its own; either means failure unless `exit` says otherwise. */
  readonly says?: string;
  readonly stderr?: string;
  readonly exit?: number;
  readonly delayMs?: number;
  /** Progress reports before anything else happens. */
  readonly after?: number;
  /** Says nothing more, and stays. */
  readonly stalls?: true;
  /** Does not hear a polite signal. */
  readonly deaf?: true;
  readonly signal?: "SEGV" | "ABRT" | "BUS" | "KILL";
  /** What comes out although the exit code is zero. */
  readonly wrong?: "nothing" | "empty" | "truncated" | "short" | "green";
}

/** One line of the stand-in's log. */
export interface Call {
  readonly role: Role;
  readonly encoder: string;
  readonly id: string;
  readonly nth: number;
  /** The behaviour's name, `works`, or `full`. */
  readonly plays: string;
  readonly pid: number;
  readonly args: readonly string[];
}
