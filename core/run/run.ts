import { join } from "node:path";
import { type ErrorCode, isVendueError } from "../errors.ts";
import { costOfJob, costOfRun } from "../cost/mod.ts";
import { packageVersion, shortHash } from "../host/mod.ts";
import { countBids } from "../plan/mod.ts";
import { redactAll } from "../redact.ts";
import type { Job, JobReport, Plan, Report, RunEvent } from "../types.ts";
import { type Channel, newChannel } from "./channel.ts";
import { blank, type Desk, type Happening, type RunOptions } from "./desk.ts";
import { runMeasure } from "./measure.ts";
import { openMeter, sumJoules } from "./meter.ts";
import { runRender } from "./render.ts";
import { checkFresh, type Freshness, newMarker } from "./rerun.ts";
import { type Capacity, startable } from "./schedule.ts";
import { watchSensors } from "./watch.ts";

/** A run: its events as they happen, and its report at the end. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly report: Promise<Report>;
}

/** Walks a plan. Exactly its commands are run; what happens is told in events and never thrown. */
export function startRun(plan: Plan, options: RunOptions): Run {
  const { host } = options;
  const started = host.now();
  const id = `${started.toISOString().replace(/[-:]/g, "").slice(0, 15)}-${shortHash([plan, started.getTime(), process.pid]).slice(0, 6)}`;
  const channel: Channel<RunEvent> = newChannel();
  const emit = (event: Happening) =>
    channel.send(redactAll({ v: 1, time: host.now().toISOString(), run: id, ...event } as RunEvent));
  const begunMs = performance.now();
  const over = new AbortController();
  const desk: Desk = {
    ...options,
    plan,
    id,
    folder: join(host.settings.state_dir, "runs", id),
    emit,
    gains: new Map(),
    leases: new Map(),
    mark: newMarker(options.signal ? AbortSignal.any([options.signal, over.signal]) : over.signal),
    meter: openMeter((settle) => host.sensors.read({ gpu: plan.accel !== "off", settle })),
    settle() {},
    elapsed: () => (performance.now() - begunMs) / 1000,
  };
  const report = walk(desk, started).finally(() => {
    over.abort();
    channel.close();
  });
  return { report, [Symbol.asyncIterator]: () => channel.values[Symbol.asyncIterator]() };
}

async function walk(desk: Desk, started: Date): Promise<Report> {
  const { plan, host, emit, elapsed } = desk;
  const vendue = packageVersion();
  const { pipeline, ffmpeg, accel, estimate } = plan;
  emit({ type: "run.started", pipeline, jobs: plan.jobs.length, vendue, ffmpeg, accel });
  emit({ type: "planned", probes: plan.probes, bids: countBids(plan.offers), estimate });
  for (const { stage, text } of plan.warnings) emit({ type: "warning", stage, text });
  const fresh = await findFresh(desk);
  const reports = new Map<string, JobReport>();
  const watch = watchSensors(desk);
  await drain(desk, { fresh, reports });
  await watch.end();
  const jobs = plan.jobs.flatMap((job) => reports.get(job.id) ?? []);
  const report: Report = redactAll({
    version: 1,
    run: desk.id,
    pipeline,
    state: stateOf(jobs),
    started: started.toISOString(),
    wall_sec: elapsed(),
    vendue,
    ffmpeg,
    accel,
    estimate,
    ...sumJoules(jobs),
    cost: costOfRun(jobs, host.settings.prices),
    jobs,
    warnings: plan.warnings,
  });
  emit({ type: "run.ended", report });
  return report;
}

interface Board {
  readonly fresh: ReadonlyMap<string, Freshness>;
  readonly reports: Map<string, JobReport>;
}

/** Starts what may start, waits for one to end, and looks again, until nothing is left. */
async function drain(desk: Desk, board: Board): Promise<void> {
  const { plan, host, emit, elapsed } = desk;
  const begunSec = elapsed();
  const ended = new Map<string, number>();
  const waiting = new Set(plan.jobs);
  const running = new Map<Job, Promise<void>>();
  const settling = new Set<Job>();
  let look = () => {};
  const settle = (job: Job, isSettling: boolean) => {
    if (isSettling) settling.add(job);
    else settling.delete(job);
    look();
  };
  const capacity: Capacity = {
    cores: host.platform.cores,
    memoryBytes: host.freeMemoryBytes() * 0.8,
    jobs: host.settings.jobs,
  };
  while (waiting.size > 0 || running.size > 0) {
    const settled = new Promise<void>((resolve) => (look = resolve));
    const progress = { ended: new Set(board.reports.keys()), settling, capacity };
    const next = startable([...waiting], [...running.keys()], progress);
    for (const job of next) {
      waiting.delete(job);
      const started_sec = elapsed();
      const queued_sec = started_sec - Math.max(begunSec, ...job.after.map((id) => ended.get(id) ?? 0));
      running.set(
        job,
        runJob(job, { ...desk, settle }, { ...board, queued_sec }).then((done) => {
          const report = { ...done, queued_sec, started_sec, cost: costOfJob(done, host.settings.prices) };
          ended.set(job.id, elapsed());
          board.reports.set(job.id, report);
          emit({ type: "job.ended", job: job.id, report });
          settling.delete(job);
          running.delete(job);
        }),
      );
    }
    await Promise.race([...running.values(), settled]);
  }
}

async function runJob(
  job: Job,
  desk: Desk,
  { fresh, reports, queued_sec }: Board & { readonly queued_sec: number },
): Promise<JobReport> {
  const broken = job.after.find((id) => !["done", "unchanged"].includes(reports.get(id)?.state ?? ""));
  if (desk.signal?.aborted) return blank(job, desk.plan, { state: "cancelled", why: "the run was cancelled" });
  if (broken !== undefined) return blank(job, desk.plan, { state: "skipped", why: `${broken} did not end well` });
  const found = fresh.get(job.id);
  if (found?.fresh)
    return {
      ...blank(job, desk.plan, { state: "unchanged", why: "nothing changed since it was made" }),
      outputs: found.outputs,
    };
  const why = found?.why ?? "it was asked for";
  desk.emit({ type: "job.started", job: job.id, kind: job.kind, stages: job.stages, queued_sec });
  const begunSec = desk.elapsed();
  try {
    return job.kind === "measure" ? await runMeasure(job, { desk, why }) : await runRender(job, { desk, why });
  } catch (error) {
    // A refusal before or after ffmpeg: a folder, a lock, a broken backend. Nothing else may end the other jobs.
    const code: ErrorCode = isVendueError(error) ? error.code : "UNKNOWN";
    const message = error instanceof Error ? error.message : String(error);
    const hint = isVendueError(error) ? error.hint : undefined;
    return {
      ...blank(job, desk.plan, { state: code === "CANCELLED" ? "cancelled" : "failed", why }),
      wall_sec: desk.elapsed() - begunSec,
      error: { code, message, ...(hint !== undefined && { hint }) },
    };
  }
}

/** A measuring pass is only worth its time if something that needs it has changed. */
async function findFresh(desk: Desk): Promise<ReadonlyMap<string, Freshness>> {
  const { plan, force = false, host } = desk;
  const found = new Map<string, Freshness>();
  for (const job of plan.jobs)
    if (job.kind === "render")
      found.set(job.id, force ? { fresh: false, why: "--force was given" } : await checkFresh(job, plan, host));
  for (const job of [...plan.jobs].reverse()) {
    if (job.kind !== "measure") continue;
    const users = plan.jobs.filter(({ after }) => after.includes(job.id));
    if (users.every(({ id }) => found.get(id)?.fresh)) found.set(job.id, { fresh: true, outputs: [] });
  }
  return found;
}

function stateOf(jobs: readonly JobReport[]): Report["state"] {
  const bad = jobs.filter(({ state }) => state === "failed" || state === "skipped");
  if (jobs.some(({ state }) => state === "cancelled")) return "cancelled";
  if (bad.length === 0) return "done";
  const renders = jobs.filter(({ kind }) => kind === "render");
  return renders.some(({ state }) => state === "done" || state === "unchanged") ? "partial" : "failed";
}
