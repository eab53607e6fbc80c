import type { Drift } from "../baseline/mod.ts";
import { type BenchResult, type Curve, type CurvePoint, isMeasured } from "../types.ts";
import { renderPlot, type Series } from "./plot.ts";
import { renderStrip } from "./strip.ts";

/** Quality against bits and against time, clip by clip. */
export function curveCharts({ curves }: BenchResult): string {
  const groups = [...new Set(curves.map(({ clip, metric }) => `${clip}\n${metric}`))];
  return groups
    .flatMap((group) => {
      const [clip = "", metric = ""] = group.split("\n");
      const own = curves.filter((curve) => curve.clip === clip && curve.metric === metric);
      return [
        renderPlot({
          ...{ title: `${clip}: quality against bits`, xLabel: "kb/s, logarithmic", yLabel: metric, xScale: "log" },
          series: own.map((curve) => seriesOf(curve, ({ kbps }) => kbps, "kb/s")),
        }),
        renderPlot({
          ...{
            title: `${clip}: quality against time`,
            xLabel: "CPU seconds, logarithmic",
            yLabel: metric,
            xScale: "log",
          },
          series: own.map((curve) =>
            seriesOf(curve, ({ cpuSec, wallSec }) => (isMeasured(cpuSec) ? cpuSec : wallSec), "s"),
          ),
        }),
      ];
    })
    .join("\n");
}

function seriesOf(
  { backend, encoder, effort, points }: Curve,
  pick: (point: CurvePoint) => number,
  unit: string,
): Series {
  const sorted = points.toSorted((a, b) => a.quality - b.quality).filter((point) => pick(point) > 0);
  return {
    name: `${backend} ${encoder} ${effort}`,
    points: sorted.map((point) => ({
      x: pick(point),
      y: point.quality,
      label: `${Number(pick(point).toPrecision(4))} ${unit}, ${point.quality.toFixed(2)}, at ${point.knob}`,
    })),
  };
}

/** CPU time over the calibration's, run by run, with the accepted level and the places where it jumped. */
export function historyCharts(drifts: readonly Drift[]): string {
  return drifts
    .map(({ key, values, names, changes, accepted, reason }) => {
      return renderPlot({
        title: `${key.case}: ${reason}`,
        ...{ xLabel: "run", yLabel: "CPU time over calibration's", xScale: "linear" },
        series: [
          { name: key.case, points: values.map((y, x) => ({ x, y, label: `${names[x] ?? x}, ${y.toFixed(3)}` })) },
        ],
        marks: changes.map(({ at, change, from }) => ({
          x: at - 0.5,
          label: `+${(100 * change).toFixed(1)} % from ${from}`,
        })),
        ...(isMeasured(accepted) && { level: { y: accepted, label: "accepted" } }),
        xNames: (x) => names[x]?.slice(0, 8) ?? "",
      });
    })
    .join("\n");
}

export function strips({ cases }: BenchResult): string {
  const frames = (id: string | undefined) => {
    const scores = cases.find((one) => one.id === id)?.scores;
    return scores && isMeasured(scores) && isMeasured(scores.perFrame) ? scores.perFrame : undefined;
  };
  return cases
    .flatMap(({ id, reference }) => {
      const own = frames(id);
      return own === undefined || own.length === 0 ? [] : [renderStrip(id, own, frames(reference))];
    })
    .join("\n");
}
