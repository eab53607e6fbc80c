import { basename, dirname, join } from "node:path";
import { VendueError } from "../errors.ts";
import { type Failure, isAmbiguous } from "../ffmpeg/mod.ts";
import { checkSpace, claim, isSameFile, prepareFolder, publish, removePart } from "../host/mod.ts";
import type { Attempt, JobReport, OutputReport, Promised, RankedBid, RenderJob } from "../types.ts";
import { attempt } from "./attempt.ts";
import { clearDevice, noteOutcome } from "./device.ts";
import { judge } from "./judge.ts";
import { nextStep } from "./ladder.ts";
import { fileName, percent } from "./measure.ts";
import { remember } from "./rerun.ts";
import { blank, type Desk } from "./desk.ts";
import { verifyFile } from "./verify.ts";

/** Pause before the same bid is tried again: a busy encoder needs a moment. */
const busyWaitMs = 5000;

/** Renders one job: down its ladder until an attempt is done and verified, then every output takes its name. */
export async function runRender(
  job: RenderJob,
  { desk, why }: { readonly desk: Desk; readonly why: string },
): Promise<JobReport> {
  const locks = await prepare(job);
  try {
    return await climb(job, { desk, why });
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

async function climb(job: RenderJob, { desk, why }: { readonly desk: Desk; readonly why: string }): Promise<JobReport> {
  const { emit, host } = desk;
  const begun = performance.now();
  const attempts: Attempt[] = [];
  const media_sec = Math.max(...job.outputs.map(({ durationSec }) => durationSec));
  const report = (part: Partial<JobReport>, bid: RankedBid | undefined): JobReport => {
    const wall_sec = (performance.now() - begun) / 1000;
    const triedGpu = attempts.some(({ accel, outcome }) => accel && outcome !== "done");
    return {
      ...blank(job, { state: "failed", why }),
      ...(bid && { backend: bid.backend, encoder: bid.encoder, device: bid.device, gpu_accel: bid.accel }),
      gpu_fallback: triedGpu && bid?.accel === false,
      wall_sec,
      media_sec,
      attempts,
      speed: wall_sec > 0 ? media_sec / wall_sec : 0,
      ...part,
    };
  };

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
    });
    const { made, tried } = await tryBid(job, bid, { desk, nth });
    const failure = tried.failure;
    const step = failure ? nextStep(job.bids, { failure, rung, tries }) : undefined;
    const result: Attempt = { ...tried.attempt, ...(step && { next: step.kind }) };
    attempts.push(result);
    emit({ type: "attempt.ended", job: job.id, attempt: nth, result });

    if (made) {
      for (const { part, target } of job.outputs) await publish(part, target);
      await remember(job, desk.plan, { host, outputs: made, signal: desk.signal }).catch(() => undefined);
      return report({ state: "done", outputs: made }, bid);
    }
    if (result.outcome === "cancelled") return report({ state: "cancelled" }, bid);
    await Promise.all(job.outputs.map(({ part }) => removePart(part)));
    if (failure === undefined || step === undefined) return report({}, bid);
    if (step.kind === "stop")
      return report(
        {
          error: {
            code: failure.code,
            message: failure.line,
            ...(failure.hint !== undefined && { hint: failure.hint }),
          },
        },
        bid,
      );
    if (step.kind === "same") {
      tries += 1;
      await pause(busyWaitMs, desk.signal);
    } else {
      ({ rung } = step);
      tries = 1;
      const to = job.bids[rung];
      if (to)
        emit({
          type: "fallback",
          job: job.id,
          from: bid.backend,
          to: to.backend,
          code: failure.code,
          cause: failure.line,
        });
    }
  }
}

interface Tried {
  readonly attempt: Attempt;
  readonly failure?: Failure;
}

async function tryBid(
  job: RenderJob,
  bid: RankedBid,
  { desk, nth }: { readonly desk: Desk; readonly nth: number },
): Promise<{ readonly made?: readonly OutputReport[]; readonly tried: Tried }> {
  const { host, signal, gains, folder, emit } = desk;
  const { backend, encoder, device, accel } = bid;
  const begun = performance.now();
  const logFile = join(folder, `${fileName(job.id)}-${nth}.log`);
  const total = bid.commands.reduce((sum, { mediaSec }) => Math.max(sum, mediaSec), 0);
  const base = () => ({ backend, encoder, device, accel, wallSec: (performance.now() - begun) / 1000, log: logFile });
  const release = await lease(bid, desk);
  const doubt = await clearDevice(job, bid, desk);
  const barred = doubt && isAmbiguous(doubt) ? await judge(doubt, job, desk) : doubt;
  if (barred) {
    release();
    if (barred.rule !== "resting") await noteOutcome(job, bid, { failure: barred, desk });
    return failed(barred, barred.rule === "resting" ? "skipped" : "failed");
  }
  const end = await attempt(bid.commands, {
    host,
    accel,
    signal,
    logFile,
    gains: new Map([...gains.values()].map(({ name, gainDb }) => [name, gainDb])),
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
  }).finally(release);
  if (end.outcome === "cancelled")
    return { tried: { attempt: { ...base(), outcome: "cancelled", code: "CANCELLED" } } };
  if (end.outcome === "done") {
    const checked = await verifyOutputs(job.outputs, desk);
    if (signal?.aborted) return { tried: { attempt: { ...base(), outcome: "cancelled", code: "CANCELLED" } } };
    await noteOutcome(job, bid, { failure: checked.failure, desk });
    if (checked.failure === undefined)
      return { made: checked.reports, tried: { attempt: { ...base(), outcome: "done" } } };
    return failed(checked.failure, "unverified");
  }
  const failure = isAmbiguous(end.failure) ? await judge(end.failure, job, desk) : end.failure;
  await noteOutcome(job, bid, { failure, desk });
  return failed(failure, end.outcome);

  function failed(one: Failure, outcome: Attempt["outcome"]) {
    return {
      tried: {
        failure: one,
        attempt: {
          ...base(),
          outcome,
          code: one.code,
          cause: one.line,
          ...(one.hint !== undefined && { hint: one.hint }),
        },
      },
    };
  }
}

async function verifyOutputs(
  outputs: readonly Promised[],
  { host, signal }: Desk,
): Promise<{ readonly reports: readonly OutputReport[]; readonly failure?: Failure }> {
  const reports: OutputReport[] = [];
  for (const promised of outputs) {
    try {
      const { checks, report } = await verifyFile(promised.part, promised, { host, signal });
      reports.push({ path: promised.target, ...report });
      const wrong = checks.filter(({ ok }) => !ok);
      if (wrong.length > 0)
        return {
          reports,
          failure: unverified(
            wrong.map(({ name, expected, found }) => `${name}: expected ${expected}, found ${found}`).join("; "),
          ),
        };
    } catch (error) {
      return { reports, failure: unverified(error instanceof Error ? error.message : String(error)) };
    }
  }
  return { reports };
}

function unverified(line: string): Failure {
  return {
    code: "VERIFY_FAILED",
    retry: "next-bid",
    line,
    rule: "verify",
    hint: "ffmpeg said all was well, but the file is not what was planned; the log tells more",
  };
}

/** Takes a slot on a device that has few; waits while all are taken. */
async function lease({ backend, device, slots }: RankedBid, { leases, signal }: Desk): Promise<() => void> {
  if (slots === undefined) return () => undefined;
  const key = `${backend} ${device}`;
  while ((leases.get(key) ?? 0) >= slots && !signal?.aborted) await pause(200, signal);
  leases.set(key, (leases.get(key) ?? 0) + 1);
  return () => leases.set(key, (leases.get(key) ?? 1) - 1);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
