import { bdRate, median } from "../stats/mod.ts";
import { type BenchResult, type CaseResult, isMeasured, type Measured, type Planes, type Scores } from "../types.ts";
import { percent } from "../verdict/mod.ts";
import type { BudgetName } from "./form.ts";
import { type Found, missing } from "./found.ts";

export interface Held {
  readonly one: CaseResult;
  readonly limit: number;
  readonly result: BenchResult;
}

/** Budgets that are about one case at a time. A case that is a reference itself has nothing to be held against. */
export const caseChecks: Partial<Readonly<Record<BudgetName, (held: Held) => Found | undefined>>> = {
  vmaf_within: (held) => below(held, "points", ({ vmaf }) => mapped(vmaf, ({ mean }) => mean)),
  p5_within: (held) => below(held, "points", ({ vmaf }) => mapped(vmaf, ({ p5 }) => p5)),
  chroma_within: (held) => below(held, "dB", ({ psnr }) => mapped(psnr, ({ cb, cr }) => Math.min(cb, cr))),
  luma_within: (held) => {
    const { scores } = held.one;
    // VMAF says it better where there is one.
    if (isMeasured(scores) && isMeasured(scores.vmaf)) return undefined;
    const bySsim = below(held, "dB", ({ ssimDb }) => ssimDb);
    return bySsim?.state === "not measured" ? below(held, "dB", ({ psnr }) => mapped(psnr, ({ y }) => y)) : bySsim;
  },
  shift_within: ({ one: { scores }, limit }) => {
    if (!isMeasured(scores)) return missing(scores.notMeasured);
    if (!isMeasured(scores.shift)) return missing(scores.shift.notMeasured);
    const worst = farthest(scores.shift);
    return held(worst < limit, `${worst.toFixed(2)} levels`, "mean difference from the source");
  },
  collapsed_at_most: ({ one: { scores, reference }, limit }) => {
    if (reference === undefined) return undefined;
    if (!isMeasured(scores)) return missing(scores.notMeasured);
    if (!isMeasured(scores.collapsed)) return missing(scores.collapsed.notMeasured);
    return held(scores.collapsed <= limit, `${scores.collapsed} frames`, "more than 30 points below the cpu backend's");
  },
  size_within: (own) => (own.one.rate.kind === "bitrate" ? atBitrate(own, own.one.rate.kbps) : atQuality(own)),
  cpu_at_most: (own) => absolute(own, ({ cpuSec }) => cpuSec, { unit: "s", more: false }),
  wall_at_most: (own) => absolute(own, ({ wallSec }) => wallSec, { unit: "s", more: false }),
  fps_at_least: (own) => absolute(own, ({ wallSec, frames }) => frames / wallSec, { unit: "fps", more: true }),
};

function held(isMet: boolean, found: string, reason: string): Found {
  return { state: isMet ? "met" : "missed", found, reason };
}

/** How far a score lies below the reference's. Only at the same bitrate does that say anything. */
function below({ one, limit, result }: Held, unit: string, pick: (scores: Scores) => Measured): Found | undefined {
  if (one.reference === undefined) return undefined;
  const reference = result.cases.find(({ id }) => id === one.reference);
  if (reference === undefined) return missing(`its reference ${one.reference} did not run`);
  if (one.rate.kind !== "bitrate" || reference.rate.kind !== "bitrate" || one.rate.kbps !== reference.rate.kbps)
    return missing("it and its reference were not encoded at the same bitrate");
  const [own, theirs] = [one.scores, reference.scores];
  if (!isMeasured(own)) return missing(own.notMeasured);
  if (!isMeasured(theirs)) return missing(`its reference was not scored: ${theirs.notMeasured}`);
  if (own.frames !== own.sourceFrames)
    return held(false, `${own.frames} of ${own.sourceFrames} frames`, "frames are missing, so no score can be trusted");
  if (unit === "points" && JSON.stringify(own.model) !== JSON.stringify(theirs.model))
    return missing("it and its reference were scored with different models");
  const [is, other] = [pick(own), pick(theirs)];
  if (!isMeasured(is)) return missing(is.notMeasured);
  if (!isMeasured(other)) return missing(`its reference was not scored: ${other.notMeasured}`);
  const loss = other - is;
  const side = loss < 0 ? "above" : "below";
  return held(
    loss <= limit + 1e-9,
    `${Math.abs(loss).toFixed(2)} ${unit} ${side}`,
    `${is.toFixed(2)}, and the reference has ${other.toFixed(2)}`,
  );
}

function atBitrate({ one, limit }: Held, kbps: number): Found {
  const bytes = lastBytes(one);
  if (bytes === undefined) return missing("no round came through");
  const off = (bytes * 8) / one.clipSec / 1000 / kbps - 1;
  const found = `${percent(Math.abs(off))} ${off < 0 ? "below" : "above"}`;
  const note = one.clipSec < 10 ? `; a clip of ${one.clipSec} s misses its bitrate by up to 25 % on any encoder` : "";
  return held(
    Math.abs(off) <= limit + 1e-9,
    found,
    `${((bytes * 8) / one.clipSec / 1000).toFixed(0)} kb/s for ${kbps}${note}`,
  );
}

/** With a quality knob only bits at equal quality can be compared. */
function atQuality({ one, limit, result: { curves, cases } }: Held): Found | undefined {
  if (one.reference === undefined) return undefined;
  const reference = cases.find(({ id }) => id === one.reference);
  const curveOf = (wanted: CaseResult | undefined) =>
    curves.find(
      ({ backend, encoder, clip }) => backend === wanted?.backend && encoder === wanted.encoder && clip === wanted.clip,
    );
  const [anchor, own] = [curveOf(reference), curveOf(one)];
  if (anchor === undefined || own === undefined) return missing("no curve of bits and quality was measured");
  if (anchor.metric !== own.metric) return missing("its curve and its reference's are of different metrics");
  const points = (curve: typeof own) => curve.points.map(({ kbps, quality }) => ({ rate: kbps, quality }));
  const bd = bdRate(points(anchor), points(own), own.metric.startsWith("vmaf") ? { cap: 98 } : {});
  if (!isMeasured(bd)) return missing(bd.notMeasured);
  const found = `${percent(Math.abs(bd.change))} ${bd.change < 0 ? "fewer" : "more"} bits`;
  const thin = bd.overlap < 0.5 ? `; the curves share only ${percent(bd.overlap)} of their range` : "";
  return held(bd.change <= limit + 1e-9, found, `at equal ${own.metric}${thin}`);
}

/** A time of this machine alone: met by the middle round, missed where even the best one is too slow. */
function absolute(
  { one, limit }: Held,
  pick: (sample: CaseResult["samples"][number]) => Measured,
  { unit, more }: { readonly unit: string; readonly more: boolean },
): Found {
  const all = one.samples.filter(({ side, length }) => side === "candidate" && length === "long").map(pick);
  const values = all.filter((value) => isMeasured(value));
  const lack = all.flatMap((value) => (isMeasured(value) ? [] : [value]))[0];
  if (values.length === 0) return missing(lack?.notMeasured ?? "no round came through");
  const [middle, best] = [median(values), more ? Math.max(...values) : Math.min(...values)];
  const fits = (value: number) => (more ? value >= limit : value <= limit);
  const digits = more ? 0 : 3;
  return {
    state: fits(middle) ? "met" : fits(best) ? "inconclusive" : "missed",
    found: `${middle.toFixed(digits)} ${unit}`,
    reason: `median of ${values.length} rounds, the best of them ${best.toFixed(digits)} ${unit}`,
  };
}

function lastBytes({ samples }: CaseResult): number | undefined {
  return samples.findLast(({ side, length }) => side === "candidate" && length === "long")?.bytes;
}

function mapped<From>(value: Measured<From>, pick: (from: From) => number): Measured {
  return isMeasured(value) ? pick(value) : value;
}

function farthest({ y, cb, cr }: Planes): number {
  return Math.max(Math.abs(y), Math.abs(cb), Math.abs(cr));
}
