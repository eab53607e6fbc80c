import type { Codec, Encode } from "vendue/backend";

type Curve = readonly (readonly [number, number])[];

/** Our 0 to 100 on the crf scale of x264. */
const crfOfQuality: Curve = [
  [0, 40],
  [70, 23],
  [100, 14],
];

/** The x264 crf that looks like a crf of each codec's usual software encoder. */
const x264OfCrf: Readonly<Record<Codec, Curve>> = {
  h264: [
    [0, 0],
    [51, 51],
  ],
  hevc: [
    [16, 18],
    [18, 20],
    [22, 23],
    [26, 26],
    [28.5, 28],
  ],
  av1: [
    [15.5, 18],
    [19, 20],
    [30, 23],
    [41.5, 26],
    [48, 28],
  ],
  vp9: [
    [19.5, 18],
    [23.5, 20],
    [28.5, 23],
    [34, 26],
    [38, 28],
  ],
};

/** Bits against h264 for the same picture. */
const shares: Readonly<Record<Codec, number>> = { h264: 1, hevc: 0.7, av1: 0.6, vp9: 0.7 };

/** What these encoders need on top of a good software encoder. */
const surcharge = 1.3;

/**
 * The bitrate that stands in for a quality: 0.09 bits per pixel for x264 at crf 23 and 480p, fewer for larger
 * pictures, half for every 5.5 crf.
 */
export function estimateKbps({ rate, codec, width, height, fps }: Encode): number {
  if (rate.kind === "bitrate") return rate.kbps;
  const crf = rate.kind === "quality" ? along(crfOfQuality, rate.quality) : along(x264OfCrf[codec], rate.crf);
  const pixels = width * height;
  const bitsPerPixel = 0.09 * (pixels / 409_920) ** -0.3 * 2 ** ((23 - crf) / 5.5);
  const bitsPerSec = ((pixels * fps.num) / fps.den) * bitsPerPixel * shares[codec] * surcharge;
  return Math.max(100, Math.round(bitsPerSec / 1000));
}

/** Straight lines between the points, and on beyond the ends. */
function along(curve: Curve, x: number): number {
  const next = curve.findIndex(([at], nth) => nth > 0 && x <= at);
  const [from, to] = next < 0 ? curve.slice(-2) : curve.slice(next - 1, next + 1);
  if (from === undefined || to === undefined) return x;
  return from[1] + ((x - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
}
