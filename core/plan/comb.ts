import type { Filter, Rational } from "../types.ts";
import type { Slot } from "./grid.ts";
import type { Clip } from "./timeline.ts";

/** Stretches to keep of one input, as first tick and number of ticks. */
export type Teeth = readonly (readonly [first: number, count: number])[];

/** Many ranges of one source that lie close together: read once, with what is not wanted dropped on the way. */
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

/**
 * Turns runs of many near ranges of one source into combs. Cutting the pauses out of a talk leaves hundreds of them,
 * and an input for each would cost gigabytes.
 */
export function combine(slots: readonly Slot[], rate: Rational, sampleRate: number): readonly Slot[] {
  const out: Slot[] = [];
  for (let at = 0; at < slots.length;) {
    const run = runFrom(slots, at);
    const comb = run.length >= leastTeeth ? combOf(run, rate, sampleRate) : undefined;
    const [first] = run;
    if (comb && first) out.push({ ...first, frames: total(run, "frames"), samples: total(run, "samples"), comb });
    else out.push(...run);
    at += run.length;
  }
  return out;
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

function combOf(run: readonly Slot[], { num, den }: Rational, sampleRate: number): Comb | undefined {
  const shownFrom = ({ segment, slipSec }: Slot) => segment.inSec + slipSec;
  const [first] = run;
  if (first === undefined) return undefined;
  const [startSec, originSec] = [first.segment.inSec, shownFrom(first)];
  const frames = run.map((slot) => [Math.round(((shownFrom(slot) - originSec) * num) / den), slot.frames] as const);
  const samples = run.map(
    ({ segment, samples: count }) => [Math.round((segment.inSec - startSec) * sampleRate), count] as const,
  );
  const spanFrames = end(frames);
  const kept = total(run, "frames") / spanFrames;
  return kept >= leastKept && apart(frames) ? { frames, samples, spanFrames, slots: run } : undefined;
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
