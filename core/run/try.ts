import { join } from "node:path";
import { type Failure, isAmbiguous } from "../ffmpeg/mod.ts";
import type { Attempt, OutputReport, RankedBid, RenderJob } from "../types.ts";
import { attempt } from "./attempt.ts";
import { clearDevice, noteOutcome } from "./device.ts";
import type { Desk } from "./desk.ts";
import { levelsOf } from "./gain.ts";
import { judge } from "./judge.ts";
import { fileName, percent } from "./measure.ts";
import { lease } from "./lease.ts";
import { metered } from "./meter.ts";
import { verifyOutputs } from "./outputs.ts";
import { besideProof, movedBy } from "./proof.ts";

interface Ended {
  readonly made?: readonly OutputReport[];
  readonly failure?: Failure;
}

/** One try of one bid, metered from the moment it has its device. */
export async function tryBid(
  job: RenderJob,
  bid: RankedBid,
  { desk, nth }: { readonly desk: Desk; readonly nth: number },
): Promise<Ended & { readonly attempt: Attempt }> {
  desk.settle(job, false);
  const release = await lease(bid, desk);
  const started_sec = desk.elapsed();
  const { result, spent } = await metered(desk.meter, bid, () => tryLeased(job, bid, { desk, nth, release }));
  const { attempt: tried, ...ended } = result;
  return { ...ended, attempt: { ...tried, started_sec, ...spent } };
}

/** Device cleared, commands run, outputs verified. Nothing is published here. */
async function tryLeased(
  job: RenderJob,
  bid: RankedBid,
  { desk, nth, release }: { readonly desk: Desk; readonly nth: number; readonly release: () => void },
): Promise<Ended & { readonly attempt: Omit<Attempt, "started_sec" | "busy_sec"> }> {
  const { host, signal, gains, folder, emit } = desk;
  const { backend, encoder, device, accel } = bid;
  const begun = performance.now();
  const logFile = join(folder, `${fileName(job.id)}-${nth}.log`);
  const total = bid.commands.reduce((sum, { mediaSec }) => Math.max(sum, mediaSec), 0);
  const variant = bid.variant && { variant: bid.variant.name };
  const base = () => ({
    backend,
    encoder,
    device,
    ...variant,
    accel,
    wallSec: (performance.now() - begun) / 1000,
    log: logFile,
  });
  const doubt = await clearDevice(job, bid, { desk, logFile });
  const barred = doubt && isAmbiguous(doubt) ? await judge(doubt, job, desk) : doubt;
  if (barred) {
    release();
    if (barred.rule !== "resting") await noteOutcome(job, bid, { failure: barred, desk });
    return failed(barred, barred.rule === "resting" ? "skipped" : "failed");
  }
  const { end, checked } = await besideProof(movedBy(bid), desk, async (prove) => {
    const tried = await attempt(bid, {
      host,
      accel,
      background: job.background ?? false,
      signal,
      logFile,
      gains: levelsOf(gains),
      onTick({ mediaSec, speed, fps }) {
        const eta_sec = speed > 0 ? Math.max(0, total - mediaSec) / speed : 0;
        emit({
          type: "progress",
          job: job.id,
          percent: percent(mediaSec, total),
          media_sec: mediaSec,
          speed,
          fps,
          eta_sec,
          backend,
          encoder,
          device,
        });
      },
      // Edges of pieces keep all cores busy; the sound of the whole keeps one.
      onJoin: () => void prove?.(),
    }).finally(release);
    if (tried.outcome !== "done") return { end: tried };
    desk.settle(job, true);
    return { end: tried, checked: await verifyOutputs(job.outputs, { desk, bid, logFile, prove }) };
  });
  if (end.outcome === "cancelled" || (checked && signal?.aborted))
    return { attempt: { ...base(), outcome: "cancelled", code: "CANCELLED" } };
  if (checked) {
    await noteOutcome(job, bid, { failure: checked.failure, desk });
    if (checked.failure === undefined) return { made: checked.reports, attempt: { ...base(), outcome: "done" } };
    return failed(checked.failure, "unverified");
  }
  const failure = isAmbiguous(end.failure) ? await judge(end.failure, job, desk) : end.failure;
  await noteOutcome(job, bid, { failure, desk });
  return failed(failure, end.outcome);

  function failed(one: Failure, outcome: Attempt["outcome"]) {
    const { log, ...rest } = base();
    return {
      failure: one,
      attempt: {
        ...rest,
        outcome,
        code: one.code,
        cause: one.line,
        ...(one.hint !== undefined && { hint: one.hint }),
        // A device that rests was not even asked.
        ...(one.rule !== "resting" && { log }),
      },
    };
  }
}
