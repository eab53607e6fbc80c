import type { Codec, EncodeRate, Rate, Rational } from "../types.ts";

/** Rows of equal quality, from nearly transparent to small, as x264 counts them. */
const x264 = [18, 20, 23, 26, 28];

/** The same rows on the scale a `crf` is written in: that of each codec's own software encoder. */
const written: Readonly<Record<Codec, readonly number[]>> = {
  h264: x264,
  hevc: [16, 18, 22, 26, 28.5],
  av1: [15.5, 19, 30, 41.5, 48],
  vp9: [19.5, 23.5, 28.5, 34, 38],
};

/** Bits against h264 for the same picture. */
const shares: Readonly<Record<Codec, number>> = { h264: 1, hevc: 0.7, av1: 0.6, vp9: 0.7 };

/** What is encoded, as far as bits depend on it. */
export interface Encoded {
  readonly codec: Codec;
  readonly width: number;
  readonly height: number;
  readonly fps: Rational;
}

/**
 * A rate with what it comes to on scales that hardware can be told. Quality 70 is crf 23 of x264, 100 is 14 and 0 is
 * 40; at crf 23 and 480p x264 spends 0.09 bits per pixel, fewer for larger pictures, and half for every 5.5 crf.
 */
export function comesTo(rate: Exclude<Rate, { kind: "size" }>, { codec, width, height, fps }: Encoded): EncodeRate {
  if (rate.kind === "bitrate") return rate;
  const x264Crf =
    rate.kind === "crf"
      ? along(rate.crf, { from: written[codec], to: x264 })
      : along(rate.quality, { from: [0, 70, 100], to: [40, 23, 14] });
  const pixels = width * height;
  const bitsPerPixel = 0.09 * (pixels / 409_920) ** -0.3 * 2 ** ((23 - x264Crf) / 5.5) * shares[codec];
  const kbps = Math.max(100, Math.round((((pixels * fps.num) / fps.den) * bitsPerPixel) / 1000));
  return { ...rate, x264Crf, kbps };
}

/** Straight lines between the anchors, and on past both ends. */
export function along(
  at: number,
  { from, to }: { readonly from: readonly number[]; readonly to: readonly number[] },
): number {
  const past = from.findIndex((anchor) => anchor >= at);
  const nth = Math.min(Math.max(past < 0 ? from.length - 1 : past, 1), from.length - 1);
  const [x0 = 0, x1 = 1] = from.slice(nth - 1);
  const [y0 = 0, y1 = 1] = to.slice(nth - 1);
  return y0 + ((at - x0) * (y1 - y0)) / (x1 - x0);
}
