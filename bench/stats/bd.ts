import { type Measured, notMeasured } from "../types.ts";
import { mean } from "./describe.ts";
import { type Interpolation, type Spline, spline } from "./spline.ts";

/** What one encode took, and how good it came out. Rate is anything above zero that quality costs: bits, seconds. */
export interface RatePoint {
  readonly rate: number;
  readonly quality: number;
}

export interface Bd {
  /** Rate against the anchor's at equal quality: -0.1 is 10 % fewer bits. */
  readonly change: number;
  /** The quality range it is the average over, and how much of the joint range both curves cover. */
  readonly from: number;
  readonly to: number;
  readonly overlap: number;
}

export interface BdOptions {
  readonly kind?: Interpolation;
  /** Above this quality the curve is flat and says nothing; 98 for VMAF. */
  readonly cap?: number;
}

/** Bjontegaard's delta: the average change of rate at equal quality, or why there is none. */
export function bdRate(
  anchor: readonly RatePoint[],
  test: readonly RatePoint[],
  { kind = "pchip", cap = Infinity }: BdOptions = {},
): Measured<Bd> {
  const [a, b] = [curveOf(anchor, kind), curveOf(test, kind)];
  if ("notMeasured" in a) return notMeasured(`the anchor's ${a.notMeasured}`);
  if ("notMeasured" in b) return notMeasured(`the test's ${b.notMeasured}`);
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to, cap)];
  if (!(to > from)) return notMeasured("the two curves share no range of quality");
  const joint = Math.min(Math.max(a.to, b.to), cap) - Math.min(a.from, b.from);
  const change = Math.expm1((b.integral(from, to) - a.integral(from, to)) / (to - from));
  return { change, from, to, overlap: (to - from) / joint };
}

/** The average change of quality at equal rate, in the metric's own units. */
export function bdQuality(
  anchor: readonly RatePoint[],
  test: readonly RatePoint[],
  { kind = "pchip" }: Pick<BdOptions, "kind"> = {},
): Measured {
  const [refusal] = [anchor, test].flatMap((points) => refusalOf(points) ?? []);
  if (refusal !== undefined) return notMeasured(`a ${refusal}`);
  const [a, b] = [anchor, test].map((points) => {
    const rising = points.toSorted((one, other) => one.rate - other.rate);
    const x = rising.map(({ rate }) => Math.log(rate));
    return spline(
      x,
      rising.map(({ quality }) => quality),
      kind,
    );
  }) as [Spline, Spline];
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
  if (!(to > from)) return notMeasured("the two curves share no range of rates");
  return (b.integral(from, to) - a.integral(from, to)) / (to - from);
}

/** What this much quality takes: bits, or seconds. */
export function rateAt(points: readonly RatePoint[], quality: number, kind: Interpolation = "pchip"): Measured {
  const curve = curveOf(points, kind);
  if ("notMeasured" in curve) return notMeasured(`the ${curve.notMeasured}`);
  if (quality < curve.from || quality > curve.to)
    return notMeasured(`it was measured from ${curve.from.toFixed(1)} to ${curve.to.toFixed(1)} only`);
  return Math.exp(curve.at(quality));
}

/** Changes over several clips: their logs are averaged, since +100 % and -50 % are as far from nothing. */
export function meanChange(changes: readonly number[]): number {
  return Math.expm1(mean(changes.map((change) => Math.log1p(change))));
}

/** Without the points at the top where more rate no longer buys quality. */
export function dropSaturated(points: readonly RatePoint[]): readonly RatePoint[] {
  const rising = points.toSorted((one, other) => one.rate - other.rate);
  const best = Math.max(...rising.map(({ quality }) => quality));
  return rising.slice(0, rising.findIndex(({ quality }) => quality === best) + 1);
}

function curveOf(points: readonly RatePoint[], kind: Interpolation): Measured<Spline> {
  const refusal = refusalOf(points);
  if (refusal !== undefined) return notMeasured(refusal);
  const rising = points.toSorted((one, other) => one.quality - other.quality);
  const y = rising.map(({ rate }) => Math.log(rate));
  return spline(
    rising.map(({ quality }) => quality),
    y,
    kind,
  );
}

function refusalOf(points: readonly RatePoint[]): string | undefined {
  if (points.length < 4) return `curve has ${points.length} points, and it takes 4`;
  if (points.some(({ rate }) => !(rate > 0))) return "curve has a point without a rate";
  const rising = points.toSorted((one, other) => one.quality - other.quality);
  const falls = rising.slice(1).some((point, nth) => {
    const before = rising[nth];
    return before !== undefined && !(point.quality > before.quality && point.rate > before.rate);
  });
  return falls ? "curve falls where more rate should buy more quality" : undefined;
}
