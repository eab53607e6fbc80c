import type { Logger } from "pino";
import type { RunEvent } from "../types.ts";

type Told<Type extends RunEvent["type"]> = Extract<RunEvent, { type: Type }>;

/**
 * One log line for each event that says something new. Loggers are made like the thing they tell of: the run's has a
 * child for each job, and that one a child for each attempt, so that every line carries run, job, stages, attempt,
 * backend, encoder and device.
 */
export function createLog(base: Logger): (event: RunEvent) => void {
  const jobs = new Map<string, Logger>();
  const attempts = new Map<string, Logger>();
  let run = base;
  const of = (job: string) => attempts.get(job) ?? jobs.get(job) ?? run;
  return (event) => {
    const { type } = event;
    switch (type) {
      case "run.started": {
        run = base.child({ run: event.run, pipeline: event.pipeline });
        const { jobs: count, vendue, ffmpeg, accel } = event;
        return run.info({ type, jobs: count, vendue, ffmpeg, accel }, "run started");
      }
      case "planned":
        return run.info({ type, bids: event.bids, estimate: event.estimate }, "planned");
      case "job.started": {
        const { job, kind, stages, queued_sec } = event;
        jobs.set(job, run.child({ job, kind, stages }));
        return of(job).info({ type, queued_sec }, "job started");
      }
      case "attempt.started": {
        const { job, attempt, backend, encoder, device } = event;
        attempts.set(job, (jobs.get(job) ?? run).child({ attempt, backend, encoder, device }));
        return of(job).info({ type }, "attempt started");
      }
      case "progress":
        return of(event.job).debug({ type, ...pick(event, "percent", "speed", "fps", "eta_sec") }, "progress");
      case "measured":
        return of(event.job).info({ type, gains: event.gains }, "loudness measured");
      case "attempt.ended":
        logAttempt(of(event.job), event);
        attempts.delete(event.job);
        return;
      case "fallback":
        return of(event.job).warn({ type, ...pick(event, "from", "to", "variant", "code", "cause") }, "fell back");
      case "breaker":
        return run.warn({ type, ...pick(event, "backend", "device", "state") }, `device ${event.state}`);
      case "sensors":
        return run.debug({ type, readings: event.readings }, "sensors");
      case "warning":
        return run.warn({ type, stage: event.stage }, event.text);
      case "job.ended":
        logJob(jobs.get(event.job) ?? run.child({ job: event.job, kind: event.report.kind }), event);
        jobs.delete(event.job);
        return;
      case "run.ended": {
        const { state, wall_sec, joules, cost } = event.report;
        return run.info({ type, state, wall_sec, joules, cost }, `run ${state}`);
      }
    }
  };
}

function logAttempt(logger: Logger, { type, result }: Told<"attempt.ended">): void {
  const { outcome } = result;
  const level = outcome === "done" ? "info" : outcome === "cancelled" ? "warn" : "error";
  const words = pick(result, "variant", "outcome", "code", "cause", "hint", "next", "wallSec", "joules", "log");
  logger[level]({ type, ...words }, `attempt ${outcome}`);
}

function logJob(logger: Logger, { type, report }: Told<"job.ended">): void {
  const { state } = report;
  const where = pick(report, "state", "backend", "encoder", "device", "gpu_accel", "gpu_fallback");
  const how = pick(report, "speed", "wall_sec", "media_sec", "joules", "cost", "why", "error");
  logger[state === "failed" ? "error" : "info"](
    { type, ...where, attempts: report.attempts.length, ...how },
    `job ${state}`,
  );
}

function pick<Value, Key extends keyof Value>(value: Value, ...keys: readonly Key[]): Partial<Pick<Value, Key>> {
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]))) as Partial<
    Pick<Value, Key>
  >;
}
