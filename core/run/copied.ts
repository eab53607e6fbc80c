import type { Host } from "../host/mod.ts";
import { packetSumArgs, pictureSumArgs, readPacketSums, readPictureSums, toNumber } from "../media/mod.ts";
import type { Check, MediaInfo, Piece } from "../types.ts";

interface CopyDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
}

/** Pictures that are decoded on both sides of each seam and compared. */
const seamPictures = 24;

/**
 * Holds copied pieces against their sources: every packet byte for byte, and the pictures next to each seam decoded
 * on both sides. What differs anywhere was approximated, and that is no copy. What was encoded is decoded whole.
 */
export async function checkCopied(path: string, pieces: readonly Piece[], desk: CopyDesk): Promise<readonly Check[]> {
  if (!isProvable(pieces)) return [];
  const made = await desk.host.readMedia(path, desk.signal);
  const checks: Check[] = [];
  for (const piece of pieces)
    checks.push(
      ...(piece.copied ? await checkPiece(piece, piece.copied, made, desk) : [await checkEdge(piece, made, desk)]),
    );
  return checks;
}

/** Whether the bits of the source prove a file, so that decoding all of it once more would only test the source. */
export function isProvable(pieces: readonly Piece[]): boolean {
  return pieces.some(({ copied }) => copied);
}

async function checkEdge({ frames: [first, past] }: Piece, made: MediaInfo, desk: CopyDesk): Promise<Check> {
  const found = await pictures(made, placeOf(made, first), past - first, desk);
  const name = `frames ${first} to ${past} decoded`;
  return { name, ok: found.length === past - first, expected: `${past - first}`, found: `${found.length}` };
}

/** Half a frame before a picture of the finished file, so that rounding cannot miss it. */
function placeOf({ video }: MediaInfo, nth: number): number {
  return (video?.startSec ?? 0) + (nth - 0.5) / toNumber(video?.fps ?? { num: 1, den: 1 });
}

async function checkPiece(
  { frames: [first, past] }: Piece,
  { source, fromSec, toSec }: NonNullable<Piece["copied"]>,
  made: MediaInfo,
  desk: CopyDesk,
): Promise<readonly Check[]> {
  const info = await desk.host.readMedia(source, desk.signal);
  const frameSec = 1 / toNumber(made.video?.fps ?? { num: 1, den: 1 });
  const there = { fromSec: placeOf(made, first), toSec: placeOf(made, past) };
  const here = { fromSec: fromSec - frameSec / 2, toSec: toSec - frameSec / 2 };
  const [own, copied] = await Promise.all([packets(info, here, desk), packets(made, there, desk)]);
  const moved = compare(`frames ${first} to ${past} moved`, own, copied);
  if (!moved.ok) return [moved];
  const count = Math.min(seamPictures, past - first);
  const back = (past - first - count) * frameSec;
  const seams = [0, ...(back > 0 ? [back] : [])].map(async (offset) => {
    const [theirs, ours] = await Promise.all([
      pictures(info, here.fromSec + offset, count, desk),
      pictures(made, there.fromSec + offset, count, desk),
    ]);
    return compare(`frames ${offset === 0 ? first : past - count} on decoded`, theirs, ours);
  });
  return [moved, ...(await Promise.all(seams))];
}

async function packets(info: MediaInfo, range: { readonly fromSec: number; readonly toSec: number }, desk: CopyDesk) {
  return readPacketSums(await list(packetSumArgs(info, range), desk), range);
}

/** A seek takes the clock of the container, and lands on the first picture that is not before it. */
async function pictures(info: MediaInfo, fromSec: number, count: number, desk: CopyDesk) {
  return readPictureSums(await list(pictureSumArgs(info, { fromSec, count }), desk));
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
