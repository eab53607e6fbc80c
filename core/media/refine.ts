import type { MediaInfo, VideoInfo } from "../types.ts";
import type { Packets, StreamPackets } from "./packets.ts";
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
  const durationSec = ends.length > 0 ? Math.max(...ends) : info.durationSec;
  const first = info.video ? 1 : 0;

  function times<Stream extends { startSec: number; endSec: number }>(stream: Stream, order: number): Stream {
    const startSec = starting(head?.streams[order]) ?? stream.startSec;
    const endSec = tail?.streams[order]?.endSec ?? Math.min(stream.endSec, durationSec);
    return { ...stream, startSec, endSec };
  }
  return {
    ...info,
    durationSec: roundUs(durationSec),
    ...(info.video && { video: { ...times(info.video, 0), ...paces(info.video, head, tail) } }),
    audio: info.audio.map((stream, nth) => times(stream, first + nth)),
  };
}

/** Priming comes before zero, and is never heard. */
function starting(packets: StreamPackets | undefined): number | undefined {
  return packets && Math.max(0, packets.firstSec);
}

/**
 * A head can show that a rate varies, never that it does not; a tail may begin amid reordered frames and shows
 * neither. A standard rate needs no measuring.
 */
function paces({ fps, vfr }: VideoInfo, head: Packets | undefined, tail: Packets | undefined) {
  const packets = head?.streams[0];
  if (head !== tail || !packets) return { fps, vfr: vfr || (packets?.vfr ?? false) };
  const { count, firstSec, endSec } = packets;
  const odd = standardRate(toNumber(fps)) === undefined && count > 1;
  return { fps: odd ? nearestRate(count / (endSec - firstSec)) : fps, vfr: packets.vfr };
}
