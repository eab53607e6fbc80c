import type { Codec, Effort } from "../../core/types.ts";
import { isMeasured } from "../types.ts";
import type { BenchDesk } from "./desk.ts";
import { bitsBetween, capOf, type Line } from "./lines.ts";
import { type ReadyCase, readyCases } from "./ready.ts";

/** What the cpu is asked for, from most speed to most care, to find the effort of equal bits. */
export const efforts: readonly Effort[] = ["fastest", "faster", "fast", "balanced", "slow"];

export interface Pair {
  readonly backend: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly equal: { readonly effort: Effort; readonly bits: number };
  readonly own: readonly Line[];
  readonly other: readonly Line[];
}

/** A device and the cpu's effort that needs bits most like it. */
export function pairOf(
  lane: { readonly backend: string; readonly codec: Codec; readonly effort: Effort },
  lines: readonly Line[],
): readonly Pair[] {
  const own = lines.filter(({ backend, codec }) => backend === lane.backend && codec === lane.codec);
  const ranked = efforts
    .flatMap((effort) => {
      const other = lines.filter(
        (line) => line.backend === "cpu" && line.codec === lane.codec && line.effort === effort,
      );
      const bits = bitsBetween(other, own);
      return isMeasured(bits) ? [{ effort, bits, other }] : [];
    })
    .toSorted((a, b) => Math.abs(Math.log1p(a.bits)) - Math.abs(Math.log1p(b.bits)));
  const [nearest] = ranked;
  return nearest ? [{ ...lane, equal: { effort: nearest.effort, bits: nearest.bits }, own, other: nearest.other }] : [];
}

/** Both at the setting where they look the same, to be timed side by side. */
export function isoCases({ backend, codec, effort, equal, own, other }: Pair, desk: BenchDesk): readonly ReadyCase[] {
  return own.flatMap((line) => {
    const reference = other.find(({ source }) => source.id === line.source.id);
    const target = reference && middle(line, reference);
    if (reference === undefined || target === undefined) return [];
    const make = (who: string, care: Effort, from: Line) =>
      readyCases(
        [line.source],
        {
          ...{ backends: [who], codecs: [codec], effort: care, twoLengths: true },
          rate: { kind: "quality", quality: settingFor(target, from) },
        },
        desk,
      ).cases[0];
    const [mine, theirs] = [make(backend, effort, line), make("cpu", equal.effort, reference)];
    if (mine === undefined || theirs === undefined) return [];
    // Several devices may meet the same effort of the cpu at other settings.
    const id = `${theirs.id}=${backend}`;
    return [
      { ...theirs, id },
      { ...mine, id: `${mine.id}=cpu`, reference: id },
    ];
  });
}

function middle(a: Line, b: Line): number | undefined {
  const scores = (line: Line) => line.points.map(({ score }) => score);
  const low = Math.max(Math.min(...scores(a)), Math.min(...scores(b)));
  const high = Math.min(Math.max(...scores(a)), Math.max(...scores(b)), capOf(a));
  return high > low ? (low + high) / 2 : undefined;
}

/** Between the two points around a score. */
function settingFor(target: number, { points: all }: Line): number {
  const rising = all.toSorted((a, b) => a.score - b.score);
  const after = Math.max(
    1,
    rising.findIndex(({ score }) => score >= target),
  );
  const [low, high] = rising.slice(after - 1, after + 1);
  if (!low || !high || high.score === low.score) return high?.at ?? 70;
  const share = (target - low.score) / (high.score - low.score);
  return Math.round((low.at + share * (high.at - low.at)) * 10) / 10;
}
