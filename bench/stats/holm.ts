/**
 * Holm's step-down correction: p values as they count when each of several backends is tested. The smallest is
 * multiplied by how many there are, the next by one less, and none may undercut the one before it.
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, nth) => nth).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const corrected = ps.map(() => 1);
  let floor = 0;
  for (const [rank, nth] of order.entries()) {
    floor = Math.max(floor, Math.min(1, (ps[nth] ?? 1) * (ps.length - rank)));
    corrected[nth] = floor;
  }
  return corrected;
}
