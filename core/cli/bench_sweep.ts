import type { SweepWish } from "../../bench/session/mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { type BenchFlags, keepResult, withBench } from "./bench_run.ts";
import type { Desk } from "./main.ts";

/** Streams in real time for each device, and where it is full. */
export async function benchSweep({ json = false, use, ...wish }: BenchFlags & SweepWish, desk: Desk): Promise<void> {
  const { sweepBench } = await import("../../bench/session/mod.ts");
  const { isMeasured } = await import("../../bench/types.ts");
  await withBench({ ...(use && { use }) }, desk, async ({ bench, host }) => {
    const result = await sweepBench(wish, bench);
    await keepResult(result, host);
    if (json) return desk.output.result(JSON.stringify(result));
    const rows = result.sweeps.map(({ backend, encoder, size, realtime, steps, joulesPerMinute, stopped }) => [
      ...[backend, encoder, `${size.width}x${size.height}`, String(realtime)],
      `${Math.max(0, ...steps.map(({ sumFps }) => sumFps)).toFixed(0)} fps`,
      isMeasured(joulesPerMinute) ? `${joulesPerMinute.toFixed(0)} J` : "not measured",
      steps.map(({ streams, slowestFps }) => `${streams}:${slowestFps.toFixed(0)}`).join(" "),
      stopped,
    ]);
    const heads = [
      "backend",
      "encoder",
      "size",
      "realtime",
      "most",
      "per minute",
      "slowest by streams",
      "stopped because",
    ];
    const energy = result.sweeps.flatMap(({ backend, joulesPerMinute }) =>
      isMeasured(joulesPerMinute) ? [] : [`not measured  ${backend} energy: ${joulesPerMinute.notMeasured}`],
    );
    desk.output.result(
      [
        formatGrid([heads, ...rows]),
        "",
        ...energy,
        ...result.absent.map(
          ({ backend, what, reason }) => `not measured  ${[backend, what].join(" ").trim()}: ${reason}`,
        ),
      ].join("\n"),
    );
  });
}
