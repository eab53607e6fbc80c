import type { Filter, Rational } from "../types.ts";
import type { Slot } from "./grid.ts";
import type { Clip } from "./timeline.ts";

/** Stretches to keep of one input, as first tick and number of ticks. */
export type Teeth = readonly (readonly [first: number, count: number])[];

/** Ranges of one source that lie close together: read once, with what is not wanted dropped on the way. */
export interface Comb {
  readonly frames: Teeth;
  readonly samples: Teeth;
  /** Frames from the first wanted one to the last. */
  readonly spanFrames: number;
  /** The ranges it stands for. */
  readonly slots: readonly Slot[];
}

/** Below this many ranges an input each is simpler, and reads less. */
const leastTeeth = 8;
/** More than this many need expressions longer than ffmpeg 5.1 can parse, and make every sample pass too many doors. */
const mostTeeth = 50;
/** A comb decodes what lies between its teeth; it pays while most of that is wanted. */
const leastKept = 0.5;

/** What reading on has to save of two ranges: long ones are better left apart, since a comb is never made in chunks. */
const leastSaved = 0.2;

export interface CombOptions {
  readonly rate: Rational;
  readonly sampleRate: number;
  /** How far apart the keyframes of a source are; zero where nobody knows, or no picture is read. */
  readonly gopOf?: (source: string) => number;
}

/**
 * Turns runs of near ranges of one source into combs. Cutting the pauses out of a talk leaves hundreds of them, and an
 * input for each would cost gigabytes; and to seek to the next of two neighbours is to decode half a group of pictures
 * on average before the first that is shown, which may be more than what lies between them.
 */
export function combine(slots: readonly Slot[], options: CombOptions): readonly Slot[] {
  const out: Slot[] = [];
  for (let at = 0; at < slots.length;) {
    const run = runFrom(slots, at);
    const comb = run.length >= leastTeeth ? combOf(run, options, isMostlyKept) : undefined;
    if (comb) out.push(asOne(run, comb));
    else
      for (const near of neighbours(run, options)) {
        const pair = near.length > 1 ? combOf(near, options, isOnGrid) : undefined;
        out.push(...(pair ? [asOne(near, pair)] : near));
      }
    at += run.length;
  }
  return out;
}

function asOne(run: readonly Slot[], comb: Comb): Slot {
  return { ...(run[0] as Slot), frames: total(run, "frames"), samples: total(run, "samples"), comb };
}

/** A run taken apart where a seek costs less than reading on. */
function neighbours(run: readonly Slot[], { gopOf = () => 0 }: CombOptions): readonly (readonly Slot[])[] {
  const groups: Slot[][] = [];
  for (const slot of run) {
    const before = groups.at(-1)?.at(-1)?.segment;
    const isNear = before?.kind === "clip" && savedSec(before, slot.segment, gopOf(before.source)) > 0;
    if (isNear) groups.at(-1)?.push(slot);
    else groups.push([slot]);
  }
  return groups;
}

/** What reading on saves beyond the least that counts. */
function savedSec(before: Clip, { inSec, outSec }: Pick<Clip, "inSec" | "outSec">, gopSec: number): number {
  const shownSec = before.outSec - before.inSec + outSec - inSec;
  return gopSec / 2 - (inSec - before.outSec) - leastSaved * shownSec;
}

/** The longest run of slots that are ranges of one source, in order, all dressed alike. */
function runFrom(slots: readonly Slot[], at: number): readonly Slot[] {
  const run = slots.slice(at, at + 1);
  const past = Math.min(slots.length, at + mostTeeth);
  for (let next = at + 1; next < past; next += 1) {
    const [before, slot] = [run.at(-1)?.segment, slots[next]];
    if (before?.kind !== "clip" || slot?.segment.kind !== "clip" || !follows(before, slot.segment)) break;
    run.push(slot);
  }
  return run;
}

function follows(before: Clip, next: Clip): boolean {
  return (
    before.source === next.source &&
    next.inSec >= before.outSec &&
    JSON.stringify([before.look, before.sound]) === JSON.stringify([next.look, next.sound])
  );
}

/** What a run looks like on the grid of its first range. */
interface Laid {
  /** Where each range begins, in frames from the first one. */
  readonly places: readonly number[];
  readonly kept: number;
}

const isMostlyKept = ({ kept }: Laid) => kept >= leastKept;

/** Where all ranges begin on a tick of the first, one pass shows the very pictures that a seek to each would. */
const isOnGrid = ({ places }: Laid) => places.every((place) => Math.abs(place - Math.round(place)) < 0.01);

function combOf(
  run: readonly Slot[],
  { rate: { num, den }, sampleRate }: CombOptions,
  isGood: (laid: Laid) => boolean,
): Comb | undefined {
  const shownFrom = ({ segment, slipSec }: Slot) => segment.inSec + slipSec;
  const [first] = run;
  if (first === undefined) return undefined;
  const [startSec, originSec] = [first.segment.inSec, shownFrom(first)];
  const places = run.map((slot) => ((shownFrom(slot) - originSec) * num) / den);
  const frames = run.map((slot, nth) => [Math.round(places[nth] ?? 0), slot.frames] as const);
  const samples = run.map(
    ({ segment, samples: count }) => [Math.round((segment.inSec - startSec) * sampleRate), count] as const,
  );
  const spanFrames = end(frames);
  const kept = total(run, "frames") / spanFrames;
  return isGood({ places, kept }) && apart(frames) ? { frames, samples, spanFrames, slots: run } : undefined;
}

/** Two ranges that rounding pushed into each other cannot be told apart by one pass. */
function apart(teeth: Teeth): boolean {
  return teeth.every(([first, count], nth) => first + count <= (teeth[nth + 1]?.[0] ?? Infinity));
}

function end(teeth: Teeth): number {
  const [first = 0, count = 0] = teeth.at(-1) ?? [];
  return first + count;
}

function total(run: readonly Slot[], key: "frames" | "samples"): number {
  return run.reduce((sum, slot) => sum + slot[key], 0);
}

/** Keeps the wanted frames and closes the gaps. To stand right behind the filter that made the rate constant. */
export function combFrames({ frames }: Comb, { num, den }: Rational): readonly Filter[] {
  return [
    { name: "select", args: { expr: within(frames) }, on: "any" },
    { name: "setpts", args: { expr: `round(N*${den}/${num}/TB)` }, on: "any" },
    { name: "fps", args: { fps: `${num}/${den}` }, on: "any" },
    { name: "trim", args: { end_frame: frames.reduce((sum, [, count]) => sum + count, 0) }, on: "any" },
  ];
}

function within(teeth: Teeth): string {
  return teeth.map(([first, count]) => `between(n,${first},${first + count - 1})`).join("+");
}
