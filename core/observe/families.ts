import type * as prom from "prom-client";
import { BREAKER_STATES } from "../types.ts";

type Prom = typeof prom;

const seconds = [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200];

/** Every family there is: base units, `_total` on what only grows, labels from closed lists. */
export function createFamilies({ Counter, Gauge, Histogram, Registry }: Prom) {
  const registry = new Registry();
  const registers = [registry];
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) => {
    const made = new Gauge<Label>({ name: `vendue_${name}`, help, labelNames, registers });
    // The library starts one without labels at zero; what nobody has told yet is unknown.
    if (labelNames.length === 0) made.remove();
    return made;
  };
  const counter = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Counter<Label>({ name: `vendue_${name}_total`, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Histogram<Label>({ name: `vendue_${name}_seconds`, help, labelNames, buckets: seconds, registers });
  return {
    registry,
    build: gauge("build_info", "The version of vendue and of ffmpeg", "version", "ffmpeg"),
    probe: gauge("probe_result", "Whether a backend can encode a codec here", "backend", "codec", "accel"),
    bids: counter("bids", "Bids made for tasks", "backend"),
    wins: counter("wins", "Bids that won their task", "backend"),
    passes: counter("passes", "Tasks a backend refused, with a reason in the plan", "backend"),
    attempts: counter("attempts", "Attempts by backend, outcome and class of failure", "backend", "outcome", "reason"),
    fallbacks: counter("fallbacks", "Jobs that went on to another bid", "from", "to", "reason"),
    stageDuration: histogram(
      "stage_duration",
      "How long jobs took that held a stage of this kind; fused stages share one job",
      "stage",
      "backend",
    ),
    jobDuration: histogram("job_duration", "How long jobs took", "kind", "backend"),
    media: counter("media_seconds", "Media rendered; over busy seconds it is the speed", "backend"),
    busy: counter("busy_seconds", "Time spent in attempts that rendered it", "backend"),
    bytes: counter("output_bytes", "Bytes of finished outputs", "backend"),
    jobs: gauge("jobs", "Jobs of this process by the state they are in", "state"),
    ended: counter("jobs_ended", "Jobs by kind and how they ended", "kind", "state"),
    queueWait: histogram("queue_wait", "How long jobs that could start waited for cores or memory"),
    unverified: counter("verify_failures", "Outputs that did not turn out as planned", "backend"),
    sessions: gauge("encoder_sessions", "Encodes a device is doing, of ours or, where it tells, of all", "device"),
    sessionLimit: gauge("encoder_sessions_limit", "Encodes a device takes at once", "device"),
    gpus: gauge("gpus", "GPUs that this machine shows", "vendor"),
    utilization: gauge("gpu_utilization_ratio", "How busy a GPU is", "gpu"),
    encoder: gauge("gpu_encoder_utilization_ratio", "How busy its encoder is", "gpu"),
    decoder: gauge("gpu_decoder_utilization_ratio", "How busy its decoder is", "gpu"),
    memory: gauge("gpu_memory_bytes", "Memory of a GPU", "gpu"),
    memoryUsed: gauge("gpu_memory_used_bytes", "Memory of a GPU that is in use", "gpu"),
    celsius: gauge("gpu_temperature_celsius", "Temperature of a GPU", "gpu"),
    watts: gauge("gpu_power_watts", "Power a GPU draws", "gpu"),
    diskFree: gauge("disk_free_bytes", "Room left on the disk of the outputs"),
    diskSize: gauge("disk_size_bytes", "Size of the disk of the outputs"),
    breaker: gauge(
      "breaker_state",
      `1 for the state a device is in: ${BREAKER_STATES.join(", ")}`,
      "backend",
      "device",
      "state",
    ),
    joules: counter("energy_joules", "Energy that attempts used, where it is measured", "backend", "source"),
    cost: counter("cost", "What jobs cost, where it is known, in the currency of the prices", "backend", "currency"),
    costUnknown: counter("cost_unknown_jobs", "Jobs whose cost is not known", "backend"),
    budget: gauge("budget_used_ratio", "Share of the month's budget that is spent"),
    success: gauge("success_ratio", "Share of the jobs that ended well, of all that ended"),
    progressAt: gauge("last_progress_timestamp_seconds", "When a job last got on"),
    endedAt: gauge("last_run_timestamp_seconds", "When the last run ended"),
  };
}

export type Families = ReturnType<typeof createFamilies>;
