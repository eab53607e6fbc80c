import type { Codec, Encode } from "vendue/backend";

/** Rows of equal quality, from nearly transparent to small, as x264 counts them. */
const x264 = [18, 20, 23, 26, 28];

/** The same rows on the scale a pipeline's `crf` is written in: that of each codec's own software encoder. */
const written: Readonly<Record<Codec, readonly number[]>> = {
  h264: x264,
  hevc: [16, 18, 22, 26, 28.5],
  av1: [15.5, 19, 30, 41.5, 48],
  vp9: [19.5, 23.5, 28.5, 34, 38],
};

/** QP and ICQ alike for h264 and hevc, up to 51; av1 and vp9 count to 255. */
const scales: Readonly<Record<Codec, readonly number[]>> = {
  h264: [20, 22, 25, 28, 30],
  hevc: [21, 23, 26, 29, 31],
  av1: [80, 95, 115, 135, 150],
  vp9: [75, 85, 95, 110, 120],
};

/** This hardware's number for a picture as good as asked. Quality 70 is crf 23 of x264, 100 is 14, 0 is 40. */
export function numberFor(rate: Exclude<Encode["rate"], { kind: "bitrate" }>, codec: Codec): number {
  const crf =
    rate.kind === "crf"
      ? interpolate(rate.crf, written[codec], x264)
      : interpolate(rate.quality, [0, 70, 100], [40, 23, 14]);
  const most = codec === "h264" || codec === "hevc" ? 51 : 255;
  return Math.round(Math.min(most, Math.max(1, interpolate(crf, x264, scales[codec]))));
}

/** Straight lines between the anchors, and on past both ends. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const past = xs.findIndex((at) => at >= x);
  const nth = Math.min(Math.max(past < 0 ? xs.length - 1 : past, 1), xs.length - 1);
  const [x0 = 0, x1 = 1] = xs.slice(nth - 1);
  const [y0 = 0, y1 = 1] = ys.slice(nth - 1);
  return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
}
