import type { Job } from "../types.ts";

export interface Capacity {
  readonly cores: number;
  readonly memoryBytes: number;
  /** The most render jobs at once; zero leaves it to cores and memory. */
  readonly jobs: number;
}

/** How far the others are. */
export interface Progress {
  readonly ended: ReadonlySet<string>;
  /** Running jobs that have encoded, and only verify what they made. */
  readonly settling?: ReadonlySet<Job>;
  readonly capacity: Capacity;
}

/**
 * Which waiting jobs may start now. A job waits for what it depends on, for cores and for memory; something always
 * runs, however large it is. Those in the background come last, one at a time, and take no core from anyone: the
 * system gives them what the others leave. Nor do those that only verify, while they are few: an encoder leaves room
 * beside it, and a device must not wait until the processor has looked at what it made.
 */
export function startable(
  waiting: readonly Job[],
  running: readonly Job[],
  { ended, settling = new Set(), capacity }: Progress,
): readonly Job[] {
  const started: Job[] = [];
  const few = capacity.jobs === 0 && settling.size <= Math.max(1, capacity.cores >> 1);
  const encoding = few ? running.filter((job) => !settling.has(job)) : running;
  for (const job of [...waiting].sort((a, b) => Number(isBehind(a)) - Number(isBehind(b)))) {
    const busy = [...encoding, ...started];
    if (!job.after.every((id) => ended.has(id))) continue;
    if (busy.length > 0 && !fits(job, busy, capacity)) continue;
    started.push(job);
  }
  return started;
}

function isBehind(job: Job): boolean {
  return job.kind === "render" && job.background === true;
}

function fits(job: Job, busy: readonly Job[], { cores, memoryBytes, jobs }: Capacity): boolean {
  if (isBehind(job)) return !busy.some(isBehind) && memory([...busy, job]) <= memoryBytes;
  const renders = busy.filter((one) => one.kind === "render" && !isBehind(one)).length;
  if (jobs > 0 && job.kind === "render") return renders < jobs && memory([...busy, job]) <= memoryBytes;
  const used = busy.reduce((sum, one) => sum + (isBehind(one) ? 0 : one.cores), 0);
  return used + job.cores <= cores && memory([...busy, job]) <= memoryBytes;
}

function memory(jobs: readonly Job[]): number {
  return jobs.reduce((sum, one) => sum + one.memoryBytes, 0);
}
