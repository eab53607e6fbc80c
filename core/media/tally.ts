import { newRowReader } from "./listing.ts";
import { keyGap, paceOf, type Packets, type StreamPackets } from "./packets.ts";
import { roundUs } from "./time.ts";

/** What is kept of a stream while its packets go by; moments only of a picture, whose rate they tell. */
interface Track {
  readonly tickSec: number;
  readonly times: number[];
  count: number;
  readonly keys: number[];
  first: number;
  last: number;
  end: number;
}

/** Reads what framecrc lists as it comes: the text of a long film is too much to keep, its moments are not. */
export interface Tally {
  read(text: string): void;
  /** Keyed by the order in which streams were mapped. */
  packets(): Packets;
  /** When each packet of the first stream is shown, in order. */
  times(): readonly number[];
  /** A number made of all the bytes of the first stream. */
  sum(): number;
}

export function newTally(): Tally {
  const tracks = new Map<number, Track>();
  let sum = 0;

  const read = newRowReader(({ stream, time, duration, key, discarded, sizeBytes, sum: bytes }, tickSec) => {
    if (stream === 0) for (const part of [sizeBytes, Number(bytes)]) sum = Math.imul(sum ^ part, 0x01000193) >>> 0;
    if (discarded) return;
    const track = tracks.get(stream) ?? { tickSec, times: [], keys: [], count: 0, first: time, last: time, end: time };
    tracks.set(stream, track);
    track.count += 1;
    if (key && stream === 0) track.keys.push(time);
    track.first = Math.min(track.first, time);
    track.last = Math.max(track.last, time);
    track.end = Math.max(track.end, time + duration);
    if (stream === 0) track.times.push(time);
  });

  return {
    read,
    packets: () => ({ streams: Object.fromEntries([...tracks].map(([nth, track]) => [nth, summarise(track)])) }),
    times: () => Array.from(tracks.get(0)?.times ?? [], (tick) => tick * (tracks.get(0)?.tickSec ?? 0)).sort(inOrder),
    sum: () => sum,
  };
}

function summarise({ tickSec, times, count, keys, first, last, end }: Track): StreamPackets {
  const { typical, ...pace } = paceOf(times.toSorted(inOrder), tickSec);
  const past = end > last ? end : last + typical;
  return {
    ...{ count, ...pace, firstSec: roundUs(first * tickSec) },
    keyGapSec: roundUs(keyGap(keys, { first, end: past }) * tickSec),
    endSec: roundUs(past * tickSec),
  };
}

function inOrder(a: number, b: number): number {
  return a - b;
}
