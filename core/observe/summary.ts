import { JOB_STATES, type JobState, type Report } from "../types.ts";

/** A job that went on to another bid. */
export interface Fallback {
  readonly job: string;
  readonly from: string;
  readonly to: string;
  readonly variant?: string;
  readonly code: string;
  readonly cause: string;
}

export interface BackendSpeed {
  readonly backend: string;
  readonly accel: boolean;
  readonly jobs: number;
  readonly media_sec: number;
  readonly busy_sec: number;
  /** Media over busy seconds: times real time. */
  readonly speed: number;
}

/** The sums of a report, as every view of it shows them. The metrics come to the same by counting events. */
export interface Summary {
  readonly jobs: Readonly<Record<JobState, number>>;
  readonly attempts: number;
  readonly fallbacks: readonly Fallback[];
  readonly speeds: readonly BackendSpeed[];
  readonly outputs: number;
  readonly outputBytes: number;
  readonly mediaSec: number;
  readonly checks: { readonly ok: number; readonly wrong: number };
}

export function summarize({ jobs }: Report): Summary {
  const states = Object.fromEntries(
    JOB_STATES.map((state) => [state, jobs.filter((job) => job.state === state).length]),
  ) as Record<JobState, number>;
  const rendered = jobs.filter(({ kind, state }) => kind === "render" && state === "done");
  const made = rendered.flatMap(({ outputs }) => outputs);
  const checks = made.flatMap((output) => output.checks);
  return {
    jobs: states,
    attempts: jobs.reduce((sum, { attempts }) => sum + attempts.length, 0),
    fallbacks: jobs.flatMap(fallbacksOf),
    speeds: speedsOf(rendered),
    outputs: made.length,
    outputBytes: made.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    mediaSec: rendered.reduce((sum, { media_sec }) => sum + media_sec, 0),
    checks: { ok: checks.filter(({ ok }) => ok).length, wrong: checks.filter(({ ok }) => !ok).length },
  };
}

/** An attempt that is followed by another bid fell back to it. */
function fallbacksOf({ id, attempts }: Report["jobs"][number]): readonly Fallback[] {
  return attempts.flatMap(({ backend, next, code = "UNKNOWN", cause = "" }, nth) => {
    const to = attempts[nth + 1];
    if (next !== "next-bid" || to === undefined) return [];
    return [{ job: id, from: backend, to: to.backend, ...(to.variant && { variant: to.variant }), code, cause }];
  });
}

function speedsOf(rendered: Report["jobs"]): readonly BackendSpeed[] {
  const names = [...new Set(rendered.map(({ backend }) => backend))];
  return names.map((backend) => {
    const own = rendered.filter((job) => job.backend === backend);
    const media_sec = own.reduce((sum, job) => sum + job.media_sec, 0);
    // Only the attempt that made it: what others lost before is their failure, not this one's slowness.
    const busy_sec = own.reduce((sum, { attempts, wall_sec }) => sum + (attempts.at(-1)?.wallSec ?? wall_sec), 0);
    const accel = own.some(({ gpu_accel }) => gpu_accel);
    return { backend, accel, jobs: own.length, media_sec, busy_sec, speed: busy_sec > 0 ? media_sec / busy_sec : 0 };
  });
}
