import type { Segment } from "./timeline.ts";

/** A stretch of one source, and when an output shows it. */
export interface Shown {
  readonly source: string;
  readonly inSec: number;
  readonly outSec: number;
  /** In the output's own time. */
  readonly atSec: number;
}

/** Something that a source has at a time of its own: a cue, a chapter. */
interface Timed {
  readonly startSec: number;
  readonly endSec: number;
}

/**
 * What is to be seen when. Each moment of an output has one source: a crossfade counts as its first side until its
 * middle, and as its second side from there. Stretches that lie together in the source as well are one.
 */
export function shownIn(segments: readonly Segment[]): readonly Shown[] {
  const out: Shown[] = [];
  for (const one of place(segments, { fromSec: 0, toSec: Infinity })) {
    const last = out.at(-1);
    const follows =
      last?.source === one.source &&
      near(last.outSec, one.inSec) &&
      near(one.atSec, last.atSec + last.outSec - last.inSec);
    if (last && follows) out[out.length - 1] = { ...last, outSec: one.outSec };
    else out.push(one);
  }
  return out;
}

/** The part of these segments between two moments of their own time, beginning at zero. */
function place(segments: readonly Segment[], { fromSec, toSec }: { readonly fromSec: number; readonly toSec: number }) {
  const out: Shown[] = [];
  let startSec = 0;
  for (const segment of segments) {
    const long = segment.outSec - segment.inSec;
    const from = Math.max(fromSec - startSec, 0);
    const to = Math.min(toSec - startSec, long);
    if (to - from > 1e-6) {
      const atSec = startSec + from - Math.max(fromSec, 0);
      const [inSec, outSec] = [segment.inSec + from, segment.inSec + to];
      if (segment.kind === "clip") out.push({ source: segment.source, inSec, outSec, atSec });
      else out.push(...half(segment, { inSec, outSec }).map((one) => ({ ...one, atSec: one.atSec + atSec })));
    }
    startSec += long;
  }
  return out;
}

/** A window of a crossfade: its first side up to the middle, its second side behind it. */
function half(
  mix: Extract<Segment, { kind: "mix" }>,
  window: { readonly inSec: number; readonly outSec: number },
): readonly Shown[] {
  const long = mix.from.reduce((sum, { inSec, outSec }) => sum + outSec - inSec, 0);
  const { inSec, outSec } = window;
  const first = place(mix.from, { fromSec: inSec, toSec: Math.min(outSec, long / 2) });
  const from = Math.max(inSec, long / 2);
  const second = place(mix.to, { fromSec: from, toSec: outSec });
  return [...first, ...second.map((one) => ({ ...one, atSec: one.atSec + from - inSec }))];
}

/** Moves what a source has at times of its own to where an output shows it; what is shown for less is left out. */
export function moved<Value extends Timed>(
  shown: readonly Shown[],
  valuesOf: (source: string) => readonly Value[],
  leastSec: number,
): readonly Value[] {
  return shown.flatMap(({ source, inSec, outSec, atSec }) =>
    valuesOf(source).flatMap((value) => {
      const from = Math.max(value.startSec, inSec);
      const to = Math.min(value.endSec, outSec);
      return to - from < leastSec ? [] : [{ ...value, startSec: atSec + from - inSec, endSec: atSec + to - inSec }];
    }),
  );
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-3;
}

/** Neighbours that say the same and touch are one again: a cut through a cue shows it on both sides. */
export function merged<Value extends Timed>(
  values: readonly Value[],
  same: (a: Value, b: Value) => boolean,
): readonly Value[] {
  const out: Value[] = [];
  for (const value of values) {
    const nth = out.findIndex((other) => near(other.endSec, value.startSec) && same(other, value));
    const other = out[nth];
    if (other) out[nth] = { ...other, endSec: value.endSec };
    else out.push(value);
  }
  return out;
}
