import { publish } from "../host/mod.ts";
import type { Check, Loudness, MeasuredLoudness, Promised, RankedBid } from "../types.ts";
import { attempt } from "./attempt.ts";
import type { Desk } from "./desk.ts";
import { isNearSilent, levelsOf, type LoudnessReading } from "./gain.ts";
import { weigh } from "./weigh.ts";

/** A file may be off its target by this much, and stay this much below the loudest that its peak limit allows. */
const nearEnoughLu = 0.5;
/** Kept free below the limit by a correction, since the next encode overshoots a little differently. */
const spareDb = 0.1;
const mostTries = 3;

/** What a listener was promised, held against what a file decodes to. */
export function levelChecks(reading: LoudnessReading, { targetLufs, truePeakDbtp }: Loudness): readonly Check[] {
  const { integratedLufs, truePeakDbtp: peak } = reading;
  return [
    {
      name: "true peak",
      ok: peak <= truePeakDbtp,
      expected: `at most ${truePeakDbtp} dBTP`,
      found: `${peak.toFixed(1)} dBTP`,
    },
    {
      name: "loudness",
      ok: isLoudEnough(reading, { targetLufs, truePeakDbtp }),
      expected: `${targetLufs} LUFS, or as near as the peak limit allows`,
      found: `${integratedLufs.toFixed(1)} LUFS`,
    },
  ];
}

function isLoudEnough(reading: LoudnessReading, { targetLufs, truePeakDbtp }: Loudness): boolean {
  const lack = targetLufs - reading.integratedLufs;
  const room = truePeakDbtp - reading.truePeakDbtp;
  return isNearSilent(reading) || Math.abs(lack) <= nearEnoughLu || (lack > 0 && room <= nearEnoughLu);
}

/** By how much the whole has to become louder or quieter; nothing where it is as it should be. */
export function correction(reading: LoudnessReading, loudness: Loudness): number | undefined {
  const lack = isNearSilent(reading) ? 0 : loudness.targetLufs - reading.integratedLufs;
  const room = loudness.truePeakDbtp - reading.truePeakDbtp;
  return room >= 0 && isLoudEnough(reading, loudness) ? undefined : Math.min(lack, room - spareDb);
}

/** How far a file stays below its target because its peaks reach the limit; nothing where it does not. */
export function shortfall(reading: LoudnessReading, { targetLufs }: Loudness): number {
  const lack = isNearSilent(reading) ? 0 : targetLufs - reading.integratedLufs;
  return lack > nearEnoughLu ? Math.round(lack * 10) / 10 : 0;
}

export interface Levelling {
  readonly desk: Desk;
  readonly bid: RankedBid;
  readonly logFile: string;
}

/**
 * Holds an encoded file against its loudness, and encodes its sound again where that missed: an encoder may lift peaks
 * by decibels, and a cut may leave the quiet half of a clip. Answers what was found in the end, and whether the file is
 * another one now.
 */
export async function level(
  { part, loudness }: Promised,
  first: LoudnessReading,
  { desk, bid, logFile }: Levelling,
): Promise<{ readonly changed: boolean; readonly loudness: MeasuredLoudness }> {
  const { host, signal, gains } = desk;
  const relevel = bid.relevel?.[part];
  if (loudness === undefined || relevel === undefined) return { changed: false, loudness: first };
  let [reading, trimDb, tries] = [first, 0, 0];
  for (; tries < mostTries; tries += 1) {
    const more = correction(reading, loudness);
    if (more === undefined) break;
    const trim = Math.round((trimDb + more) * 1000) / 1000;
    const late = new Map([...levelsOf(gains), ["trim", trim]]);
    const end = await attempt(
      { commands: [relevel] },
      { host, accel: false, signal, logFile, gains: late, onTick() {} },
    );
    // The file that is there is whole and was verified; it only is not as loud as it could be.
    if (end.outcome !== "done") break;
    await publish(`${part}-level`, part);
    trimDb = trim;
    reading = (await weigh(part, { host, signal })) ?? reading;
  }
  const shortfallLu = shortfall(reading, loudness);
  return {
    changed: tries > 0,
    loudness: { ...reading, ...(trimDb !== 0 && { trimDb }), ...(shortfallLu > 0 && { shortfallLu }) },
  };
}
