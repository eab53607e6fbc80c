import type { Loudness, MeasuredGain } from "../types.ts";

/** Below this a recording holds nothing but its own noise; lifting it would only make that loud. */
const noiseFloorLufs = -55;
const mostGainDb = 40;
/** Lossy codecs overshoot: this much is kept free below the limit. */
const codecMarginDb = 0.3;

export interface LoudnessReading {
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
}

/** Reads the summary that the ebur128 filter prints at the end. Silence has no loudness: minus infinity. */
export function readLoudness(stderr: string): LoudnessReading | undefined {
  const summary = stderr.slice(stderr.lastIndexOf("Summary:"));
  const integrated = /I:\s+(-?[\d.]+|-?inf|nan) LUFS/.exec(summary)?.[1];
  const peak = /Peak:\s+(-?[\d.]+|-?inf|nan) dBFS/.exec(summary)?.[1];
  if (integrated === undefined || peak === undefined) return undefined;
  return { integratedLufs: decibels(integrated), truePeakDbtp: decibels(peak) };
}

/** One linear gain: up to the target, or as far as the peak limit allows, never further. */
export function gainFor(
  { integratedLufs, truePeakDbtp }: LoudnessReading,
  { name, loudness }: { readonly name: string; readonly loudness: Loudness },
): MeasuredGain {
  const { targetLufs, truePeakDbtp: limit } = loudness;
  if (isNearSilent({ integratedLufs, truePeakDbtp }))
    return { name, integratedLufs, truePeakDbtp, gainDb: 0, shortfallLu: 0 };
  const wanted = Math.min(targetLufs - integratedLufs, mostGainDb);
  const room = limit - codecMarginDb - truePeakDbtp;
  const gainDb = Math.min(wanted, room);
  const shortfallLu = Math.max(0, targetLufs - (integratedLufs + gainDb));
  return { name, integratedLufs, truePeakDbtp, gainDb: round(gainDb), shortfallLu: round(shortfallLu) };
}

/** Whether there is anything to be heard that a level could be asked of. */
export function isNearSilent({ integratedLufs }: LoudnessReading): boolean {
  return integratedLufs <= noiseFloorLufs;
}

/** Measured values by the names the plan knows them by: gains in decibels, ceilings as ffmpeg takes them. */
export function levelsOf(gains: ReadonlyMap<string, MeasuredGain>): ReadonlyMap<string, number> {
  return new Map(
    [...gains.values()].flatMap(({ name, gainDb, ceilingDb = 0 }) => [
      [name, gainDb],
      [`${name}.ceiling`, 10 ** (ceilingDb / 20)],
    ]),
  );
}

/** Puts measured gains where the plan only named them. Late values stand in graphs alone: a path may hold any braces. */
export function fillIn(args: readonly string[], gains: ReadonlyMap<string, number>): readonly string[] {
  return args.map((arg, nth) =>
    args[nth - 1] !== "-filter_complex"
      ? arg
      : arg.replace(/\{\{([\w.-]+)\}\}/g, (_, name: string) => {
          const gain = gains.get(name);
          if (gain === undefined) throw new Error(`the plan names the late value ${name}, which no job measured`);
          return gain.toFixed(3);
        }),
  );
}

function decibels(text: string): number {
  const value = Number(text);
  // JSON has no infinity; this is below anything a file can hold.
  return Number.isFinite(value) ? value : -200;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
