import { join } from "node:path";
import { CommandError } from "../errors.ts";
import { identify, readJson, shortHash, writeJson } from "../host/mod.ts";
import type { JobReport, MeasureJob } from "../types.ts";
import { attempt } from "./attempt.ts";
import { gainFor, levelsOf, type LoudnessReading, readLoudness } from "./gain.ts";
import { blank, type Desk } from "./desk.ts";
import { metered } from "./meter.ts";

/** Measures one sound and works out the gains that were wished for it. Remembered by source and by what was measured. */
export async function runMeasure(
  job: MeasureJob,
  { desk, why }: { readonly desk: Desk; readonly why: string },
): Promise<JobReport> {
  const { host, emit } = desk;
  const begun = performance.now();
  const key = join(host.settings.cache_dir, "loudness", `${await measureKey(job, desk)}.json`);
  const known = (await readJson(key)) as LoudnessReading | undefined;
  const { result: reading, spent } = known
    ? { result: known, spent: { busy_sec: 0 } }
    : await metered(desk.meter, { backend: "core", device: "cpu", accel: false }, () => measure(job, desk));
  if (known === undefined) await writeJson(key, reading).catch(() => undefined);
  const gains = job.gains.map((gain) => gainFor(reading, gain));
  for (const gain of gains) {
    desk.gains.set(gain.name, gain);
    if (gain.shortfallLu > 0.5)
      emit({
        type: "warning",
        stage: gain.name,
        text: `stays ${gain.shortfallLu.toFixed(1)} LU below the loudness target: its peaks reach the true-peak limit first`,
      });
  }
  emit({ type: "measured", job: job.id, gains });
  const wall_sec = (performance.now() - begun) / 1000;
  const media_sec = job.command.mediaSec;
  return {
    ...blank(job, desk.plan, { state: "done", why: known ? "measured before, and the sound is the same" : why }),
    ...spent,
    wall_sec,
    media_sec,
    speed: known ? 0 : media_sec / wall_sec,
    gains,
  };
}

async function measure(job: MeasureJob, { host, gains, signal, folder, emit }: Desk): Promise<LoudnessReading> {
  const end = await attempt(
    { commands: [job.command] },
    {
      host,
      gains: levelsOf(gains),
      accel: false,
      signal,
      logFile: join(folder, `${fileName(job.id)}.log`),
      onTick: ({ mediaSec, speed }) =>
        emit({
          type: "progress",
          job: job.id,
          percent: percent(mediaSec, job.command.mediaSec),
          media_sec: mediaSec,
          speed,
          fps: 0,
          eta_sec: 0,
          backend: "core",
          encoder: "ebur128",
          device: "cpu",
        }),
    },
  );
  if (end.outcome === "cancelled") throw new CommandError("CANCELLED", "The measurement was cancelled");
  if (end.outcome !== "done") {
    const { code, line, hint } = end.failure;
    throw new CommandError(code, line, { ...(hint !== undefined && { hint }), data: { job: job.id } });
  }
  const reading = readLoudness(end.stderr);
  if (reading === undefined)
    throw new CommandError("UNKNOWN", "ffmpeg measured no loudness", {
      hint: `see the log ${join(folder, `${fileName(job.id)}.log`)}`,
    });
  return reading;
}

async function measureKey({ command }: MeasureJob, { host, gains }: Desk): Promise<string> {
  const sources = await Promise.all(command.reads.map(identify));
  const used = [...gains.values()].filter(({ name }) => command.args.some((arg) => arg.includes(`{{${name}}}`)));
  return shortHash([command.args, sources, used, await host.toolKey()]);
}

export function percent(doneSec: number, totalSec: number): number {
  return totalSec > 0 ? Math.min(100, (doneSec / totalSec) * 100) : 0;
}

/** A job's id as a file name. */
export function fileName(id: string): string {
  return id.replace(/[^\w.-]+/g, "_");
}
