import pLimit from "p-limit";
import type { Host } from "../host/mod.ts";
import { countAlike, type PacketForm, type PacketSums, toNumber } from "../media/mod.ts";
import type { Check, MediaInfo, Piece } from "../types.ts";
import { formOf, isCopied, noPackets, type Proof, type Run, seamsOf, sumMoved } from "./proof.ts";
import { sumPackets, sumPictures, together } from "./sums.ts";

interface CopyDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
  /** What its sources hold. */
  readonly proof: Promise<Proof>;
}

/**
 * Holds copied pieces against their sources: every packet byte for byte, and the pictures next to each seam decoded
 * on both sides. What differs anywhere was approximated, and that is no copy. What was encoded is decoded whole.
 */
export async function checkCopied(
  pieces: readonly Piece[],
  reading: Promise<MediaInfo>,
  desk: CopyDesk,
): Promise<readonly Check[]> {
  const made = await reading;
  const [moved, shown] = await together([checkMoved(pieces, made, desk), checkShown(pieces, made, desk)]);
  return moved.every(({ ok }) => ok) ? [...moved, ...shown] : moved;
}

async function checkMoved(
  pieces: readonly Piece[],
  made: MediaInfo,
  { proof, ...desk }: CopyDesk,
): Promise<readonly Check[]> {
  const copied = pieces.filter(isCopied);
  const spans = copied.map(({ frames: [first, past] }) => ({
    fromSec: placeOf(made, first),
    toSec: placeOf(made, past),
  }));
  const held = async (form: PacketForm, source: Promise<readonly PacketSums[]>) => {
    const [theirs, ours] = await together([source, sumPackets(made, spans, { ...desk, form })]);
    return copied.map(({ frames: [first, past] }, nth): Check => {
      const [expected = noPackets, found = noPackets] = [theirs[nth], ours[nth]];
      const counts = { expected: expected.sums.length, found: found.sums.length, alike: countAlike(expected, found) };
      return compare(`frames ${first} to ${past} moved`, counts);
    });
  };
  const form = formOf(pieces);
  const checks = await held(
    form,
    proof.then(({ moved }) => moved),
  );
  if (form === "units" || checks.every(({ ok }) => ok)) return checks;
  // Some containers put parameter sets beside the pictures, and some joiners do.
  const limit = pLimit(desk.host.platform.cores);
  return held("units", together(copied.map((piece) => limit(() => sumMoved(piece, "units", desk)))));
}

/** Seams and encoded edges lie next to each other, so the finished file is decoded in a few runs. */
async function checkShown(
  pieces: readonly Piece[],
  made: MediaInfo,
  { proof, ...desk }: CopyDesk,
): Promise<readonly Check[]> {
  const seams = pieces.filter(isCopied).flatMap(seamsOf);
  const edges = pieces.filter((piece) => !isCopied(piece)).map(({ frames }) => frames);
  const runs = joined([...edges, ...seams.map(({ run }) => run)]);
  const glances = runs.map(([first, past]) => ({ info: made, fromSec: placeOf(made, first), count: past - first }));
  const [ours, { shown: theirs }] = await together([sumPictures(glances, desk), proof]);
  const found = new Map(runs.flatMap(([first], nth) => (ours[nth] ?? []).map((sum, at) => [first + at, sum] as const)));
  const within = ([first, past]: Run) =>
    Array.from({ length: past - first }, (_, at) => found.get(first + at)).filter((sum) => sum !== undefined);
  return [
    ...edges.map((run): Check => {
      const [count, decoded] = [run[1] - run[0], within(run).length];
      const name = `frames ${run[0]} to ${run[1]} decoded`;
      return { name, ok: decoded === count, expected: `${count}`, found: `${decoded}` };
    }),
    ...seams.map(({ run }, nth) => {
      const [expected, decoded] = [theirs[nth] ?? [], within(run)];
      const alike = expected.filter((sum, at) => sum === decoded[at]).length;
      return compare(`frames ${run[0]} on decoded`, { expected: expected.length, found: decoded.length, alike });
    }),
  ];
}

/** In order, with those that touch made one. */
function joined(runs: readonly Run[]): readonly Run[] {
  const out: [number, number][] = [];
  for (const [first, past] of runs.toSorted(([a], [b]) => a - b)) {
    const before = out.at(-1);
    if (before && first <= before[1]) before[1] = Math.max(before[1], past);
    else out.push([first, past]);
  }
  return out;
}

/** Half a frame before a picture of the finished file, so that rounding cannot miss it. */
function placeOf({ video }: MediaInfo, nth: number): number {
  return (video?.startSec ?? 0) + (nth - 0.5) / toNumber(video?.fps ?? { num: 1, den: 1 });
}

interface Counts {
  readonly expected: number;
  readonly found: number;
  readonly alike: number;
}

function compare(name: string, { expected, found, alike }: Counts): Check {
  const ok = expected > 0 && expected === found && alike === expected;
  return { name, ok, expected: `${expected} as in the source`, found: `${alike} alike of ${found}` };
}
