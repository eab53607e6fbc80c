import type { Job } from "../types.ts";

export interface Capacity {
  readonly cores: number;
  readonly memoryBytes: number;
  /** The most render jobs at once; zero leaves it to cores and memory. */
  readonly jobs: number;
}

/**
 * Which waiting jobs may start now. A job waits for what it depends on, for cores and for memory; something always
 * runs, however large it is. Those in the background come last, one at a time, and take no core from anyone: the
 * system gives them what the others leave.
 */
export function startable(
  waiting: readonly Job[],
  running: readonly Job[],
  { ended, capacity }: { readonly ended: ReadonlySet<string>; readonly capacity: Capacity },
): readonly Job[] {
  const started: Job[] = [];
  for (const job of [...waiting].sort((a, b) => Number(isBehind(a)) - Number(isBehind(b)))) {
    const busy = [...running, ...started];
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
