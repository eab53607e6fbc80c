import type { BenchResult, CaseResult, Measured, Scores } from "../../bench/types.ts";
import { formatGrid } from "../plan/mod.ts";

/** Everything that is printed of a measured run, and nothing that judges it. */
export async function benchTable(result: BenchResult): Promise<string> {
  const { isMeasured } = await import("../../bench/types.ts");
  const { median } = await import("../../bench/stats/mod.ts");
  const { referencePairs, speedupOf } = await import("../../bench/verdict/mod.ts");
  const { faultsOf } = await import("../../bench/quality/mod.ts");
  const known = <Value>(value: Measured<Value> | undefined): Value | undefined =>
    value !== undefined && isMeasured(value) ? value : undefined;
  const scoresOf = (id: string | undefined): Scores | undefined =>
    known(result.cases.find((one) => one.id === id)?.scores);

  const row = (one: CaseResult): readonly string[] => {
    const long = one.samples.filter(({ length, side }) => length === "long" && side === "candidate");
    const fps = median(long.map(({ frames, wallSec }) => frames / wallSec));
    const frames = long[0]?.frames ?? 0;
    const realtime = (fps * one.clipSec) / frames;
    const cpuMs = median(
      long.flatMap(({ cpuSec, frames: count }) => (isMeasured(cpuSec) ? (cpuSec / count) * 1000 : [])),
    );
    const speedup = one.reference === undefined ? undefined : known(speedupOf(referencePairs([one], result.cases)));
    const scores = known(one.scores);
    const vmaf = known(scores?.vmaf);
    const psnr = known(scores?.psnr);
    const quality = vmaf
      ? `${vmaf.mean.toFixed(1)} (p5 ${vmaf.p5.toFixed(1)})`
      : psnr
        ? `PSNR ${psnr.y.toFixed(1)} dB`
        : "";
    const kbps = ((long[0]?.bytes ?? 0) * 8) / 1000 / one.clipSec;
    return [
      `${one.backend}${one.device === undefined ? "" : `:${one.device}`}`,
      one.encoder,
      one.clip,
      one.chain,
      long.length === 0 ? "failed" : `${fps.toFixed(0)} fps`,
      long.length === 0 ? "" : `${realtime.toFixed(1)}x`,
      speedup ? `${speedup.ratio.toFixed(2)}x [${speedup.low.toFixed(2)}, ${speedup.high.toFixed(2)}]` : "",
      Number.isNaN(cpuMs) ? "" : `${cpuMs.toFixed(1)} ms`,
      one.chain === "full" && kbps > 0 ? `${kbps.toFixed(0)} kb/s` : "",
      quality,
      [...(scores ? faultsOf(scores, scoresOf(one.reference)).map(({ reason }) => reason) : []), ...failures(one)].join(
        "; ",
      ),
    ];
  };
  const heads = [
    "backend",
    "encoder",
    "clip",
    "chain",
    "speed",
    "realtime",
    "against cpu",
    "CPU/frame",
    "rate",
    "VMAF",
    "",
  ];
  const model = result.cases.flatMap(({ scores }) => known(known(scores)?.model) ?? [])[0];
  const size = result.cases.flatMap(({ scores }) => known(scores)?.size ?? [])[0];
  const { noise, run, environment } = result;
  const pressure = known(noise.pressure);
  return [
    formatGrid([heads, ...result.cases.map(row)]),
    "",
    ...(model && size
      ? [`quality     ${model} at ${size.width}x${size.height}, mean and 5th percentile, against the source`]
      : []),
    `machine     ${environment.cpu}, ${environment.cores} cores, ffmpeg ${environment.ffmpeg.version}; cores were waited for ${pressure === undefined ? "?" : `${(pressure * 100).toFixed(0)} %`} of the time`,
    ...result.absent.map(
      ({ backend, what, reason }) => `not measured  ${what === undefined ? backend : `${backend} ${what}`}: ${reason}`,
    ),
    `${run.id}  ${run.durationSec.toFixed(0)} s${run.quick ? "  quick: numbers to look at, no verdict" : ""}`,
  ].join("\n");
}

function failures({ failures: all }: CaseResult): readonly string[] {
  const [first] = all;
  return first ? [`${all.length} round${all.length === 1 ? "" : "s"} failed: ${first.reason}`] : [];
}
