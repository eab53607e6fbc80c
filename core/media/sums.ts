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

/** Decodes a few pictures from a moment on, one sum of their pixels each. */
export function pictureSumArgs(
  info: Pick<MediaInfo, "path" | "leadSec" | "video">,
  { fromSec, count }: { readonly fromSec: number; readonly count: number },
): string[] {
  const seek = fromSec > 0 ? ["-ss", formatSec(fromSec + (info.leadSec ?? 0))] : [];
  const input = ["-v", "error", "-nostdin", ...seek, ...inputLimits, "-noautorotate", "-i", `file:${info.path}`];
  const output = ["-map", `0:${info.video?.index ?? "V:0"}`, "-fps_mode", "passthrough", "-frames:v", String(count)];
  return [...input, ...output, "-f", "framecrc", "-"];
}

export function readPictureSums(text: string): readonly string[] {
  return (readRows(text)[0]?.rows ?? []).map(({ sum }) => sum);
}
