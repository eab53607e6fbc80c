import { median } from "../stats/mod.ts";
import type { Figure } from "./figures.ts";
import type { Took } from "./watched.ts";

type Sides<Side extends string> = Readonly<Record<Side, readonly Took[]>>;
type Kind = "CPU" | "wall";

/** How one side stands to another in every round, by CPU time and by wall time; `times` where it did a part of the work. */
export function ratios<Side extends string>(
  took: Sides<Side>,
  [over, under]: readonly [Side, Side],
  name: string,
  times = 1,
): readonly Figure[] {
  return (["CPU", "wall"] as const).map((kind): Figure => {
    const [one, other] = [secOf(took[over], kind), secOf(took[under], kind)];
    const values = one.map((sec, round) => (times * sec) / (other[round] ?? Number.NaN));
    return {
      name: `${name}, ${kind}`,
      values,
      note: `${times === 1 ? "" : `${times.toFixed(1)} x `}${median(one).toFixed(1)} s / ${median(other).toFixed(1)} s`,
    };
  });
}

/** One after the other. */
export function inTurn(one: Took, other: Took): Took {
  return {
    wallSec: one.wallSec + other.wallSec,
    cpuSec: one.cpuSec + other.cpuSec,
    peakBytes: Math.max(one.peakBytes, other.peakBytes),
  };
}

function secOf(side: readonly Took[], kind: Kind): readonly number[] {
  return side.map(({ cpuSec, wallSec }) => (kind === "CPU" ? cpuSec : wallSec));
}
