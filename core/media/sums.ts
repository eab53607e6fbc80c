import type { MediaInfo } from "../types.ts";
import { inputLimits, ownClock } from "./limits.ts";
import { readRows } from "./listing.ts";
import { units } from "./pictures.ts";
import { formatSec } from "./time.ts";

/**
 * Lists the packets of a picture between two moments as sums of their bytes, in the order of decoding. What
 * stands beside the pictures, and the way units are told apart, are left out: a container may choose both.
 */
export function packetSumArgs(
  info: Pick<MediaInfo, "path" | "startSec" | "video">,
  { fromSec, toSec }: { readonly fromSec: number; readonly toSec: number },
): string[] {
  const { codec = "", index } = info.video ?? {};
  const found = units[codec];
  const plain = found ? ["-bsf:v", `${codec}_mp4toannexb,filter_units=pass_types=${found.pictures}`] : [];
  const range = ["-copyinkf", "-to", formatSec(toSec + seekSlackSec)];
  const input = ["-v", "error", "-nostdin", ...ownClock(info, Math.max(0, fromSec - seekSlackSec))];
  return [...input, "-map", `0:${index ?? "V:0"}`, "-c", "copy", ...plain, ...range, "-f", "framecrc", "-"];
}

/** Decoding runs ahead of showing by less than this. */
const seekSlackSec = 2;

/** Reads what {@link packetSumArgs} asks for: only what is shown between the two moments. */
export function readPacketSums(
  text: string,
  { fromSec, toSec }: { readonly fromSec: number; readonly toSec: number },
): readonly string[] {
  const [all] = readRows(text);
  const { tickSec = 1, rows = [] } = all ?? {};
  return rows
    .filter(({ time, discarded }) => !discarded && time * tickSec >= fromSec && time * tickSec < toSec)
    .map(({ sizeBytes, sum }) => `${sizeBytes} ${sum}`);
}

/** A few pictures of a file, from a moment on. */
export interface Glance {
  readonly info: Pick<MediaInfo, "path" | "leadSec" | "video">;
  readonly fromSec: number;
  readonly count: number;
}

/** Decodes the pictures of several glances in one process, one sum of their pixels each. */
export function pictureSumArgs(glances: readonly Glance[]): string[] {
  const inputs = glances.flatMap(({ info, fromSec }) => {
    const seek = fromSec > 0 ? ["-ss", formatSec(fromSec + (info.leadSec ?? 0))] : [];
    // Every thread of a decoder holds pictures of its own.
    return [...seek, ...inputLimits, "-noautorotate", "-threads", "2", "-i", `file:${info.path}`];
  });
  const outputs = glances.flatMap(({ info, count }, nth) => [
    // Up to 5.1 a stream that reaches its -frames ends all others of its file.
    ...["-map", `${nth}:${info.video?.index ?? "V:0"}`, `-filter:v:${nth}`, `trim=end_frame=${count}`],
  ]);
  return ["-v", "error", "-nostdin", ...inputs, ...outputs, "-fps_mode", "passthrough", "-f", "framecrc", "-"];
}

/** Reads what {@link pictureSumArgs} asks for, glance by glance. */
export function readPictureSums(text: string): readonly (readonly string[])[] {
  return readRows(text).map(({ rows }) => rows.map(({ sum }) => sum));
}
