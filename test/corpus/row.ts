import type { Container, MediaInfo, Plan, Report } from "../../core/types.ts";

/** One hostile file, what is done to it, and what must come out. */
export interface Row {
  /** A few words, as the table in docs/media.md prints them: "rotated by 90 degrees". */
  readonly name: string;
  /** What it is called in its folder; the extension picks the container that ffmpeg writes. */
  readonly file: string;
  /** Arguments of the ffmpeg that makes it, without its path; or a function that makes it there in another way. */
  readonly make: readonly string[] | ((path: string) => Promise<void>);
  /** The `normalize` of its pipeline, as YAML. Left out: {@link usualNormalize}. */
  readonly normalize?: string;
  /** The `audio` of every export, as YAML. */
  readonly audio?: string;
  /** What every `export` says beside its output, such as `subtitles: drop`. */
  readonly exports?: string;
  /** Where it is cut, in seconds. Left out: 0.4 to 1.6. */
  readonly keep?: readonly [number, number];
  /** What the file normalized, cut and joined with a plain clip turns into, where that is not {@link usual}. */
  readonly joined?: Holds;
  /** The same for the whole file, normalized alone. Left out: it is not exported alone. */
  readonly whole?: Holds;
  /** Where one container differs; a key such as "whole mp4" speaks of one part alone. */
  readonly but?: Readonly<Partial<Record<Container | `${Made["part"]} ${Container}`, Holds>>>;
  /** Left out: every container. */
  readonly containers?: readonly Container[];
  /** What else must hold of each file; called once for each. */
  readonly check?: (made: Made) => void | Promise<void>;
  /** Set where nothing can come of it: the code, and the words that say why. */
  readonly refused?: { readonly code: string; readonly words: RegExp };
}

/** What is asserted of one output. Everything left out is as in {@link usual}. */
export interface Holds {
  readonly size?: string;
  readonly fps?: string;
  readonly frames?: number;
  readonly sec?: number;
  /** One text for each track: "48000 Hz stereo". */
  readonly sound?: readonly string[];
  /** One text for each track: "eng mov_text". */
  readonly subtitles?: readonly string[];
  /** One text for each chapter: "0.000 Opening". */
  readonly chapters?: readonly string[];
  readonly cover?: boolean;
  readonly attachments?: number;
  readonly data?: number;
  /** Tags that are there with this value; undefined means that they are not. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
  /** primaries/transfer/matrix/range, "-" for what the file leaves out. Left out: not looked at. */
  readonly color?: string;
  readonly pixels?: string;
  /** Words that the plan's warnings have to hold; left out: there must be none about this output's streams. */
  readonly warns?: readonly RegExp[];
}

/** One output as it lies on the disk, read again by our own reader. */
export interface Made {
  readonly row: Row;
  readonly part: "joined" | "whole";
  readonly container: Container;
  readonly path: string;
  readonly source: string;
  readonly info: MediaInfo;
  /** Frames that a decode of the whole file counted. */
  readonly frames: number;
  readonly plan: Plan;
  readonly report: Report;
}

export const usualNormalize = "{ video: { size: 160x90, fps: 25 }, audio: { sample_rate: 48000, channels: stereo } }";
export const usualKeep: readonly [number, number] = [0.4, 1.6];

/** Thirty frames of the file and thirty of a plain clip, or fifty of the file alone. */
export const usual = {
  joined: { size: "160x90", fps: "25/1", frames: 60, sec: 2.4, sound: ["48000 Hz stereo"] },
  whole: { size: "160x90", fps: "25/1", frames: 50, sec: 2, sound: ["48000 Hz stereo"] },
} as const satisfies Record<string, Holds>;

/** What must hold of one output: the usual, then the row's own words, then those about the container. */
export function expected(row: Row, part: Made["part"], container: Container): Holds {
  return { ...usual[part], ...row[part], ...row.but?.[container], ...row.but?.[`${part} ${container}`] };
}

export function partsOf({ whole, refused }: Row): readonly Made["part"][] {
  return refused ? [] : whole ? ["joined", "whole"] : ["joined"];
}
