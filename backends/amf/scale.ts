import type { Codec, Encode } from "vendue/backend";

type Curve = readonly (readonly [number, number])[];
type Quality = Exclude<Encode["rate"], { kind: "bitrate" }>;

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
export function qpFor(
  { x264Crf }: Quality,
  codec: Codec,
): { readonly i: number; readonly p: number; readonly b: number } {
  const { top, step } = codec === "av1" ? { top: 255, step: 8 } : { top: 51, step: 2 };
  const limit = (qp: number) => Math.min(top, Math.max(1, Math.round(qp)));
  const i = limit(along(qpOfX264[codec] ?? [], x264Crf));
  return { i, p: limit(i + step), b: limit(i + 2 * step) };
}

/** Straight lines between the points, and on beyond the ends. */
function along(curve: Curve, x: number): number {
  const next = curve.findIndex(([at], nth) => nth > 0 && x <= at);
  const [from, to] = next < 0 ? curve.slice(-2) : curve.slice(next - 1, next + 1);
  if (from === undefined || to === undefined) return x;
  return from[1] + ((x - from[0]) / (to[0] - from[0])) * (to[1] - from[1]);
}
