import { BREAKER_STATES, JOB_STATES, type JobReport, type Reading, type RunEvent, VENDORS } from "../types.ts";
import { createFamilies, type Families } from "./families.ts";
import { backendLabel, deviceLabel, reasonLabel } from "./labels.ts";

/** Metrics of one process, fed with events. Labels come from closed lists only: no ids, no paths. */
export interface Metrics {
  count(event: RunEvent): void;
  budget(usedRatio: number): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
}

/** Loads its library only when it is called: most commands count nothing. */
export async function createMetrics(): Promise<Metrics> {
  const families = createFamilies(await import("prom-client"));
  const book = newBook(families);
  return {
    count: (event) => count(event, families, book),
    budget: (usedRatio) => families.budget.set(usedRatio),
    text: () => families.registry.metrics(),
  };
}

/** What only makes sense over several events. */
function newBook({ jobs, success, sessions }: Families) {
  const states = new Map<string, number>();
  const begun = new Set<string>();
  const running = new Map<string, number>();
  /** The device each job is on now. */
  const places = new Map<string, string>();
  let total = 0;
  function place(job: string, device: string | undefined) {
    const before = places.get(job);
    for (const [one, by] of [[before, -1] as const, [device, 1] as const])
      if (one !== undefined) {
        running.set(one, (running.get(one) ?? 0) + by);
        sessions.set({ device: one }, running.get(one) ?? 0);
      }
    if (device === undefined) places.delete(job);
    else places.set(job, device);
  }
  function show() {
    const at = (state: string) => states.get(state) ?? 0;
    const ended = JOB_STATES.reduce((sum, state) => sum + at(state), 0);
    jobs.set({ state: "running" }, at("running"));
    jobs.set({ state: "queued" }, total - ended - at("running"));
    for (const state of JOB_STATES) jobs.set({ state }, at(state));
    if (ended > 0) success.set((at("done") + at("unchanged")) / ended);
  }
  return {
    place,
    expect(count: number) {
      total += count;
      show();
    },
    start(job: string) {
      begun.add(job);
      states.set("running", begun.size);
      show();
    },
    end(job: string, state: string) {
      // What was never started ended in the queue.
      begun.delete(job);
      states.set("running", begun.size);
      states.set(state, (states.get(state) ?? 0) + 1);
      show();
    },
  };
}

function count(event: RunEvent, families: Families, book: ReturnType<typeof newBook>): void {
  switch (event.type) {
    case "run.started":
      families.build.set({ version: event.vendue, ffmpeg: event.ffmpeg }, 1);
      return book.expect(event.jobs);
    case "planned":
      for (const { backend, codec, accel, ok } of event.probes)
        families.probe.set({ backend: backendLabel(backend), codec, accel: String(accel) }, Number(ok));
      for (const { backend: name, bids, wins, passes } of event.bids) {
        const backend = backendLabel(name);
        families.bids.inc({ backend }, bids);
        families.wins.inc({ backend }, wins);
        families.passes.inc({ backend }, passes);
      }
      return;
    case "job.started":
      families.queueWait.observe(event.queued_sec);
      return book.start(event.job);
    case "attempt.started": {
      const device = deviceLabel(event.device);
      if (event.slots !== undefined) families.sessionLimit.set({ device }, event.slots);
      return book.place(event.job, device === "cpu" ? undefined : device);
    }
    case "progress":
      return families.progressAt.set(Date.parse(event.time) / 1000);
    case "attempt.ended": {
      const { outcome, code } = event.result;
      const backend = backendLabel(event.result.backend);
      families.attempts.inc({ backend, outcome, reason: reasonLabel(code) });
      if (outcome === "unverified") families.unverified.inc({ backend });
      return book.place(event.job, undefined);
    }
    case "fallback":
      return families.fallbacks.inc({
        from: backendLabel(event.from),
        to: backendLabel(event.to),
        reason: reasonLabel(event.code),
      });
    case "breaker": {
      const labels = { backend: backendLabel(event.backend), device: deviceLabel(event.device) };
      for (const state of BREAKER_STATES) families.breaker.set({ ...labels, state }, Number(state === event.state));
      return;
    }
    case "sensors":
      return readSensors(event.readings, families);
    case "job.ended":
      book.end(event.job, event.report.state);
      return countJob(event.report, families);
    case "run.ended":
      return families.endedAt.set(Date.parse(event.time) / 1000);
    case "measured":
    case "warning":
      return;
  }
}

function countJob(report: JobReport, families: Families): void {
  const { kind, state, wall_sec, media_sec, outputs, attempts, joules = {}, cost, stage_kinds } = report;
  const backend = backendLabel(report.backend);
  families.ended.inc({ kind, state });
  for (const source of ["cpu", "gpu"] as const)
    if (joules[source] !== undefined) families.joules.inc({ backend, source }, joules[source]);
  if (cost && "amount" in cost) families.cost.inc({ backend, currency: cost.currency ?? "" }, cost.amount);
  else if (attempts.length > 0) families.costUnknown.inc({ backend });
  if (state !== "done") return;
  families.jobDuration.observe({ kind, backend }, wall_sec);
  for (const stage of stage_kinds) families.stageDuration.observe({ stage, backend }, wall_sec);
  if (kind === "measure") return;
  families.media.inc({ backend }, media_sec);
  families.busy.inc({ backend }, attempts.at(-1)?.wallSec ?? wall_sec);
  families.bytes.inc(
    { backend },
    outputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );
}

function readSensors(readings: readonly Reading[], families: Families): void {
  const gpus = readings.filter((one) => one.kind === "gpu");
  for (const vendor of VENDORS) families.gpus.set({ vendor }, gpus.filter((one) => one.vendor === vendor).length);
  for (const { gpu, ...values } of gpus) {
    const { utilization, encoder, decoder, memory_bytes, memory_used_bytes, celsius, watts, sessions } = values;
    const told = [
      [families.utilization, utilization],
      [families.encoder, encoder],
      [families.decoder, decoder],
      [families.memory, memory_bytes],
      [families.memoryUsed, memory_used_bytes],
      [families.celsius, celsius],
      [families.watts, watts],
    ] as const;
    for (const [family, value] of told) if (value !== undefined) family.set({ gpu }, value);
    // The vendor's own tool also sees the encodes of others.
    if (sessions !== undefined) families.sessions.set({ device: gpu }, sessions);
  }
  for (const one of readings) {
    if (one.kind !== "disk") continue;
    families.diskFree.set(one.free_bytes);
    families.diskSize.set(one.size_bytes);
  }
}
