import { isVendueError } from "../../core/errors.ts";
import type { Size } from "../../core/types.ts";
import { encodedClip } from "../clips/mod.ts";
import { score } from "../quality/mod.ts";
import { type Measured, notMeasured, type Sample, type Scores, isMeasured } from "../types.ts";
import type { BenchDesk } from "./desk.ts";
import type { ReadyCase } from "./ready.ts";

/** By the case's id. */
export type Scored = ReadonlyMap<string, Measured<Scores>>;

/** Scores what each case wrote last, the cpu's first, since the others are held against it. Once: outputs repeat. */
export async function scoreCases(
  cases: readonly ReadyCase[],
  { samplesOf, at }: { readonly samplesOf: (id: string) => readonly Sample[]; readonly at?: Size },
  desk: BenchDesk,
): Promise<Scored> {
  const scores = new Map<string, Measured<Scores>>();
  const order = cases.toSorted((a, b) => Number(a.reference !== undefined) - Number(b.reference !== undefined));
  const begun = performance.now();
  for (const [nth, one] of order.entries()) {
    const leftSec = nth === 0 ? order.length : ((performance.now() - begun) / 1000 / nth) * (order.length - nth);
    desk.tell({ done: nth, total: order.length, leftSec, doing: `scoring ${one.id}` });
    scores.set(one.id, await scoreOne(one, { samplesOf, scores, ...(at && { at }) }, desk));
  }
  return scores;
}

async function scoreOne(
  { id, chain, long, source, reference }: ReadyCase,
  desk: {
    readonly samplesOf: (id: string) => readonly Sample[];
    readonly scores: Scored;
    readonly at?: Size;
  },
  { rig, scorer }: BenchDesk,
): Promise<Measured<Scores>> {
  if (chain !== "full" || long.output === undefined) return notMeasured("it writes no picture");
  if (source.id.endsWith("-h264")) return notMeasured("its source is compressed; quality is told by the lossless clip");
  if (desk.samplesOf(id).length === 0) return notMeasured("no round of it succeeded");
  const held = reference === undefined ? undefined : desk.scores.get(reference);
  try {
    return await score(
      encodedClip(long.output, source),
      { scorer, ...(desk.at && { at: desk.at }), reference: held && isMeasured(held) ? held : undefined },
      rig,
    );
  } catch (error) {
    if (!isVendueError(error) || error.code === "CANCELLED") throw error;
    return notMeasured(error.message);
  }
}

/** Whether the long runs came out alike; a single run cannot tell. */
export function isDeterministic(samples: readonly Sample[]): Measured<boolean> {
  const sizes = samples.filter(({ length }) => length === "long").map(({ bytes }) => bytes);
  return sizes.length < 2 ? notMeasured("it ran only once") : new Set(sizes).size === 1;
}
