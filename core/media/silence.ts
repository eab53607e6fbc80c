import type { MediaInfo } from "../types.ts";
import { ownClock } from "./limits.ts";
import { formatSec } from "./time.ts";

/** Finds silences in the first audio track; decodes sound only. */
export function silenceArgs(
  info: Pick<MediaInfo, "path" | "startSec" | "audio">,
  { thresholdDb, leastSec }: { readonly thresholdDb: number; readonly leastSec: number },
): string[] {
  const stream = `0:${info.audio[0]?.index ?? "a:0"}`;
  const filter = `silencedetect=noise=${formatSec(thresholdDb)}dB:duration=${formatSec(leastSec)}`;
  const input = ["-hide_banner", "-nostats", "-nostdin", ...ownClock(info)];
  return [...input, "-vn", "-map", stream, "-af", filter, "-f", "null", "-"];
}

/** Start and end in seconds from the file's own start. ffmpeg 5.1 prints six digits in all: 10 ms past 1000 s. */
export function readSilences(stderr: string): [number, number][] {
  const spans = stderr.matchAll(/silence_start: (\S+)[^]*?silence_end: (\S+)/g);
  return [...spans].map(([, start, end]) => [Math.max(0, Number(start)), Number(end)]);
}
