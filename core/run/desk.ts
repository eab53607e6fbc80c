import type { Host } from "../host/mod.ts";
import type { Job, JobReport, MeasuredGain, Plan, RunEvent, StageKind } from "../types.ts";
import type { Meter } from "./meter.ts";
import type { Marker } from "./rerun.ts";

export interface RunOptions {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
  /** Makes everything again, changed or not. */
  readonly force?: boolean;
}

/** An event before the run stamps it. */
export type Happening = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, "v" | "time" | "run">
    : never
  : never;

/** What the jobs of one run share. */
export interface Desk extends RunOptions {
  readonly plan: Plan;
  readonly id: string;
  readonly folder: string;
  readonly emit: (event: Happening) => void;
  readonly gains: Map<string, MeasuredGain>;
  readonly meter: Meter;
  readonly mark: Marker;
  /** Seconds since the run began. */
  readonly elapsed: () => number;
  /** Encodes now running on each device. */
  readonly leases: Map<string, number>;
  /** Says whether a job only verifies what it made, so that the next one may begin beside it. */
  readonly settle: (job: Job, isSettling: boolean) => void;
}

/** A report of a job that was not run. */
export function blank(job: Job, plan: Plan, { state, why }: Pick<JobReport, "state" | "why">): JobReport {
  const best = job.kind === "render" ? job.bids[0] : undefined;
  return {
    id: job.id,
    kind: job.kind,
    state,
    stages: job.stages,
    stage_kinds: kindsOf(job, plan),
    backend: best?.backend ?? "core",
    encoder: best?.encoder ?? "",
    device: best?.device ?? "cpu",
    gpu_accel: best?.accel ?? false,
    gpu_fallback: false,
    speed: 0,
    queued_sec: 0,
    started_sec: 0,
    wall_sec: 0,
    media_sec: 0,
    busy_sec: 0,
    outputs: [],
    attempts: [],
    why,
    gains: [],
  };
}

/** What its stages are, each kind once. Only \`normalize\` has anything measured. */
function kindsOf(job: Job, { tasks }: Plan): readonly StageKind[] {
  if (job.kind === "measure") return ["normalize"];
  const kinds = tasks.filter(({ id }) => job.tasks.includes(id)).map(({ stage }) => stage);
  return kinds.length > 0 ? [...new Set(kinds)] : ["export"];
}
