import { toNumber } from "../media/mod.ts";
import type { Platform } from "../types.ts";
import { pieceBytes, usefulCores } from "./estimate.ts";
import { countFrames, type Slot } from "./grid.ts";
import type { Work } from "./lower.ts";
import { clipsOf } from "./timeline.ts";

/** A work made in pieces, or in one, and why. */
export interface Split {
  /** The slots of each piece, in order; a single list where the work stays whole. */
  readonly parts: readonly (readonly Slot[])[];
  readonly atOnce: number;
  readonly reason?: string;
}

export interface SplitOptions {
  readonly platform: Pick<Platform, "cores" | "memoryBytes">;
  /** How long one process is expected to take. */
  readonly expectSec: number;
  /** Whether a device works on it: cores wait for none of that. */
  readonly onDevice: boolean;
  /** Whether the command has to be the same on every machine. */
  readonly everywhere: boolean;
}

/** Pictures that may be open in one process: twelve of 1920x1080, about 0.7 GB beside the encoder; measured. */
const mostPixels = 12 * 1920 * 1080;
/** What one chunk has to take to be worth a start, a seam and a join. */
const leastChunkSec = 20;
/**
 * And how long it has to be. An encoder begins carefully: pieces of 60 pictures came out 5 to 10 % smaller than the whole
 * and 1.3 VMAF worse, pieces of 300 within 1.5 % and 0.3; measured with libx264.
 */
const leastChunkFrames = 240;

/**
 * Whether one process should do all of it. Memory grows with every range that is open, so many ranges go to groups of
 * like size; and where cores would wait for one encoder, a long programme goes to several at once.
 */
export function splitOf(work: Work, { platform, expectSec, onDevice, everywhere }: SplitOptions): Split {
  const { slots, base } = work;
  const whole = (reason?: string): Split => ({ parts: [slots], atOnce: 1, ...(reason !== undefined && { reason }) });
  if (base === undefined) return whole();
  const weights = slots.map((slot) => pixelsOf(slot, work));
  const pixels = weights.reduce((sum, one) => sum + one, 0);
  const wide = Math.floor(platform.cores / usefulCores(work));
  const long = !onDevice && expectSec >= 2 * leastChunkSec;
  if (pixels <= mostPixels && !long) return whole();
  const refusal = refuseSplit(work);
  const crowded = pixels > mostPixels && slots.length > 1;
  if (refusal !== undefined)
    return whole(
      crowded ? `in one process although ${countOpen(slots)} ranges are open at once: ${refusal}` : undefined,
    );
  if (crowded) {
    const parts = groups(slots, weights);
    const atOnce = fitting(parts, work, { platform, wide });
    const reason = `${parts.length} groups of ${spread(parts)} ranges, ${atOnce} at once, joined by copy: all ${countOpen(slots)} open at once would take ${gigabytes(pieceBytes(work, slots))}`;
    return { parts, atOnce, reason };
  }
  if (!long) return whole();
  if (wide < 2) return whole(`in one piece: one encode keeps ${platform.cores} cores busy`);
  if (everywhere) return whole("in one piece: accel: off builds the same command on every machine");
  const most = Math.floor(countFrames(slots) / leastChunkFrames);
  if (most < 2) return whole("in one piece: so few frames come out worse in chunks");
  const parts = chunks(work, Math.min(wide * 2, Math.floor(expectSec / leastChunkSec), most));
  const atOnce = fitting(parts, work, { platform, wide });
  if (parts.length < 2 || atOnce < 2) return whole("in one piece: there is no memory for two encodes at once");
  const reason = `${parts.length} chunks, ${atOnce} at once, joined by copy at keyframes: one encode of this size uses about ${usefulCores(work)} of ${platform.cores} cores`;
  return { parts, atOnce, reason };
}

/** What has to be decided over the whole of a programme cannot be decided in pieces. */
function refuseSplit({ outlets, base }: Work): string | undefined {
  if (base?.pace === "source") return "frames that keep their own times are counted by nobody";
  for (const { encode, format, streams } of outlets) {
    if (streams.burn) return "subtitles are drawn at the times of the whole programme";
    if (encode?.rate.kind === "bitrate") return "a bitrate is shared out over the whole programme";
    if (format && base && toNumber(format.rate) !== toNumber(base.rate)) return "its renditions differ in frame rate";
  }
  return undefined;
}

/** Neighbours together, each group with about the same to hold open. */
function groups(slots: readonly Slot[], weights: readonly number[]): readonly (readonly Slot[])[] {
  const all = weights.reduce((sum, one) => sum + one, 0);
  const share = all / Math.ceil(all / mostPixels);
  const parts: Slot[][] = [];
  let before = 0;
  slots.forEach((slot, nth) => {
    const weight = weights[nth] ?? 0;
    // The middle of a range decides where it belongs, so that rounding does not leave a group of one at the end.
    const place = Math.floor((before + weight / 2) / share);
    before += weight;
    (parts[place] ??= []).push(slot);
  });
  return parts.filter((part) => part.length > 0);
}

/** Cuts where a keyframe falls anyway, so that a seam costs nothing but the encoder's memory of what came before. */
function chunks({ slots, base, outlets }: Work, count: number): readonly (readonly Slot[])[] {
  if (base === undefined || count < 2) return [slots];
  const frames = countFrames(slots);
  const gop = Math.max(1, ...outlets.map(({ encode }) => encode?.gopFrames ?? 1));
  const seams = new Set(
    Array.from({ length: count - 1 }, (_, nth) => Math.round(((nth + 1) * frames) / count / gop) * gop),
  );
  const parts: Slot[][] = [[]];
  let at = 0;
  for (const slot of slots) {
    const past = at + slot.frames;
    const inside = [...seams].filter((seam) => seam > at && seam < past);
    const cuts = isDivisible(slot) ? inside : [];
    const ends = [...cuts, past];
    ends.forEach((end, nth) => {
      const from = nth === 0 ? at : (ends[nth - 1] ?? at);
      if (seams.has(from) && (parts.at(-1)?.length ?? 0) > 0) parts.push([]);
      parts.at(-1)?.push(pieceOf(slot, { from: from - at, to: end - at, rate: toNumber(base.rate) }));
    });
    at = past;
  }
  return parts;
}

/** A fade is one picture made of two, and a comb is read in one go. */
function isDivisible({ segment, comb }: Slot): boolean {
  return segment.kind === "clip" && comb === undefined;
}

/** Some frames of a slot. What it starts with is named by its moment, so that a seek finds it. */
function pieceOf(
  slot: Slot,
  { from, to, rate }: { readonly from: number; readonly to: number; readonly rate: number },
): Slot {
  if (from === 0 && to === slot.frames) return slot;
  const { segment, slipSec, samples, frames } = slot;
  const zeroSec = segment.inSec + slipSec;
  return {
    ...slot,
    frames: to - from,
    samples: Math.round((samples * (to - from)) / frames),
    slipSec: from === 0 ? slipSec : 0,
    segment: {
      ...segment,
      inSec: from === 0 ? segment.inSec : zeroSec + from / rate,
      outSec: to === frames ? segment.outSec : zeroSec + to / rate,
    },
  };
}

/** As many at once as the machine has cores and memory for; always one. */
function fitting(
  parts: Split["parts"],
  work: Work,
  { platform, wide }: Pick<SplitOptions, "platform"> & { readonly wide: number },
): number {
  const largest = Math.max(...parts.map((part) => pieceBytes(work, part)));
  return Math.max(1, Math.min(parts.length, wide, Math.floor((platform.memoryBytes * 0.6) / largest)));
}

function pixelsOf({ segment, comb }: Slot, { videos, base }: Work): number {
  const opened = comb ? clipsOf([segment]).slice(0, 1) : clipsOf([segment]);
  return opened.reduce((sum, clip) => {
    const { width, height } = videos.get(clip.source) ?? base?.size ?? { width: 0, height: 0 };
    return sum + width * height;
  }, 0);
}

function countOpen(slots: readonly Slot[]): number {
  return slots.reduce((sum, { segment }) => sum + clipsOf([segment]).length, 0);
}

function spread(parts: Split["parts"]): string {
  const counts = parts.map(countOpen);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least} to ${most}`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
