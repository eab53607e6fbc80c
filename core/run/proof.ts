import pLimit from "p-limit";
import type { Host } from "../host/mod.ts";
import type { Glance, PacketForm, PacketSums } from "../media/mod.ts";
import type { Piece, RankedBid } from "../types.ts";
import type { Depth } from "./examine.ts";
import { sumPackets, sumPictures, together } from "./sums.ts";

export type Copied = Piece & { readonly copied: NonNullable<Piece["copied"]> };

/** What the sources hold where pieces were copied from them, and a finished file has to hold as well. */
export interface Proof {
  /** The packets of each copied piece. */
  readonly moved: readonly PacketSums[];
  /** The decoded pictures at each seam. */
  readonly shown: readonly (readonly string[])[];
}

interface ProofDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
}

/** Whether the bits of the source prove a file, so that decoding all of it once more would only test the source. */
export function isProvable(pieces: readonly Piece[]): boolean {
  return pieces.some(isCopied);
}

/** Fewer looks where they were asked for, never at what a driver wrote; and where the source's own bits are the proof. */
export function depthFor(bid: RankedBid, { settings }: Host): Depth {
  const { accel, stranger, backend } = bid;
  if (isProvable(movedBy(bid))) return "sampled";
  return settings.verify === "full" || accel || stranger || backend === "copy" ? "full" : "sampled";
}

export function movedBy({ moved, pieces }: RankedBid): readonly Piece[] {
  return moved ?? pieces?.list ?? [];
}

export function isCopied(piece: Piece): piece is Copied {
  return piece.copied !== undefined;
}

/** Begins to read the sources, once however often it is called. */
export type Prove = () => Promise<Proof>;

/**
 * Runs some work that may have its sources read for the proof beside it: what they hold is known from the plan, and
 * most work that copies waits for an encoder of sound, which takes one core. The reading ends with the work.
 */
export async function besideProof<Result>(
  pieces: readonly Piece[],
  { host, signal }: ProofDesk,
  work: (prove: Prove | undefined) => Promise<Result>,
): Promise<Result> {
  if (!isProvable(pieces)) return work(undefined);
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let proof: Promise<Proof> | undefined;
  try {
    return await work(() => {
      proof ??= readProof(pieces, { host, signal: either });
      // That it failed is told to whoever waits for it; there may be nobody.
      proof.catch(() => undefined);
      return proof;
    });
  } finally {
    stop.abort();
    await Promise.allSettled([proof]);
  }
}

/** The work beside it keeps a core. */
async function readProof(pieces: readonly Piece[], desk: ProofDesk): Promise<Proof> {
  const copied = pieces.filter(isCopied);
  const seams = copied.flatMap(seamsOf);
  const limit = pLimit(Math.max(1, desk.host.platform.cores - 1));
  const look = async () => sumPictures(await together(seams.map((seam) => glanceAt(seam, desk))), desk);
  const moved = copied.map((piece) => limit(() => sumMoved(piece, formOf(pieces), desk)));
  const [packets, shown] = await together([together(moved), limit(look)]);
  return { moved: packets, shown };
}

/** Beside encoded edges a copied packet is given the parameter sets of its source, and is not the same bytes any more. */
export function formOf(pieces: readonly Piece[]): PacketForm {
  return pieces.every(isCopied) ? "bytes" : "units";
}

/** The packets of a piece in its source. */
export async function sumMoved(piece: Copied, form: PacketForm, desk: ProofDesk): Promise<PacketSums> {
  const { source, fromSec, toSec } = piece.copied;
  const half = frameSecOf(piece) / 2;
  const info = await desk.host.readMedia(source, desk.signal);
  const [found] = await sumPackets(info, [{ fromSec: fromSec - half, toSec: toSec - half }], { ...desk, form });
  return found ?? noPackets;
}

export const noPackets: PacketSums = { sizes: [], sums: [] };

/** Numbers of pictures: the first, and the one behind the last. */
export type Run = readonly [first: number, past: number];

export interface Seam {
  readonly piece: Copied;
  readonly run: Run;
}

/** Pictures that are decoded on both sides of each seam and compared. */
const seamPictures = 24;

export function seamsOf(piece: Copied): readonly Seam[] {
  const [first, past] = piece.frames;
  const count = Math.min(seamPictures, past - first);
  const head: Seam = { piece, run: [first, first + count] };
  return past - first > count ? [head, { piece, run: [past - count, past] }] : [head];
}

async function glanceAt({ piece, run: [from, past] }: Seam, { host, signal }: ProofDesk): Promise<Glance> {
  const { frames, copied } = piece;
  const info = await host.readMedia(copied.source, signal);
  return { info, fromSec: copied.fromSec + (from - frames[0] - 0.5) * frameSecOf(piece), count: past - from };
}

function frameSecOf({ frames: [first, past], copied }: Copied): number {
  return (copied.toSec - copied.fromSec) / (past - first);
}
