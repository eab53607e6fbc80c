import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { RunEvent } from "../types.ts";

/** Metrics of one process, fed with events. Labels come from closed lists only: no ids, no paths. */
export interface Metrics {
  count(event: RunEvent): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
}

const secondsBuckets = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200];

export function createMetrics({ version }: { readonly version: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const build = new Gauge({
    name: "vendue_build_info",
    help: "The version of vendue and of ffmpeg",
    labelNames: ["version", "ffmpeg"],
    registers,
  });
  const attempts = new Counter({
    name: "vendue_attempts_total",
    help: "Attempts by backend, outcome and reason",
    labelNames: ["backend", "outcome", "reason"],
    registers,
  });
  const fallbacks = new Counter({
    name: "vendue_fallbacks_total",
    help: "Jobs handed from one backend to the next",
    labelNames: ["from", "to", "reason"],
    registers,
  });
  const jobs = new Counter({
    name: "vendue_jobs_total",
    help: "Jobs by kind and how they ended",
    labelNames: ["kind", "state"],
    registers,
  });
  const duration = new Histogram({
    name: "vendue_job_duration_seconds",
    help: "How long jobs took",
    labelNames: ["kind", "backend"],
    buckets: secondsBuckets,
    registers,
  });
  const media = new Counter({
    name: "vendue_media_seconds_total",
    help: "Media rendered; its rate over that of busy seconds is the speed",
    labelNames: ["backend"],
    registers,
  });
  const busy = new Counter({
    name: "vendue_busy_seconds_total",
    help: "Time spent rendering",
    labelNames: ["backend"],
    registers,
  });
  const bytes = new Counter({ name: "vendue_output_bytes_total", help: "Bytes of finished outputs", registers });
  const unverified = new Counter({
    name: "vendue_verify_failures_total",
    help: "Outputs that did not turn out as planned",
    labelNames: ["backend"],
    registers,
  });
  return {
    count(event) {
      if (event.type === "run.started") build.set({ version, ffmpeg: event.ffmpeg }, 1);
      if (event.type === "attempt.ended") {
        const { backend, outcome, code } = event.result;
        attempts.inc({ backend, outcome, reason: code ?? "none" });
        if (outcome === "unverified") unverified.inc({ backend });
      }
      if (event.type === "fallback") fallbacks.inc({ from: event.from, to: event.to, reason: event.code });
      if (event.type === "job.ended") {
        const { kind, state, backend, wall_sec, media_sec, outputs } = event.report;
        jobs.inc({ kind, state });
        if (state !== "done") return;
        duration.observe({ kind, backend }, wall_sec);
        if (kind === "measure") return;
        media.inc({ backend }, media_sec);
        busy.inc({ backend }, wall_sec);
        bytes.inc(outputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
      }
    },
    text: () => registry.metrics(),
  };
}
