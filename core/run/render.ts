import { basename, dirname, join } from "node:path";
import { VendueError } from "../errors.ts";
import type { Failure } from "../ffmpeg/mod.ts";
import { checkSpace, claim, isSameFile, prepareFolder, publish, removePart } from "../host/mod.ts";
import type { Attempt, JobReport, RankedBid, RenderJob } from "../types.ts";
import { giveUp, nextStep } from "./ladder.ts";
import { pause } from "./lease.ts";
import { remember, type SourceMark } from "./rerun.ts";
import { blank, type Desk } from "./desk.ts";
import { sumJoules } from "./meter.ts";
import { tryBid } from "./try.ts";

/** Pause before a device is tried again that did not say how long it needs. */
const busyWaitSec = 5;

/** Renders one job: down its ladder until an attempt is done and verified, then every output takes its name. */
export async function runRender(
  job: RenderJob,
  { desk, why }: { readonly desk: Desk; readonly why: string },
): Promise<JobReport> {
  const locks = await prepare(job);
  // Read to their ends while there is something else to wait for.
  const marks = Promise.all(job.sources.map(desk.mark));
  marks.catch(() => undefined);
  try {
    return await climb(job, { desk, why, marks });
  } finally {
    await Promise.all(job.outputs.map(({ part }) => removePart(part)));
    await Promise.all(locks.map((unlock) => unlock()));
  }
}

/** Everything that can be refused is refused before work is spent. */
async function prepare(job: RenderJob): Promise<readonly (() => Promise<void>)[]> {
  const locks: (() => Promise<void>)[] = [];
  try {
    for (const { target, part } of job.outputs) {
      for (const source of job.sources)
        if (await isSameFile(source, target))
          throw new VendueError("OUTPUT_CLASH", `The output ${target} is the source ${source} under another name`, {
            hint: "write to another file; sources are never overwritten",
          });
      await prepareFolder(target);
      locks.push(await claim(join(dirname(part), `.${basename(target)}.vendue-lock`)));
      await removePart(part);
      await checkSpace(target, 0);
    }
    return locks;
  } catch (error) {
    await Promise.all(locks.map((unlock) => unlock()));
    throw error;
  }
}

interface ClimbOptions {
  readonly desk: Desk;
  readonly why: string;
  readonly marks: Promise<readonly SourceMark[]>;
}

async function climb(job: RenderJob, { desk, why, marks }: ClimbOptions): Promise<JobReport> {
  const { emit, host } = desk;
  const begun = performance.now();
  const attempts: Attempt[] = [];
  const media_sec = Math.max(...job.outputs.map(({ durationSec }) => durationSec));
  const report = (part: Partial<JobReport>, bid: RankedBid | undefined): JobReport => {
    const wall_sec = (performance.now() - begun) / 1000;
    const triedGpu = attempts.some(({ accel, outcome }) => accel && outcome !== "done");
    return {
      ...blank(job, desk.plan, { state: "failed", why }),
      ...(bid && { backend: bid.backend, encoder: bid.encoder, device: bid.device, gpu_accel: bid.accel }),
      gpu_fallback: triedGpu && bid?.accel === false,
      wall_sec,
      media_sec,
      busy_sec: attempts.reduce((sum, { busy_sec }) => sum + busy_sec, 0),
      ...sumJoules(attempts),
      attempts,
      speed: wall_sec > 0 ? media_sec / wall_sec : 0,
      ...part,
    };
  };

  const rest = ({ waitSec = busyWaitSec }: Failure) => pause(waitSec * 1000, desk.signal);

  for (let rung = 0, tries = 1; ;) {
    const bid = job.bids[rung];
    if (bid === undefined) return report({}, undefined);
    const nth = attempts.length + 1;
    emit({
      type: "attempt.started",
      job: job.id,
      attempt: nth,
      backend: bid.backend,
      encoder: bid.encoder,
      device: bid.device,
      ...(bid.slots !== undefined && { slots: bid.slots }),
    });
    const { made, failure, attempt } = await tryBid(job, bid, { desk, nth });
    const step = failure ? nextStep(job.bids, { failure, rung, tries }) : undefined;
    const result: Attempt = { ...attempt, ...(step && { next: step.kind }) };
    attempts.push(result);
    emit({ type: "attempt.ended", job: job.id, attempt: nth, result });

    if (made) {
      for (const { part, target } of job.outputs) await publish(part, target);
      await marks.then((sources) => remember(job, desk.plan, { host, outputs: made, sources })).catch(() => undefined);
      return report({ state: "done", outputs: made }, bid);
    }
    if (result.outcome === "cancelled") return report({ state: "cancelled" }, bid);
    await Promise.all(job.outputs.map(({ part }) => removePart(part)));
    if (failure === undefined || step === undefined) return report({}, bid);
    if (step.kind === "stop") return report({ error: giveUp(failure, { accel: desk.plan.accel, attempts }) }, bid);
    if (step.kind === "same") {
      tries += 1;
      await rest(failure);
    } else {
      ({ rung } = step);
      tries = 1;
      const to = job.bids[rung];
      if (failure.retry === "same" && to?.backend === bid.backend && to.device === bid.device) await rest(failure);
      if (to)
        emit({
          type: "fallback",
          job: job.id,
          from: bid.backend,
          to: to.backend,
          ...(to.variant && { variant: to.variant.name }),
          code: failure.code,
          cause: failure.line,
        });
    }
  }
}
