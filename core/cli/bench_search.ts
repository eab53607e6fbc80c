import type { SearchWish } from "../../bench/session/mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { type BenchFlags, withBench } from "./bench_run.ts";
import type { Desk } from "./main.ts";

/** Bits and time at one score, which is the only fair way to ask for a score at all. */
export async function benchSearch({ json = false, use, ...wish }: BenchFlags & SearchWish, desk: Desk): Promise<void> {
  const { searchBench } = await import("../../bench/session/mod.ts");
  const { isMeasured } = await import("../../bench/types.ts");
  await withBench({ ...(use && { use }) }, desk, async ({ bench }) => {
    const { target, scoredAt, rows, absent } = await searchBench(wish, bench);
    if (json) return desk.output.result(JSON.stringify({ target, scoredAt, rows, absent }));
    const cells = rows.map(({ backend, encoder, clip, best, kbpsAtTarget, probes }) => [
      ...[backend, encoder, clip],
      ...(best
        ? [
            `quality ${best.at} (${best.setting})`,
            best.score.toFixed(1),
            `${best.kbps.toFixed(0)} kb/s`,
            isMeasured(kbpsAtTarget) ? `${kbpsAtTarget.toFixed(0)} kb/s` : kbpsAtTarget.notMeasured,
            `${best.wallSec.toFixed(1)} s`,
            isMeasured(best.cpuSec) ? `${best.cpuSec.toFixed(1)} s` : "",
          ]
        : ["not reachable", `best ${Math.max(...probes.map(({ score }) => score)).toFixed(1)}`, "", "", "", ""]),
      probes.map(({ at, score }) => `${at}:${score.toFixed(1)}`).join(" "),
    ]);
    const heads = [
      "backend",
      "encoder",
      "clip",
      "setting",
      "VMAF",
      "rate",
      `rate at ${target}`,
      "time",
      "CPU",
      "probes",
    ];
    desk.output.result(
      [
        formatGrid([heads, ...cells]),
        "",
        `quality     ${rows[0]?.metric ?? ""} at ${scoredAt.width}x${scoredAt.height}, mean of all frames, against the source`,
        ...absent.map(({ backend, what, reason }) => `not measured  ${[backend, what].join(" ").trim()}: ${reason}`),
      ].join("\n"),
    );
  });
}
