import type { MediaInfo, VideoInfo } from "../types.ts";
import type { Packets } from "./packets.ts";
import { nearestRate, standardRate, toNumber } from "./rational.ts";
import { roundUs } from "./time.ts";

/**
 * Puts exact times in place of rounded ones: starts from the listing of the head, ends from that of the tail.
 * Give the listing of a whole file as both, and `vfr` and odd rates are exact too. A missing listing changes
 * nothing. Ends may include up to a frame of padding that an audio encoder added, where the container does
 * not take it off.
 */
export function refine(info: MediaInfo, head: Packets | undefined, tail: Packets | undefined): MediaInfo {
  const ends = Object.values(tail?.streams ?? {}).map(({ endSec }) => endSec);
  const endSec = ends.length > 0 ? Math.max(...ends) : info.durationSec;
  const zeroSec = ownZero(info, head);
  const first = info.video ? 1 : 0;
  const resets = Object.values(head?.streams ?? {}).flatMap(({ resetSec }) => resetSec ?? []);

  function times<Stream extends { startSec: number; endSec: number }>(stream: Stream, order: number): Stream {
    const from = head?.streams[order]?.firstSec ?? stream.startSec;
    const to = tail?.streams[order]?.endSec ?? Math.min(stream.endSec, endSec);
    return { ...stream, startSec: roundUs(from - zeroSec), endSec: roundUs(to - zeroSec) };
  }
  return {
    ...info,
    durationSec: roundUs(endSec - zeroSec),
    startSec: roundUs(info.startSec + zeroSec),
    ...(zeroSec !== 0 && { leadSec: zeroSec }),
    ...(resets.length > 0 && { resetSec: roundUs(Math.min(...resets) - zeroSec) }),
    ...(isCutOff(info, endSec) && { missingSec: roundUs(info.durationSec - endSec) }),
    ...(info.video && { video: { ...times(info.video, 0), ...paces(info.video, head, tail), ...groups(head) } }),
    audio: info.audio.map((stream, nth) => times(stream, first + nth)),
    chapters: info.chapters.map((chapter) => ({
      ...chapter,
      startSec: Math.max(0, roundUs(chapter.startSec - zeroSec)),
      endSec: Math.max(0, roundUs(chapter.endSec - zeroSec)),
    })),
  };
}

/** Other containers only guess how long they are; these say it, and may end a part of a frame before. */
function isCutOff({ container, durationSec }: MediaInfo, endSec: number): boolean {
  return /^(mov|matroska)/.test(container) && durationSec - endSec > 1;
}

/** Sound that starts this much before the picture is a codec's priming, or near enough to it. */
const primingSec = 0.06;

/**
 * Where a player starts, seen from where the container does: at the first picture or sound, whichever other tracks
 * come before. A codec's priming is no sound.
 */
function ownZero({ startSec, video }: MediaInfo, head: Packets | undefined): number {
  const picture = video && head?.streams[0];
  if (picture === undefined) return startSec < 0 && startSec > -primingSec ? roundUs(-startSec) : 0;
  const earliest = Math.min(...Object.values(head?.streams ?? {}).map(({ firstSec }) => firstSec));
  return roundUs(picture.firstSec - earliest <= primingSec ? picture.firstSec : earliest);
}

function groups(head: Packets | undefined): Pick<VideoInfo, "gopSec"> {
  const packets = head?.streams[0];
  return packets ? { gopSec: packets.keyGapSec } : {};
}

/** How far two decimals may be off any rate. */
const printed = 0.006;

/** How far whole milliseconds may be off a rate of 60. */
const coarse = 0.03;

/**
 * A head can show that a rate varies, never that it does not; a tail may begin amid reordered frames and shows
 * neither. A standard rate needs no measuring; another is printed with two decimals, and a head knows more of them.
 */
function paces({ fps, vfr }: VideoInfo, head: Packets | undefined, tail: Packets | undefined) {
  const packets = head?.streams[0];
  // Where frames were left out, those that are there still stand on the grid of the full rate.
  const full = packets?.vfr && packets.usualGapSec > 0 ? standardRate(1 / packets.usualGapSec, coarse) : undefined;
  if (full && toNumber(full) > toNumber(fps)) return { fps: full, vfr: true };
  const odd = standardRate(toNumber(fps)) === undefined && (packets?.count ?? 0) > 1;
  if (head !== tail || !packets) {
    const paced = packets && !packets.vfr && packets.usualGapSec > 0 ? 1 / packets.usualGapSec : 0;
    const same = odd && Math.abs(paced - toNumber(fps)) <= printed;
    return { fps: same ? nearestRate(paced) : fps, vfr: vfr || (packets?.vfr ?? false) };
  }
  const { count, firstSec, endSec } = packets;
  return { fps: odd ? nearestRate(count / (endSec - firstSec)) : fps, vfr: packets.vfr };
}
