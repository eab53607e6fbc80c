import pLimit from "p-limit";
import type { Host } from "../host/mod.ts";
import { type Glance, packetSumArgs, pictureSumArgs, readPacketSums, readPictureSums, toNumber } from "../media/mod.ts";
import type { Check, MediaInfo, Piece } from "../types.ts";

interface CopyDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
}

type Copied = Piece & { readonly copied: NonNullable<Piece["copied"]> };
/** Numbers of pictures: the first, and the one behind the last. */
type Run = readonly [first: number, past: number];

/** Pictures that are decoded on both sides of each seam and compared. */
const seamPictures = 24;
/** Starting a process costs as much as a dozen pictures, and each decoder in it takes memory. */
const mostGlances = 6;

/**
 * Holds copied pieces against their sources: every packet byte for byte, and the pictures next to each seam decoded
 * on both sides. What differs anywhere was approximated, and that is no copy. What was encoded is decoded whole.
 */
export async function checkCopied(path: string, pieces: readonly Piece[], desk: CopyDesk): Promise<readonly Check[]> {
  if (!isProvable(pieces)) return [];
  const made = await desk.host.readMedia(path, desk.signal);
  const copied = pieces.filter(isCopied);
  const limit = pLimit(desk.host.platform.cores);
  const moved = await Promise.all(copied.map((piece) => limit(() => checkMoved(piece, made, desk))));
  return moved.every(({ ok }) => ok) ? [...moved, ...(await checkShown(pieces, made, desk))] : moved;
}

/** Whether the bits of the source prove a file, so that decoding all of it once more would only test the source. */
export function isProvable(pieces: readonly Piece[]): boolean {
  return pieces.some(isCopied);
}

function isCopied(piece: Piece): piece is Copied {
  return piece.copied !== undefined;
}

async function checkMoved({ frames: [first, past], copied }: Copied, made: MediaInfo, desk: CopyDesk): Promise<Check> {
  const half = frameSecOf(made) / 2;
  const source = await desk.host.readMedia(copied.source, desk.signal);
  const [theirs, ours] = await Promise.all([
    packets(source, { fromSec: copied.fromSec - half, toSec: copied.toSec - half }, desk),
    packets(made, { fromSec: placeOf(made, first), toSec: placeOf(made, past) }, desk),
  ]);
  return compare(`frames ${first} to ${past} moved`, theirs, ours);
}

/** Seams and encoded edges lie next to each other, so the finished file is decoded in a few runs. */
async function checkShown(pieces: readonly Piece[], made: MediaInfo, desk: CopyDesk): Promise<readonly Check[]> {
  const seams = pieces.filter(isCopied).flatMap(seamsOf);
  const edges = pieces.filter((piece) => !isCopied(piece)).map(({ frames }) => frames);
  const runs = joined([...edges, ...seams.map(({ run }) => run)]);
  const [ours, theirs] = await Promise.all([
    look(
      runs.map(([first, past]) => ({ info: made, fromSec: placeOf(made, first), count: past - first })),
      desk,
    ),
    Promise.all(seams.map((seam) => glanceAt(seam, made, desk))).then((glances) => look(glances, desk)),
  ]);
  const found = new Map(runs.flatMap(([first], nth) => (ours[nth] ?? []).map((sum, at) => [first + at, sum] as const)));
  const within = ([first, past]: Run) =>
    Array.from({ length: past - first }, (_, at) => found.get(first + at)).filter((sum) => sum !== undefined);
  return [
    ...edges.map((run): Check => {
      const [count, decoded] = [run[1] - run[0], within(run).length];
      const name = `frames ${run[0]} to ${run[1]} decoded`;
      return { name, ok: decoded === count, expected: `${count}`, found: `${decoded}` };
    }),
    ...seams.map(({ run }, nth) => compare(`frames ${run[0]} on decoded`, theirs[nth] ?? [], within(run))),
  ];
}

interface Seam {
  readonly piece: Copied;
  readonly run: Run;
}

function seamsOf(piece: Copied): readonly Seam[] {
  const [first, past] = piece.frames;
  const count = Math.min(seamPictures, past - first);
  const head: Seam = { piece, run: [first, first + count] };
  return past - first > count ? [head, { piece, run: [past - count, past] }] : [head];
}

async function glanceAt({ piece, run: [from, past] }: Seam, made: MediaInfo, desk: CopyDesk): Promise<Glance> {
  const { frames, copied } = piece;
  const info = await desk.host.readMedia(copied.source, desk.signal);
  return { info, fromSec: copied.fromSec + (from - frames[0] - 0.5) * frameSecOf(made), count: past - from };
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

function frameSecOf({ video }: MediaInfo): number {
  return 1 / toNumber(video?.fps ?? { num: 1, den: 1 });
}

/** Half a frame before a picture of the finished file, so that rounding cannot miss it. */
function placeOf(made: MediaInfo, nth: number): number {
  return (made.video?.startSec ?? 0) + (nth - 0.5) * frameSecOf(made);
}

async function packets(info: MediaInfo, range: { readonly fromSec: number; readonly toSec: number }, desk: CopyDesk) {
  return readPacketSums(await list(packetSumArgs(info, range), desk), range);
}

/** A seek takes the clock of the container, and lands on the first picture that is not before it. */
async function look(glances: readonly Glance[], desk: CopyDesk): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for (let at = 0; at < glances.length; at += mostGlances)
    found.push(...readPictureSums(await list(pictureSumArgs(glances.slice(at, at + mostGlances)), desk)));
  return found;
}

async function list(args: readonly string[], { host, signal }: CopyDesk): Promise<string> {
  const { stdout } = await host.spawn({ program: host.tools.ffmpeg, args, signal, keepStdout: true });
  return stdout;
}

function compare(name: string, expected: readonly string[], found: readonly string[]): Check {
  const same = expected.filter((sum, nth) => sum === found[nth]).length;
  const ok = expected.length > 0 && expected.length === found.length && same === expected.length;
  return { name, ok, expected: `${expected.length} as in the source`, found: `${same} alike of ${found.length}` };
}
