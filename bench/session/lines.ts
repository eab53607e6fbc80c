import { isVendueError } from "../../core/errors.ts";
import type { Codec, Effort } from "../../core/types.ts";
import type { SourceClip } from "../clips/mod.ts";
import { bdRate, mean } from "../stats/mod.ts";
import { type Absent, type Curve, isMeasured, type Measured, notMeasured } from "../types.ts";
import type { BenchDesk } from "./desk.ts";
import { probeEncode, type Probed } from "./probe.ts";

/** Four points are the fewest that a curve can be drawn through. */
const settings = [30, 50, 70, 90];
/** Rate and quality of one encoder on one clip. */
export interface Line {
  readonly backend: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly source: SourceClip;
  readonly points: readonly Probed[];
}

/** Encodes and scores every point of every line. A lane that fails is told once, and the others go on. */
export async function drawLines(wanted: readonly Omit<Line, "points">[], desk: BenchDesk) {
  const lines: Line[] = [];
  const absent: Absent[] = desk.survey.backends.flatMap(({ name, probe }) =>
    probe.state === "absent" ? [{ backend: name, reason: probe.reason }] : [],
  );
  const begun = performance.now();
  for (const [nth, line] of wanted.entries()) {
    const leftSec = nth === 0 ? wanted.length * 8 : ((performance.now() - begun) / 1000 / nth) * (wanted.length - nth);
    const { backend, codec, effort, source } = line;
    desk.tell({ done: nth, total: wanted.length, leftSec, doing: `${backend} ${codec} ${effort} on ${source.id}` });
    try {
      const points: Probed[] = [];
      for (const quality of settings) points.push(await probeEncode(line, quality, desk));
      lines.push({ ...line, points });
    } catch (error) {
      if (!isVendueError(error) || error.code === "CANCELLED") throw error;
      const known = absent.some((one) => one.backend === backend && one.what === codec);
      if (!known) absent.push({ backend, what: codec, reason: error.message });
    }
  }
  return { lines, absent };
}

/** Bits of one against the other at equal quality, averaged over the clips as logarithms. */
export function bitsBetween(anchor: readonly Line[], test: readonly Line[]): Measured {
  const changes = test.flatMap((line) => {
    const other = anchor.find(({ source }) => source.id === line.source.id);
    return other ? [bdRate(ratePoints(other), ratePoints(line), { cap: capOf(line) })] : [];
  });
  const known = changes.filter((one) => isMeasured(one));
  const [refusal] = changes.flatMap((one) => (isMeasured(one) ? [] : [one]));
  if (known.length === 0) return refusal ?? notMeasured("the cpu has no such encoder");
  return Math.expm1(mean(known.map(({ change }) => Math.log1p(change))));
}

/** Above 98 VMAF is flat, and a quotient of two flat curves says nothing. */
export function capOf({ points: all }: Line): number {
  return all[0]?.metric.startsWith("vmaf") ? 98 : Infinity;
}

function ratePoints({ points: all }: Line) {
  return all.map(({ kbps, score }) => ({ rate: kbps, quality: score }));
}

export function curveOf({ backend, effort, source, points: all }: Line): Curve {
  return {
    ...{ backend, effort, clip: source.id, encoder: all[0]?.plan.encoder ?? "", metric: all[0]?.metric ?? "" },
    points: all.map(({ knob, kbps, quality, cpuSec, wallSec }) => ({ knob, kbps, quality, cpuSec, wallSec })),
  };
}
