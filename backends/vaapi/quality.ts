import type { Codec } from "vendue/backend";

/** Rows of equal quality, from nearly transparent to small, as x264 counts them. */
const x264 = [18, 20, 23, 26, 28];

/** QP and ICQ alike for h264 and hevc, up to 51; av1 and vp9 count to 255. */
const scales: Readonly<Record<Codec, readonly number[]>> = {
  h264: [20, 22, 25, 28, 30],
  hevc: [21, 23, 26, 29, 31],
  av1: [80, 95, 115, 135, 150],
  vp9: [75, 85, 95, 110, 120],
};

/** This hardware's number for a picture as good as x264 makes at this crf. */
export function numberFor(crf: number, codec: Codec): number {
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
