import { median } from "../stats/mod.ts";
import { type Accepted, type Baseline, type HistoryLine, isMeasured } from "../types.ts";
import { accept } from "./book.ts";
import { isSameKey } from "./key.ts";

const runs = 10;
const least = 0.03;

/**
 * A baseline never rises by itself. It falls when ten runs in a row were faster than it by 3 % or more: what was won is
 * kept, and the middle one of those runs becomes the baseline.
 */
export function ratchet(
  baseline: Baseline,
  history: readonly HistoryLine[],
  { at }: Pick<Accepted, "at">,
): { readonly baseline: Baseline; readonly moved: readonly HistoryLine[] } {
  const moved = baseline.entries.flatMap((entry) => {
    if (!isMeasured(entry.relativeCpu)) return [];
    const limit = entry.relativeCpu.p50 * (1 - least);
    const recent = history
      .filter(({ key, at: when }) => isSameKey(key, entry.key) && when > entry.accepted.at)
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .slice(-runs);
    const values = recent.map(valueOf);
    if (values.length < runs || values.some((value) => value > limit)) return [];
    const middle = median(values);
    return recent.toSorted((a, b) => Math.abs(valueOf(a) - middle) - Math.abs(valueOf(b) - middle)).slice(0, 1);
  });
  const next = moved.reduce((book, { at: _, run, commit, said: __, ...kept }) => {
    const reason = `ratchet: ${runs} runs in a row were at least ${100 * least} % faster`;
    return accept(book, [kept], { at, reason, run, commit });
  }, baseline);
  return { baseline: next, moved };
}

function valueOf({ relativeCpu }: HistoryLine): number {
  return isMeasured(relativeCpu) ? relativeCpu.p50 : Infinity;
}
