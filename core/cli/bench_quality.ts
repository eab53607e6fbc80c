import type { CalibrateWish, QualityWish } from "../../bench/session/mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { type BenchFlags, keepResult, withBench } from "./bench_run.ts";
import type { Desk } from "./main.ts";

/** Curves of rate and quality, and speed at equal bits for equal pictures. */
export async function benchQuality(
  { json = false, use, ...wish }: BenchFlags & QualityWish,
  desk: Desk,
): Promise<void> {
  const { qualityBench } = await import("../../bench/session/mod.ts");
  const { isMeasured } = await import("../../bench/types.ts");
  await withBench({ ...(use && { use }) }, desk, async ({ bench, host }) => {
    const { result, rows } = await qualityBench(wish, bench);
    await keepResult(result, host);
    if (json) return desk.output.result(JSON.stringify({ ...result, rows }));
    const cells = rows.map(({ backend, encoder, bits, equal, speedup }) => [
      ...[backend, encoder],
      isMeasured(bits) ? signed(bits) : bits.notMeasured,
      isMeasured(equal) ? `cpu ${equal.effort} (${signed(equal.bits)} bits)` : "",
      isMeasured(speedup) ? `${speedup.ratio.toFixed(2)}x [${speedup.low.toFixed(2)}, ${speedup.high.toFixed(2)}]` : "",
      isMeasured(speedup) ? (speedup.basis === "slope" ? "without start-up" : "start-up included") : "",
    ]);
    desk.output.result(
      [
        formatGrid([
          ["backend", "encoder", "bits for the same picture", "is like", "speed against that", ""],
          ...cells,
        ]),
        "",
        `quality     ${rows[0]?.metric ?? "none"}; bits are a BD-rate over four points and all clips, against the cpu at the same effort`,
        ...result.absent.map(
          ({ backend, what, reason }) => `not measured  ${[backend, what].join(" ").trim()}: ${reason}`,
        ),
        `curves are in ${result.run.id}; see: vendue bench report`,
      ].join("\n"),
    );
  });
}

/** What each device has to be asked for to look like the cpu; plans use it from now on. */
export async function benchCalibrate(
  { json = false, use, ...wish }: BenchFlags & CalibrateWish,
  desk: Desk,
): Promise<void> {
  const { calibrateBench } = await import("../../bench/session/mod.ts");
  await withBench({ ...(use && { use }) }, desk, async ({ bench }) => {
    const { rows, absent } = await calibrateBench(wish, bench);
    if (json) return desk.output.result(JSON.stringify({ rows, absent }));
    const cells = rows.flatMap(({ measurement: { backend, encoder, device, effort }, points }) =>
      points.map(({ asked, told, setting, target, score, bits, probes }) => [
        ...[backend, encoder, device, effort],
        `quality ${asked}`,
        `quality ${told} (${setting})`,
        `${score.toFixed(1)} for ${target.toFixed(1)}`,
        signed(bits - 1),
        String(probes),
      ]),
    );
    const heads = [
      "backend",
      "encoder",
      "device",
      "effort",
      "asked for",
      "is told",
      rows[0]?.metric ?? "",
      "bits",
      "probes",
    ];
    desk.output.result(
      [
        ...(cells.length > 0
          ? [formatGrid([heads, ...cells])]
          : ["no device encodes here, and the cpu is what others are calibrated against"]),
        "",
        ...absent.map(({ backend, what, reason }) => `not measured  ${[backend, what].join(" ").trim()}: ${reason}`),
      ].join("\n"),
    );
  });
}

function signed(share: number): string {
  return `${share >= 0 ? "+" : ""}${(share * 100).toFixed(0)} %`;
}
