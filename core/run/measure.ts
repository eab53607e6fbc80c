import { join } from "node:path";
import { CommandError } from "../errors.ts";
import { identify, readJson, shortHash, writeJson } from "../host/mod.ts";
import type { Command, JobReport, MeasuredGain, MeasureJob } from "../types.ts";
import { attempt } from "./attempt.ts";
import { gainFor, levelsOf, type LoudnessReading, readLoudness } from "./gain.ts";
import { blank, type Desk } from "./desk.ts";
import { limitedGain, type Trial } from "./limit.ts";
import { metered } from "./meter.ts";

/** Measures one sound and works out the gains that were wished for it. Remembered by source and by what was measured. */
export async function runMeasure(
  job: MeasureJob,
  { desk, why }: { readonly desk: Desk; readonly why: string },
): Promise<JobReport> {
  const { emit } = desk;
  const begun = performance.now();
  let fresh = false;
  const hear = async (command: Command, trial?: Trial) => {
    const heard = await recall(command, { job, desk, trial });
    fresh ||= heard.fresh;
    return heard.reading;
  };
  const { result: gains, spent } = await metered(
    desk.meter,
    { backend: "core", device: "cpu", accel: false },
    async () => {
      const reading = await hear(job.command);
      const found: MeasuredGain[] = [];
      for (const wish of job.gains) {
        const plain = gainFor(reading, wish);
        const { limited } = job;
        const limits = limited && wish.loudness.limiter && plain.shortfallLu > 0;
        found.push(limits ? await limitedGain(plain, wish.loudness, (trial) => hear(limited, trial)) : plain);
      }
      return found;
    },
  );
  for (const gain of gains) {
    desk.gains.set(gain.name, gain);
    if (gain.shortfallLu > 0.5)
      emit({
        type: "warning",
        stage: gain.name,
        text: `stays ${gain.shortfallLu.toFixed(1)} LU below the loudness target: ${gain.ceilingDb === undefined ? "its peaks reach the true-peak limit first; say limiter: true to hold them down" : "its peaks would have to be held down by more than 12 dB"}`,
      });
  }
  emit({ type: "measured", job: job.id, gains });
  const wall_sec = (performance.now() - begun) / 1000;
  const media_sec = job.command.mediaSec;
  return {
    ...blank(job, desk.plan, { state: "done", why: fresh ? why : "measured before, and the sound is the same" }),
    ...(fresh ? spent : { busy_sec: 0 }),
    wall_sec,
    media_sec,
    speed: fresh ? media_sec / wall_sec : 0,
    gains,
  };
}

interface Hearing {
  readonly job: MeasureJob;
  readonly desk: Desk;
  readonly trial: Trial | undefined;
}

/** A reading that was taken before, of the same sound by the same tools, or a new one. */
async function recall(command: Command, { job, desk, trial }: Hearing) {
  const { host, gains } = desk;
  const tried = trial ? [{ ...silentGain, name: "trial", ...trial }] : [];
  const late = new Map([...gains.values(), ...tried].map((gain) => [gain.name, gain]));
  const key = join(host.settings.cache_dir, "loudness", `${await readingKey(command, { late, desk })}.json`);
  const known = (await readJson(key)) as LoudnessReading | undefined;
  if (known !== undefined) return { reading: known, fresh: false };
  const reading = await measure(command, { job, desk, late });
  await writeJson(key, reading).catch(() => undefined);
  return { reading, fresh: true };
}

const silentGain = { integratedLufs: 0, truePeakDbtp: 0, shortfallLu: 0 };

type Late = ReadonlyMap<string, MeasuredGain>;

async function measure(
  command: Command,
  { job, desk, late }: { readonly job: MeasureJob; readonly desk: Desk; readonly late: Late },
): Promise<LoudnessReading> {
  const { host, signal, folder, emit } = desk;
  const end = await attempt(
    { commands: [command] },
    {
      host,
      gains: levelsOf(late),
      accel: false,
      signal,
      logFile: join(folder, `${fileName(job.id)}.log`),
      onTick: ({ mediaSec, speed }) =>
        emit({
          type: "progress",
          job: job.id,
          percent: percent(mediaSec, command.mediaSec),
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

async function readingKey(
  { args, reads }: Command,
  { late, desk }: { readonly late: Late; readonly desk: Desk },
): Promise<string> {
  const sources = await Promise.all(reads.map(identify));
  const used = [...late.values()].filter(({ name }) => args.some((arg) => arg.includes(`{{${name}}}`)));
  return shortHash([args, sources, used, await desk.host.toolKey()]);
}

export function percent(doneSec: number, totalSec: number): number {
  return totalSec > 0 ? Math.min(100, (doneSec / totalSec) * 100) : 0;
}

/** A job's id as a file name. */
export function fileName(id: string): string {
  return id.replace(/[^\w.-]+/g, "_");
}
