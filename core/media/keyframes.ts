import type { MediaInfo } from "../types.ts";
import { ownClock } from "./limits.ts";
import { readListing } from "./listing.ts";
import { roundUs } from "./time.ts";

/** Lists the keyframes of the picture without decoding; needs ffmpeg 5.0 for the `drop` of its noise filter. */
export function keyframeArgs(info: Pick<MediaInfo, "path" | "startSec" | "video">): string[] {
  const input = ["-v", "error", "-nostdin", ...ownClock(info), "-map", `0:${info.video?.index ?? "V:0"}`];
  return [...input, "-c", "copy", "-bsf:v", "noise=drop='not(key)'", "-f", "framecrc", "-"];
}

/** Seconds from the file's own start. Keyframes that an edit list hides are not among them. */
export function readKeyframes(text: string): number[] {
  return readListing(text)
    .slice(0, 1)
    .flatMap(({ tickSec, packets }) => packets.map(({ time }) => roundUs(time * tickSec)));
}
