import type { Logger } from "pino";
import type { RunEvent } from "../types.ts";

/** One log line per event that says something new; fields carry the names the events have. */
export function logEvent(logger: Logger, event: RunEvent): void {
  const { type, run } = event;
  switch (event.type) {
    case "run.started":
      return logger.info(
        { run, type, pipeline: event.pipeline, jobs: event.jobs, ffmpeg: event.ffmpeg },
        "run started",
      );
    case "job.started":
      return logger.info({ run, type, job: event.job, kind: event.kind, stages: event.stages }, "job started");
    case "attempt.started":
      return logger.info(
        {
          run,
          type,
          job: event.job,
          attempt: event.attempt,
          backend: event.backend,
          encoder: event.encoder,
          device: event.device,
        },
        "attempt started",
      );
    case "progress":
      return logger.debug(
        { run, type, job: event.job, percent: event.percent, speed: event.speed, eta_sec: event.eta_sec },
        "progress",
      );
    case "measured":
      return logger.info({ run, type, job: event.job, gains: event.gains }, "loudness measured");
    case "attempt.ended": {
      const { outcome, code, cause, backend, encoder, device, wallSec, log } = event.result;
      const level = outcome === "done" ? "info" : outcome === "cancelled" ? "warn" : "error";
      return logger[level](
        {
          run,
          type,
          job: event.job,
          attempt: event.attempt,
          backend,
          encoder,
          device,
          outcome,
          code,
          cause,
          wall_sec: wallSec,
          log,
        },
        `attempt ${outcome}`,
      );
    }
    case "fallback":
      return logger.warn(
        { run, type, job: event.job, from: event.from, to: event.to, code: event.code, cause: event.cause },
        "fell back",
      );
    case "warning":
      return logger.warn({ run, type, stage: event.stage }, event.text);
    case "job.ended": {
      const { state, backend, encoder, device, speed, wall_sec, gpu_accel, gpu_fallback, error } = event.report;
      const level = state === "failed" ? "error" : "info";
      return logger[level](
        { run, type, job: event.job, state, backend, encoder, device, speed, wall_sec, gpu_accel, gpu_fallback, error },
        `job ${state}`,
      );
    }
    case "run.ended":
      return logger.info(
        { run, type, state: event.report.state, wall_sec: event.report.wall_sec },
        `run ${event.report.state}`,
      );
  }
}
