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
  const order = times.toSorted((a, b) => a - b);
  const place = new Map(order.map((time, nth) => [time, nth]));
  const decoded = times.map((time) => place.get(time) ?? 0);
  const keys = keyframes.map((nth) => [decoded[nth] ?? 0, roundUs((times[nth] ?? 0) * tickSec)] as const);
  const isRefresh = (picture: number) => units[codec] === undefined || refreshes.has(order[picture] ?? NaN);
  const first = order[0] ?? 0;
  const ends = endsOf(decoded);
  const divides = new Set(ends.filter((end) => decoded[end] === end));
  const [only, ...others] = sets;
  return {
    count: times.length,
    firstSec: roundUs(first * tickSec),
    ticksPerSec: Math.round(1 / tickSec),
    steady: order.every((time, nth) => Math.round((time - first) * tickSec * toNumber(fps)) === nth),
    reorder: reorderOf(decoded),
    keys,
    clean: keys.map(([picture]) => picture).filter((picture) => isRefresh(picture) && divides.has(picture)),
    ends: runsOf(ends),
    ...(only !== undefined && others.length === 0 && { sets: only }),
  };
}

/** The most pictures that are decoded before one and shown behind it. */
function reorderOf(decoded: readonly number[]): number {
  // A picture that is decoded at place n and shown at place p < n lets n - p others go first.
  return decoded.reduce((most, picture, nth) => Math.max(most, nth - picture), 0);
}

/** The numbers of packets that hold exactly as many of the first pictures. */
function endsOf(decoded: readonly number[]): readonly number[] {
  const ends = [0];
  let latest = -1;
  decoded.forEach((picture, nth) => {
    latest = Math.max(latest, picture);
    if (latest === nth) ends.push(nth + 1);
  });
  return ends;
}

function runsOf(numbers: readonly number[]): PictureIndex["ends"] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
