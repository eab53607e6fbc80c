import type { Codec, Encode } from "vendue/backend";

type Curve = readonly (readonly [number, number])[];
type Quality = Exclude<Encode["rate"], { kind: "bitrate" }>;

/** Our 0 to 100 on the crf scale of x264. */
const crfOfQuality: Curve = [
  [0, 40],
  [70, 23],
  [100, 14],
];

/** The crf of each codec's usual software encoder, at the crf where x264 looks the same. */
const crfOfX264: Readonly<Record<Codec, Curve>> = {
  h264: [
    [0, 0],
    [51, 51],
  ],
  hevc: [
    [18, 16],
    [20, 18],
    [23, 22],
    [26, 26],
    [28, 28.5],
  ],
  av1: [
    [18, 15.5],
    [20, 19],
    [23, 30],
    [26, 41.5],
    [28, 48],
  ],
  vp9: [
    [18, 19.5],
    [20, 23.5],
    [23, 28.5],
    [26, 34],
    [28, 38],
  ],
};

/** The I-frame quantizer that looks like an x264 crf. */
const qpOfX264: Readonly<Partial<Record<Codec, Curve>>> = {
  h264: [
    [18, 20],
    [20, 22],
    [23, 25],
    [26, 28],
    [28, 30],
  ],
  hevc: [
    [18, 21],
    [20, 23],
    [23, 26],
    [26, 29],
    [28, 31],
  ],
  av1: [
    [18, 80],
    [20, 95],
    [23, 115],
    [26, 135],
    [28, 150],
  ],
};

/** Constant quantizers: 0 to 51, or 0 to 255 for av1, where a step is four times finer. */
export function qpFor(rate: Quality, codec: Codec): { readonly i: number; readonly p: number; readonly b: number } {
  const { top, step } = codec === "av1" ? { top: 255, step: 8 } : { top: 51, step: 2 };
  const limit = (qp: number) => Math.min(top, Math.max(1, Math.round(qp)));
  const i = limit(along(qpOfX264[codec] ?? [], x264Crf(rate, codec)));
  return { i, p: limit(i + step), b: limit(i + 2 * step) };
}

/** What x264 would spend at this quality; bits per pixel fall with size, and halve every 5.5 crf. */
export function estimateKbps({ rate, codec, width, height, fps }: Encode): number {
  if (rate.kind === "bitrate") return rate.kbps;
  const pixels = width * height;
  const bitsPerPixel = 0.09 * (pixels / 409_920) ** -0.3;
  const share = { h264: 1, hevc: 0.7, av1: 0.6, vp9: 0.7 }[codec];
  const bitsPerSec = ((pixels * fps.num) / fps.den) * bitsPerPixel * share * 2 ** ((23 - x264Crf(rate, codec)) / 5.5);
  return Math.max(100, Math.round(bitsPerSec / 1000));
}

function x264Crf(rate: Quality, codec: Codec): number {
  if (rate.kind === "quality") return along(crfOfQuality, rate.quality);
  return along(
    crfOfX264[codec].map(([x264, crf]) => [crf, x264] as const),
    rate.crf,
  );
}

/** Straight lines between the points, and on beyond the ends. */
function along(curve: Curve, x: number): number {
  const next = curve.findIndex(([at], nth) => nth > 0 && x <= at);
  const [from, to] = next < 0 ? curve.slice(-2) : curve.slice(next - 1, next + 1);
  if (from === undefined || to === undefined) return x;
  return from[1] + ((x - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
}
