import type { Codec } from "vendue/backend";

/** Rows of equal quality, from nearly transparent to small, as x264 counts them. */
const x264 = [18, 20, 23, 26, 28];

/** ICQ counts from 1 to 51 for every codec. That of vp9 is a guess: nobody has measured it. */
const icq: Readonly<Record<Codec, readonly number[]>> = {
  h264: [20, 22, 25, 28, 30],
  hevc: [21, 23, 26, 29, 31],
  av1: [17, 19, 22, 26, 28],
  vp9: [21, 23, 26, 29, 31],
};

/** The QP of av1 counts to 255 instead. */
const av1Qp = [80, 95, 115, 135, 150];

/** This hardware's number for a picture as good as x264 makes at this crf. */
export function numberFor(crf: number, codec: Codec, mode: "ICQ" | "CQP"): number {
  const [scale, most] = mode === "CQP" && codec === "av1" ? [av1Qp, 255] : [icq[codec], 51];
  return Math.round(Math.min(most, Math.max(1, interpolate(crf, x264, scale))));
}

/** Straight lines between the anchors, and on past both ends. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const past = xs.findIndex((at) => at >= x);
  const nth = Math.min(Math.max(past < 0 ? xs.length - 1 : past, 1), xs.length - 1);
  const [x0 = 0, x1 = 1] = xs.slice(nth - 1);
  const [y0 = 0, y1 = 1] = ys.slice(nth - 1);
  return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
}
