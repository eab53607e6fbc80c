import type { MediaInfo } from "../types.ts";
import { ownClock } from "./limits.ts";
import { listing, readListing } from "./listing.ts";
import type { Listing } from "./listing.ts";
import { formatSec, roundUs } from "./time.ts";

/** A part of a file to list; an empty one is the whole file. */
export interface PacketRange {
  readonly fromSec?: number;
  readonly forSec?: number;
}

/** The exact times of one stream in a listing, seconds from the file's own start. */
export interface StreamPackets {
  readonly count: number;
  readonly firstSec: number;
  readonly endSec: number;
  readonly vfr: boolean;
  /** How far apart most frames are. */
  readonly usualGapSec: number;
  readonly maxGapSec: number;
  /** How far apart keyframes are on average; how long none was seen behind the first, where there is but one. */
  readonly keyGapSec: number;
  /** Where the clock of the file is set back; left out: it never is. */
  readonly resetSec?: number;
}

/** Keyed by order: the picture if there is one, then every audio track. Streams without packets are left out. */
export interface Packets {
  readonly streams: Readonly<Record<number, StreamPackets>>;
}

/** Up to this size all packets of a file are listed. */
export const WHOLE_BYTES = 32 * 1024 * 1024;
const HEAD_SEC = 5;
const TAIL_SEC = 5;

/**
 * What to list of a file so that reading stays cheap: all of a small one, both ends of a large one. Give the
 * first and the last listing to {@link refine}; of a small file they are one and the same.
 */
export function packetRanges({ sizeBytes, durationSec }: Pick<MediaInfo, "sizeBytes" | "durationSec">): PacketRange[] {
  if (sizeBytes <= WHOLE_BYTES || durationSec <= HEAD_SEC + TAIL_SEC) return [{}];
  return [{ forSec: HEAD_SEC }, { fromSec: roundUs(durationSec - TAIL_SEC) }];
}

/** Lists packets without decoding them. From `fromSec` means: from somewhere near, mostly the keyframe before. */
export function packetArgs(
  info: Pick<MediaInfo, "path" | "startSec" | "video" | "audio">,
  { fromSec, forSec }: PacketRange = {},
): string[] {
  const streams = [...(info.video ? [info.video] : []), ...info.audio];
  const maps = streams.flatMap(({ index }) => ["-map", `0:${index}`]);
  // A transport stream lands between keyframes, and the next one may be past the end.
  const keep = fromSec === undefined ? [] : ["-copyinkf"];
  // For the output: an input's -t would count from the container's own clock.
  const length = forSec === undefined ? [] : ["-t", formatSec(forSec)];
  const output = ["-c", "copy", ...keep, ...length, ...listing];
  return ["-v", "error", "-nostdin", ...ownClock(info, fromSec), ...maps, ...output];
}

/** Reads the listing that {@link packetArgs} asks for; one on the container's clock with where the file starts on it. */
export function readPackets(text: string, startSec = 0): Packets {
  const streams = readListing(text, startSec).map((listing, order) => [order, summarise(listing)] as const);
  return { streams: Object.fromEntries(streams.filter(([, summary]) => summary.count > 0)) };
}

function summarise({ tickSec, packets, keys, settled, resetAt }: Listing): StreamPackets {
  const sure = packets.flatMap(({ time }) => (time <= settled ? [time] : []));
  const { typical, ...pace } = paceOf(sure, tickSec);
  const end = packets.reduce((latest, { time, duration }) => Math.max(latest, time + (duration || typical)), -Infinity);
  return {
    count: packets.length,
    firstSec: roundUs((packets[0]?.time ?? 0) * tickSec),
    endSec: packets.length === 0 ? 0 : roundUs(end * tickSec),
    ...pace,
    keyGapSec: roundUs(keyGap(keys, { first: packets[0]?.time ?? 0, end }) * tickSec),
    ...(resetAt !== undefined && { resetSec: roundUs(resetAt * tickSec) }),
  };
}

/** In ticks, of keyframes in order. */
export function keyGap(
  keys: readonly number[],
  { first, end }: { readonly first: number; readonly end: number },
): number {
  const [from = first, to = end] = [keys[0], keys.at(-1)];
  return keys.length > 1 ? (to - from) / (keys.length - 1) : end - from;
}

/** How far apart moments in order are, and the usual distance in ticks. */
export function paceOf(times: readonly number[], tickSec: number) {
  const gaps = times.slice(1).map((time, nth) => time - (times[nth] ?? time));
  const sorted = gaps.sort((a, b) => a - b);
  const least = sorted[0] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const typical = sorted[sorted.length >> 1] ?? 0;
  return {
    typical,
    vfr: (most - least) * tickSec > jitterSec(tickSec, least),
    usualGapSec: roundUs(typical * tickSec),
    maxGapSec: roundUs(most * tickSec),
  };
}

/** What a constant rate may stray by when times are rounded to ticks: milliseconds in Matroska, 10 ms in GIF. */
function jitterSec(tickSec: number, leastGap: number): number {
  return Math.max(0.0015, tickSec * Math.min(1.5, leastGap / 2));
}
