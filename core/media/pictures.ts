import type { MediaInfo, PictureIndex } from "../types.ts";
import { ownClock } from "./limits.ts";
import { listing, newRowReader } from "./listing.ts";
import { toNumber } from "./rational.ts";
import { roundUs } from "./time.ts";

interface Units {
  readonly pictures: string;
  /** Pictures at which decoding starts afresh. */
  readonly afresh: string;
  readonly sets: string;
}

/** The units of a stream, by number. */
export const units: Readonly<Partial<Record<string, Units>>> = {
  h264: { pictures: "1-5", afresh: "5", sets: "7-8" },
  hevc: { pictures: "0-31", afresh: "19-20", sets: "32-34" },
};

/**
 * Lists the picture's packets without decoding, in up to three listings of one run: all of them, those that hold an
 * instant refresh, and the parameter sets that stand in front of it.
 */
export function pictureArgs(info: Pick<MediaInfo, "path" | "startSec" | "video">): string[] {
  const codec = info.video?.codec ?? "";
  const map = ["-map", `0:${info.video?.index ?? "V:0"}`];
  const found = units[codec];
  const filters = found
    ? [
        ...map,
        ...map,
        ...["-bsf:v:1", `filter_units=pass_types=${found.afresh}`],
        ...["-bsf:v:2", `${codec}_mp4toannexb,filter_units=pass_types=${found.sets}`],
      ]
    : [];
  return ["-v", "error", "-nostdin", ...ownClock(info), ...map, "-c", "copy", ...filters, ...listing];
}

/** Takes what {@link pictureArgs} asks for as it comes. */
export interface PictureReader {
  read(text: string): void;
  index(): PictureIndex;
}

/** Of every packet its moment is kept, and no more: a long film has a million. What an edit list hides is left out. */
export function newPictureReader(video: NonNullable<MediaInfo["video"]>): PictureReader {
  const seen: Seen = { times: [], keys: [], refreshes: new Set(), sets: new Set(), tickSec: 1 };
  const read = newRowReader(({ stream, time, key, discarded, sizeBytes, sum }, tickSec) => {
    if (stream === 1) seen.refreshes.add(time);
    if (stream === 2) seen.sets.add(`${sizeBytes} ${sum}`);
    if (stream !== 0 || discarded) return;
    if (key) seen.keys.push(seen.times.length);
    seen.times.push(time);
    seen.tickSec = tickSec;
  });
  return {
    read,
    index() {
      // The last line may not have been ended.
      read("\n");
      return indexOf(seen, video);
    },
  };
}

interface Seen {
  /** When each packet is shown, in the order of decoding. */
  readonly times: number[];
  /** The numbers of packets that are keyframes. */
  readonly keys: number[];
  readonly refreshes: Set<number>;
  readonly sets: Set<string>;
  tickSec: number;
}

function indexOf(
  { times, keys: keyframes, refreshes, sets, tickSec }: Seen,
  { codec, fps }: NonNullable<MediaInfo["video"]>,
): PictureIndex {
  // Numbers of packets in the order in which they are shown, and the place of each in it.
  const order = Uint32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const decoded = new Uint32Array(times.length);
  order.forEach((packet, picture) => (decoded[packet] = picture));
  const timeOf = (picture: number) => times[order[picture] ?? -1] ?? Number.NaN;
  const keys = keyframes.map((nth) => [decoded[nth] ?? 0, roundUs((times[nth] ?? 0) * tickSec)] as const);
  const isRefresh = (picture: number) => units[codec] === undefined || refreshes.has(timeOf(picture));
  const first = times.length > 0 ? timeOf(0) : 0;
  const ends = endsOf(decoded);
  const divides = (picture: number) => ends[picture] === 1 && decoded[picture] === picture;
  const [only, ...others] = sets;
  return {
    count: times.length,
    firstSec: roundUs(first * tickSec),
    ticksPerSec: Math.round(1 / tickSec),
    steady: order.every((_, nth) => Math.round((timeOf(nth) - first) * tickSec * toNumber(fps)) === nth),
    reorder: reorderOf(decoded),
    keys,
    clean: keys.map(([picture]) => picture).filter((picture) => isRefresh(picture) && divides(picture)),
    ends: runsOf(ends),
    ...(only !== undefined && others.length === 0 && { sets: only }),
  };
}

/** The most pictures that are decoded before one and shown behind it. */
function reorderOf(decoded: Uint32Array): number {
  // A picture that is decoded at place n and shown at place p < n lets n - p others go first.
  return decoded.reduce((most, picture, nth) => Math.max(most, nth - picture), 0);
}

/** Marks the numbers of packets that hold exactly as many of the first pictures. */
function endsOf(decoded: Uint32Array): Uint8Array {
  const ends = new Uint8Array(decoded.length + 1);
  ends[0] = 1;
  let latest = -1;
  decoded.forEach((picture, nth) => {
    latest = Math.max(latest, picture);
    if (latest === nth) ends[nth + 1] = 1;
  });
  return ends;
}

function runsOf(marks: Uint8Array): PictureIndex["ends"] {
  const runs: [number, number][] = [];
  marks.forEach((mark, number) => {
    if (mark === 0) return;
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  });
  return runs;
}
