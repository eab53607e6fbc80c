import type { Codec } from "vendue/backend";

/** Rows of equal quality, from nearly transparent to small, as x264 counts them. */
const x264 = [18, 20, 23, 26, 28];

const cq: Readonly<Record<string, readonly number[]>> = {
  h264: [21, 23, 26, 29, 31],
  hevc: [22, 24, 27, 30, 33],
  av1: [28, 31, 35, 40, 43],
};

/** NVENC's number for a picture as good as x264 makes at this crf. */
export function cqFor(crf: number, codec: Codec, most: number): number {
  return Math.round(Math.min(most, Math.max(1, interpolate(crf, x264, cq[codec] ?? x264))));
}

/** Straight lines between the anchors, and on past both ends. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const past = xs.findIndex((at) => at >= x);
  const nth = Math.min(Math.max(past < 0 ? xs.length - 1 : past, 1), xs.length - 1);
  const [x0 = 0, x1 = 1] = xs.slice(nth - 1);
  const [y0 = 0, y1 = 1] = ys.slice(nth - 1);
  return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
}
