/** A stretch of time, in seconds. */
export type Span = readonly [fromSec: number, toSec: number];

/** Sorted, with everything that touches or overlaps made one. */
export function unite(spans: readonly Span[]): readonly Span[] {
  const out: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1] + 1e-6) last[1] = Math.max(last[1], to);
    else if (to > from) out.push([from, to]);
  }
  return out;
}

/** What is left of `spans` once `holes` are taken out. The order of `spans` is kept: it is an edit. */
export function subtract(spans: readonly Span[], holes: readonly Span[]): readonly Span[] {
  const gaps = unite(holes);
  return spans.flatMap(([from, to]) => {
    const left: Span[] = [];
    let at = from;
    for (const [holeFrom, holeTo] of gaps) {
      if (holeTo <= at || holeFrom >= to) continue;
      if (holeFrom > at) left.push([at, holeFrom]);
      at = Math.max(at, holeTo);
    }
    if (at < to) left.push([at, to]);
    return left;
  });
}
