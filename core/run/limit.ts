import type { Loudness, MeasuredGain } from "../types.ts";
import type { LoudnessReading } from "./gain.ts";

/** What a limiter is tried with: a gain before it, and the level it holds peaks at. */
export interface Trial {
  readonly gainDb: number;
  readonly ceilingDb: number;
}

/** A limiter works on samples, and the wave between two of them may reach higher. */
const betweenSamplesDb = 0.8;
/** More than this off the peaks is no longer mastering but damage. */
const mostLimitDb = 12;
const mostTrials = 4;
const nearEnoughLu = 0.2;

/**
 * The gain that reaches the target with peaks held down. Limiting takes loudness away, so the gain is found by trying:
 * each trial is a pass over the sound alone.
 */
export async function limitedGain(
  plain: MeasuredGain,
  loudness: Loudness,
  hear: (trial: Trial) => Promise<LoudnessReading>,
): Promise<MeasuredGain> {
  const { targetLufs, truePeakDbtp: limitDb } = loudness;
  const most = plain.gainDb + mostLimitDb;
  let trial: Trial = {
    gainDb: Math.min(most, targetLufs - plain.integratedLufs),
    ceilingDb: limitDb - betweenSamplesDb,
  };
  for (let nth = 1; ; nth += 1) {
    const heard = await hear(trial);
    const lack = targetLufs - heard.integratedLufs;
    const over = Math.max(0, heard.truePeakDbtp - limitDb);
    const gainDb = Math.min(most, trial.gainDb + lack);
    const settled = Math.abs(lack) <= nearEnoughLu || gainDb === trial.gainDb;
    if (nth === mostTrials || (settled && over === 0))
      return { ...plain, ...trial, shortfallLu: Math.max(0, Math.round(lack * 1000) / 1000) };
    trial = { gainDb, ceilingDb: trial.ceilingDb - over };
  }
}
