import type { MediaInfo, PictureIndex } from "../types.ts";
import { ownClock } from "./limits.ts";
import { listing, readRows, type Row } from "./listing.ts";
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

/** Reads what {@link pictureArgs} asks for. Pictures that an edit list hides are not among them. */
export function readPictures(text: string, { codec, fps }: NonNullable<MediaInfo["video"]>): PictureIndex {
  const [all, afresh, sets] = readRows(text);
  const tickSec = all?.tickSec ?? 1;
  const rows = (all?.rows ?? []).filter(({ discarded }) => !discarded);
  const order = rows.map(({ time }) => time).sort((a, b) => a - b);
  const place = new Map(order.map((time, nth) => [time, nth]));
  const decoded = rows.map(({ time }) => place.get(time) ?? 0);
  const keys = rows.flatMap((row, nth) => (row.key ? [[decoded[nth] ?? 0, roundUs(row.time * tickSec)] as const] : []));
  const refreshes = new Set(afresh?.rows.map(({ time }) => time));
  const isRefresh = (picture: number) => units[codec] === undefined || refreshes.has(order[picture] ?? NaN);
  const first = order[0] ?? 0;
  const ends = endsOf(decoded);
  const divides = new Set(ends.filter((end) => decoded[end] === end));
  return {
    count: rows.length,
    firstSec: roundUs(first * tickSec),
    ticksPerSec: Math.round(1 / tickSec),
    steady: order.every((time, nth) => Math.round((time - first) * tickSec * toNumber(fps)) === nth),
    reorder: reorderOf(decoded),
    keys,
    clean: keys.map(([picture]) => picture).filter((picture) => isRefresh(picture) && divides.has(picture)),
    ends: runsOf(ends),
    ...setsOf(sets?.rows),
  };
}

function setsOf(rows: readonly Row[] = []): Pick<PictureIndex, "sets"> {
  const [sets, ...others] = new Set(rows.map(({ sizeBytes, sum }) => `${sizeBytes} ${sum}`));
  return sets !== undefined && others.length === 0 ? { sets } : {};
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
