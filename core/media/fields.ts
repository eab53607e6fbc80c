import type { MediaInfo, VideoInfo } from "../types.ts";
import { inputLimits } from "./limits.ts";
import { formatSec } from "./time.ts";

type Fields = VideoInfo["interlaced"];

/** Codecs that hold whole pictures only. */
const neverInterlaced = /^(?:vp8|vp9|av1|gif|apng|png|webp|theora)$/;

/** Whether only a look at the frames can tell: nothing is said, or interlacing is, which is often wrong. */
export function doubtsFields({ codec, interlaced }: VideoInfo): boolean {
  return !neverInterlaced.test(codec) && interlaced !== "progressive";
}

/** Where to look: three places of a file, and fewer frames the larger they are. */
const places = [0.1, 0.45, 0.8];
const pixelsPerPlace = 60e6;

/** Looks at some frames of each place, for lines of a picture that belong to two moments. */
export function fieldArgs({ path, video, durationSec }: MediaInfo): readonly (readonly string[])[] {
  const { index = 0, width = 1, height = 1 } = video ?? {};
  const frames = Math.min(60, Math.max(12, Math.round(pixelsPerPlace / (width * height))));
  const short = durationSec < 12;
  return (short ? [0] : places).map((place) => [
    ...["-hide_banner", "-nostdin", "-nostats", ...inputLimits],
    ...(place > 0 ? ["-ss", formatSec(durationSec * place)] : []),
    ...["-noautorotate", "-i", `file:${path}`, "-map", `0:${index}`],
    ...["-frames:v", String(short ? 2 * frames : frames), "-vf", "idet", "-f", "null", "-"],
  ]);
}

/**
 * What the frames are, from what `idet` counted: one order has to stand out, since fine patterns look combed either
 * way. Undefined where nothing moves, or nothing stands out.
 */
export function readFields(outputs: readonly string[]): Fields | undefined {
  // Newer releases print a line for a graph that saw nothing, too.
  const lines = outputs.flatMap((output) => [
    ...output.matchAll(/Multi frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+)/g),
  ]);
  const count = (nth: number) => lines.reduce((sum, line) => sum + Number(line[nth]), 0);
  const [top, bottom, whole] = [count(1), count(2), count(3)];
  const all = top + bottom + whole;
  if (all < 5) return undefined;
  if (whole > 0.9 * all) return "progressive";
  if (Math.max(top, bottom) < 0.5 * all || Math.min(top, bottom) > 0.1 * (top + bottom)) return undefined;
  return top > bottom ? "top-first" : "bottom-first";
}

/** The frames outrank the flags, and are remembered beside them where they differ. */
export function settleFields(info: MediaInfo, seen: Fields | undefined): MediaInfo {
  const { video } = info;
  if (video === undefined || seen === undefined || seen === video.interlaced) return info;
  return { ...info, video: { ...video, interlaced: seen, flagged: video.interlaced } };
}
