import type { ErrorCode } from "../errors.ts";
import type { MediaInfo } from "../types.ts";

/** What is known of a file before ffmpeg looks at it. */
export interface FileFacts {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
}

/** A file that cannot be used, and what to do about it. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly code: ErrorCode;
  readonly reason: string;
  readonly hint: string;
}

export function isUnreadable(value: MediaInfo | Unreadable): value is Unreadable {
  return "kind" in value;
}

export function unreadable(code: ErrorCode, reason: string, hint: string): Unreadable {
  return { kind: "unreadable", code, reason, hint };
}

/** Finds in ffmpeg's words why it would not open a file. */
export function explain(words: string, { path, sizeBytes }: FileFacts): Unreadable {
  const lines = words.replaceAll(path, "").split(/\r?\n/).filter(Boolean);
  for (const [pattern, code, hint] of CAUSES) {
    const line = lines.find((each) => pattern.test(each));
    if (line === undefined) continue;
    const empty = code === "INPUT_CORRUPT" && sizeBytes === 0;
    return unreadable(code, empty ? "The file is empty" : plain(line), empty ? "copy or record it again" : hint);
  }
  return unreadable("UNKNOWN", plain(lines.at(-1) ?? "ffmpeg said nothing"), "run ffmpeg -i on the file to see more");
}

const MEDIA_ONLY = "give a media file; playlists, subtitle files and devices are not opened";

/** In order of how much each says: the general words come along with the telling ones. */
const CAUSES: readonly (readonly [RegExp, ErrorCode, string])[] = [
  [/Codec \(.*\) not on whitelist/, "INPUT_REFUSED", "convert it elsewhere first, or allow it: allow_codecs"],
  [/not on whitelist/, "INPUT_REFUSED", MEDIA_ONLY],
  [/moov atom not found/, "INPUT_CORRUPT", "its end is missing, or it is no video file; copy it again"],
  [/No such file or directory/, "INPUT_MISSING", "check the path"],
  [/Permission denied/, "INPUT_MISSING", "let this user read the file"],
  [/Is a directory/, "INPUT_REFUSED", "name a file, or a pattern such as folder/*.mp4"],
  [/ended prematurely/, "INPUT_CORRUPT", "the file was cut off; copy or record it again"],
  [/Invalid data found|End of file|Input\/output error/, "INPUT_CORRUPT", "it is damaged or not a media file"],
  [/Invalid argument/, "INPUT_REFUSED", MEDIA_ONLY],
];

/** Without the "[mov,mp4 @ 0x55...]" in front. A refused format may be called an invalid argument. */
function plain(line: string): string {
  const [, name = "", text = line] = /^\[(.+?) @ [^\]]*\] (.*)$/.exec(line) ?? [];
  const [, codec] = /^Codec \((\S+)\) not on whitelist/.exec(text) ?? [];
  if (codec !== undefined) return `Codec ${codec} is not on the list of codecs`;
  if (text.includes("not on whitelist")) return `Format ${name} is not on the list of media formats`;
  if (text === "Invalid argument") return "Its format is not on the list of media formats";
  return text.replace(/^(?:file)?:+ */, "").replace(/^Error opening input(?: files)?: /, "");
}
