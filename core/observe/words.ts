import { sayAmount } from "../cost/mod.ts";
import type { Attempt, JobReport, Joules, OutputReport, Report } from "../types.ts";

/** The words that every view of a report uses for the same thing. */
export const header = ["job", "state", "ran on", "wall", "speed", "why"] as const;

export function jobCells(job: JobReport): readonly string[] {
  const { id, state, wall_sec, speed, why } = job;
  return [id, state, placeOf(job), wall_sec > 0 ? seconds(wall_sec) : "-", speed > 0 ? times(speed) : "-", why];
}

function placeOf({ backend, encoder, device, gpu_fallback, kind }: JobReport): string {
  if (encoder === "" || kind === "measure") return backend;
  return `${encoder} on ${device}${gpu_fallback ? " after a GPU failed" : ""}`;
}

export function attemptWords(attempt: Attempt): string {
  const { backend, encoder, device, variant, outcome, code, cause, next, log } = attempt;
  const where = `${encoder} on ${device} (${backend}${variant ? `, ${variant}` : ""})`;
  const why = `${code ? ` ${code}` : ""}${cause ? `: ${cause}` : ""}`;
  return `${where} ${outcome}${why}${next ? `, then ${next}` : ""}${log ? `, log ${log}` : ""}`;
}

export function gainWords(gain: JobReport["gains"][number]): string {
  const { name, integratedLufs, gainDb, shortfallLu, ceilingDb } = gain;
  const held = ceilingDb === undefined ? "" : `, peaks held at ${ceilingDb.toFixed(1)} dBFS by a limiter`;
  const short =
    shortfallLu > 0.05 ? `, ${shortfallLu.toFixed(1)} LU short of the target because of the peak limit` : "";
  return `${name}: ${integratedLufs.toFixed(1)} LUFS measured, ${gainDb.toFixed(1)} dB applied${held}${short}`;
}

export function pictureWords({ video }: OutputReport): string {
  if (video === undefined) return "no picture";
  const rate = Math.round((video.fps.num / video.fps.den) * 1000) / 1000;
  return `${video.codec} ${video.width}x${video.height} ${rate} fps ${video.frames} frames`;
}

export function soundWords({ audio }: OutputReport): string {
  const tracks = audio.map(({ codec, sampleRate, channels }) => `${codec} ${sampleRate} Hz ${channels} ch`);
  return tracks.join(", ") || "no sound";
}

export function levelWords({ loudness }: OutputReport): string {
  if (loudness === undefined) return "";
  const { integratedLufs, truePeakDbtp, trimDb, shortfallLu } = loudness;
  const trim = trimDb === undefined ? "" : `, ${trimDb > 0 ? "+" : ""}${trimDb.toFixed(1)} dB after the first encode`;
  const short = shortfallLu === undefined ? "" : `, ${shortfallLu.toFixed(1)} LU below the target`;
  return `${integratedLufs.toFixed(1)} LUFS, peak ${truePeakDbtp.toFixed(1)} dBTP${trim}${short}`;
}

function driftMs(driftSec: number): number {
  return Math.round(driftSec * 1000) || 0;
}

export function outputWords(output: OutputReport): string {
  const { path, sizeBytes, durationSec, driftSec } = output;
  const level = levelWords(output);
  const drift = driftSec === undefined ? "" : `, sound ends ${driftMs(driftSec)} ms after the picture`;
  return `${path}: ${durationSec.toFixed(3)} s, ${bytes(sizeBytes)}, ${pictureWords(output)}, ${soundWords(output)}${level ? `, ${level}` : ""}${drift}`;
}

/** What it cost beside what was expected; unknown is said, and why. */
export function costWords({ cost, estimate }: Report): string {
  const minute =
    "amount" in cost && cost.per_output_minute !== undefined
      ? `, ${sayAmount({ amount: cost.per_output_minute, ...(cost.currency && { currency: cost.currency }) })} per output minute`
      : "";
  const before = estimate.cost ? `, estimated ${sayAmount(estimate.cost)}` : "";
  return `${sayAmount(cost)}${minute}${before}`;
}

export function energyWords(joules: Joules | undefined): string {
  const parts = (["cpu", "gpu"] as const).flatMap((source) =>
    joules?.[source] === undefined ? [] : [`${joules[source].toFixed(1)} J ${source}`],
  );
  return parts.join(", ") || "unknown (nothing here measures it)";
}

export function seconds(value: number): string {
  return value < 120 ? `${value.toFixed(1)} s` : `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

export function times(value: number): string {
  return `${value.toFixed(2)}x`;
}

export function bytes(value: number): string {
  return value < 1e9 ? `${(value / 1e6).toFixed(2)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}
