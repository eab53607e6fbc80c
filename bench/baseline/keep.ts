import { summarize } from "../stats/mod.ts";
import {
  type BenchResult,
  type CaseResult,
  isMeasured,
  type Kept,
  type Measured,
  notMeasured,
  type Sample,
  type Summary,
} from "../types.ts";
import { keyOf } from "./key.ts";

/** The numbers of one case that are worth keeping, or why there are none. */
export function keep(result: BenchResult, one: CaseResult): Measured<Kept> {
  const key = keyOf(result, one);
  const samples = one.samples.filter(({ side, length }) => side === "candidate" && length === "long");
  const last = samples.at(-1);
  if (!isMeasured(key)) return key;
  if (last === undefined) return notMeasured(`no round of ${one.id} came through`);
  const scores = one.scores;
  const score = <Value>(pick: (known: Extract<typeof scores, { size: unknown }>) => Measured<Value>) =>
    isMeasured(scores) ? pick(scores) : scores;
  return {
    key,
    relativeCpu: relative(samples, result.calibration),
    cpuSec: summaryOf(samples.map(({ cpuSec }) => cpuSec)),
    wallSec: summarize(samples.map(({ wallSec }) => wallSec)),
    bytes: last.bytes,
    frames: last.frames,
    vmaf: score(({ vmaf }) => (isMeasured(vmaf) ? vmaf.mean : vmaf)),
    vmafP5: score(({ vmaf }) => (isMeasured(vmaf) ? vmaf.p5 : vmaf)),
    neg: score(({ neg }) => (isMeasured(neg) ? neg.mean : neg)),
    ssimDb: score(({ ssimDb }) => ssimDb),
    psnrY: score(({ psnr }) => (isMeasured(psnr) ? psnr.y : psnr)),
    psnrCb: score(({ psnr }) => (isMeasured(psnr) ? psnr.cb : psnr)),
    psnrCr: score(({ psnr }) => (isMeasured(psnr) ? psnr.cr : psnr)),
    model: score(({ model }) => model),
  };
}

/** CPU time over the calibration's of the same round: what a busy day does to one, it does to the other. */
function relative(samples: readonly Sample[], calibration: BenchResult["calibration"]): Measured<Summary> {
  if (!isMeasured(calibration)) return calibration;
  const ratios = samples.map(({ round, cpuSec }): Measured => {
    const beside = calibration.find((one) => one.round === round && one.length === "long")?.cpuSec;
    if (!isMeasured(cpuSec)) return cpuSec;
    if (beside === undefined || !isMeasured(beside) || !(beside > 0))
      return notMeasured(`round ${round} has no calibration beside it`);
    return cpuSec / beside;
  });
  return summaryOf(ratios);
}

function summaryOf(values: readonly Measured[]): Measured<Summary> {
  const had = values.filter((value) => isMeasured(value));
  const missing = values.flatMap((value) => (isMeasured(value) ? [] : [value]));
  return had.length > 0 ? summarize(had) : (missing[0] ?? notMeasured("no round came through"));
}
