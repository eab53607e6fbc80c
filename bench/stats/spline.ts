/** A smooth curve through points: its value, and the exact area below it. */
export interface Spline {
  readonly from: number;
  readonly to: number;
  at(x: number): number;
  integral(from: number, to: number): number;
}

export type Interpolation = "pchip" | "akima";

/** A cubic Hermite curve through points in the order of x. PCHIP never overshoots, Akima bends a little more. */
export function spline(x: readonly number[], y: readonly number[], kind: Interpolation): Spline {
  const slopes = kind === "akima" && x.length > 2 ? akimaSlopes(x, y) : pchipSlopes(x, y);
  const pieces = x.slice(1).map((end, nth) => piece(x, y, slopes, nth, end));
  const [first, last] = [x[0] ?? NaN, x.at(-1) ?? NaN];
  return {
    from: first,
    to: last,
    at: (value) => (pieces.find(({ end }) => value <= end) ?? pieces.at(-1))?.at(value) ?? NaN,
    integral: (from, to) =>
      pieces.reduce((sum, { start, end, primitive }) => {
        const [low, high] = [Math.max(from, start), Math.min(to, end)];
        return high > low ? sum + primitive(high) - primitive(low) : sum;
      }, 0),
  };
}

function piece(x: readonly number[], y: readonly number[], slopes: readonly number[], nth: number, end: number) {
  const start = x[nth] ?? NaN;
  const width = end - start;
  const [a = NaN, b = NaN] = y.slice(nth, nth + 2);
  const [slopeA = NaN, slopeB = NaN] = slopes.slice(nth, nth + 2).map((slope) => slope * width);
  // In t from 0 to 1: a + slopeA t + c t^2 + d t^3.
  const c = 3 * (b - a) - 2 * slopeA - slopeB;
  const d = 2 * (a - b) + slopeA + slopeB;
  return {
    start,
    end,
    at(value: number) {
      const t = (value - start) / width;
      return a + t * (slopeA + t * (c + t * d));
    },
    primitive(value: number) {
      const t = (value - start) / width;
      return width * t * (a + t * (slopeA / 2 + t * (c / 3 + (t * d) / 4)));
    },
  };
}

/** Fritsch and Carlson's slopes with three-point ends, as in scipy's PchipInterpolator. */
function pchipSlopes(x: readonly number[], y: readonly number[]): readonly number[] {
  const steps = x.slice(1).map((value, nth) => value - (x[nth] ?? 0));
  const rises = steps.map((step, nth) => ((y[nth + 1] ?? 0) - (y[nth] ?? 0)) / step);
  const [h0 = NaN, h1 = h0] = steps;
  const [d0 = NaN, d1 = d0] = rises;
  if (rises.length === 1) return [d0, d0];
  const inner = rises.slice(1).map((after, nth) => {
    const before = rises[nth] ?? 0;
    if (before * after <= 0) return 0;
    const [left, right] = [steps[nth] ?? 0, steps[nth + 1] ?? 0];
    const [w1, w2] = [2 * right + left, right + 2 * left];
    return (w1 + w2) / (w1 / before + w2 / after);
  });
  const [hn = NaN, hm = hn] = steps.toReversed();
  const [dn = NaN, dm = dn] = rises.toReversed();
  return [pchipEnd(h0, h1, d0, d1), ...inner, pchipEnd(hn, hm, dn, dm)];
}

function pchipEnd(h0: number, h1: number, d0: number, d1: number): number {
  const slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
  if (Math.sign(slope) !== Math.sign(d0)) return 0;
  return Math.sign(d0) !== Math.sign(d1) && Math.abs(slope) > 3 * Math.abs(d0) ? 3 * d0 : slope;
}

/** Akima's slopes of 1970, the ends extended as in scipy's Akima1DInterpolator. */
function akimaSlopes(x: readonly number[], y: readonly number[]): readonly number[] {
  const rises = x.slice(1).map((value, nth) => ((y[nth + 1] ?? 0) - (y[nth] ?? 0)) / (value - (x[nth] ?? 0)));
  const [a = NaN, b = a] = rises;
  const [z = NaN, w = z] = rises.toReversed();
  const rise = [3 * a - 2 * b, 2 * a - b, ...rises, 2 * z - w, 3 * z - 2 * w];
  const bends = rise.slice(1).map((after, nth) => Math.abs(after - (rise[nth] ?? 0)));
  const sums = x.map((_, nth) => (bends[nth] ?? 0) + (bends[nth + 2] ?? 0));
  const largest = Math.max(...sums);
  return sums.map((sum, nth) => {
    const at = (offset: number) => rise[nth + offset] ?? 0;
    if (sum <= 1e-9 * largest) return (at(3) + at(0)) / 2;
    return ((bends[nth + 2] ?? 0) * at(1) + (bends[nth] ?? 0) * at(2)) / sum;
  });
}
