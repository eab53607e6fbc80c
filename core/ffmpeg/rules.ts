import type { ErrorCode, Retry } from "../errors.ts";
import { deviceRules } from "./device_rules.ts";

/** What one kind of line on stderr means. */
export interface Rule {
  readonly name: string;
  /** The row of the failure catalogue it came from; its order is the order of trying. */
  readonly row: number;
  readonly says: RegExp;
  readonly code: ErrorCode;
  readonly retry: Retry;
  /** How long the device needs before the same is asked of it again. */
  readonly waitSec?: number;
  readonly hint?: string;
  /** Which side's path belongs into the hint. */
  readonly about?: "reads" | "writes";
  /** Holds only where a device takes part, or only where none does. */
  readonly accel?: boolean;
  /** The input may be to blame as well as the device; only decoding it on the CPU tells. */
  readonly ambiguous?: true;
}

/** Stands for a path of our own, so that no file name is ever taken for a message. */
export const mark = "\uFFFC";

const isMissing = { code: "INPUT_MISSING", retry: "never", about: "reads" } as const;
const isCorrupt = { code: "INPUT_CORRUPT", retry: "never", about: "reads" } as const;
const isUnwritable = { code: "OUTPUT_UNWRITABLE", retry: "never", about: "writes" } as const;
const isFull = { code: "DISK_FULL", retry: "never", about: "writes" } as const;
// Another backend would only hide the mistake.
const isRejected = { code: "ARGS_REJECTED", retry: "never" } as const;

// Up to 6.0 a file that cannot be opened is named by its path alone, after that by "Error opening".
const opening = `^(?:${mark}r\\d+${mark}|Error opening input(?: files)?): `;
const creating = `^(?:${mark}w\\d+${mark}|Error opening output (?!files:)\\S.*): `;

/** Inputs, outputs and our own arguments: what no other device can mend. They come first. */
const fileRules: readonly Rule[] = [
  {
    ...isMissing,
    name: "input-missing",
    row: 1,
    says: new RegExp(`${opening}No such file`),
    hint: "check that the input still exists",
  },
  {
    ...isMissing,
    name: "input-folder",
    row: 1,
    says: new RegExp(`${opening}Is a directory`),
    hint: "name a file, not a folder",
  },
  {
    ...isMissing,
    name: "input-denied",
    row: 1,
    says: new RegExp(`${opening}Permission denied`),
    hint: "let this user read the input",
  },
  {
    ...isCorrupt,
    name: "input-refused",
    row: 1,
    says: /^Format not on whitelist/,
    code: "INPUT_REFUSED",
    hint: "playlists and other files that point to files are not read; give the media file itself",
  },
  {
    ...isCorrupt,
    name: "input-corrupt",
    row: 1,
    says: new RegExp(`moov atom not found|${opening}Invalid data found`),
    hint: "the input is damaged, cut short or no video; copy or export it again",
  },
  {
    ...isCorrupt,
    name: "stream-missing",
    row: 1,
    says: /matches no streams|does not contain any stream/,
    hint: "the input lacks a stream that was planned for; plan again",
  },
  {
    ...isFull,
    name: "disk-full",
    row: 2,
    says: /No space left on device|Disk quota exceeded/,
    hint: "free some space, or write the output to another disk",
  },
  {
    ...isFull,
    name: "file-limit",
    row: 2,
    says: /: File too large/,
    hint: "the file system or a limit of this user does not take a file this large",
  },
  {
    ...isUnwritable,
    name: "output-readonly",
    row: 2,
    says: /Read-only file system/,
    hint: "write the output to another disk",
  },
  {
    ...isUnwritable,
    name: "output-unwritable",
    row: 2,
    says: new RegExp(
      `${creating}(?:No such file|Permission denied|Is a directory|Not a directory|Operation not permitted)|Error (?:writing trailer|closing file)`,
    ),
    hint: "check that the folder of the output exists and that this user may write to it",
  },
];

const argumentRules: readonly Rule[] = [
  {
    ...isRejected,
    name: "argument",
    row: 3,
    says: /Unrecognized option|No such filter|No option name near|Error parsing (?:a )?filter|Error applying option|Option '.*' not found|Unable to parse option value|Error setting option|out of range \[|Error setting preset|Cannot parse expression|Mismatched '/,
    hint: "an argument of this backend does not fit this ffmpeg; please report it",
  },
  {
    name: "not-in-build",
    row: 4,
    says: /Unknown encoder '|Unknown decoder '|unknown device type|Device creation failed: -12\./,
    code: "ENCODER_MISSING",
    retry: "next-bid",
    hint: "this ffmpeg was built without it; use another build",
  },
];

/** Tried in this order; the first that fits any line wins. */
export const rules: readonly Rule[] = [...fileRules, ...argumentRules, ...deviceRules];
