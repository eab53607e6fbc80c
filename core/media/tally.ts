import { paceOf, type Packets, type StreamPackets } from "./packets.ts";
import { roundUs } from "./time.ts";

/** What is kept of a stream while its packets go by; moments only of a picture, whose rate they tell. */
interface Track {
  readonly tickSec: number;
  readonly times: number[];
  count: number;
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

/** AV_NOPTS_VALUE, which some builds print as a number and others as a word. */
const noTime = -9223372036854775808;
/** AV_PKT_FLAG_DISCARD: an edit list keeps the packet for decoding only. */
const DISCARD = 4;

export function newTally(): Tally {
  const tracks = new Map<number, Track>();
  let rest = "";
  let sum = 0;

  function see(line: string): void {
    const [, stream, num, den] = /^#tb (\d+): (\d+)\/(\d+)/.exec(line) ?? [];
    if (stream !== undefined)
      tracks.set(Number(stream), {
        ...{
          tickSec: Number(num) / Number(den),
          times: [],
          count: 0,
          first: Infinity,
          last: -Infinity,
          end: -Infinity,
        },
      });
    if (line.startsWith("#")) return;
    const [nth = "", dts, pts, duration, size, bytes, ...more] = line.split(",");
    const track = tracks.get(Number(nth));
    if (track === undefined) return;
    if (Number(nth) === 0) for (const field of [size, bytes]) sum = Math.imul(sum ^ Number(field), 0x01000193) >>> 0;
    const flags = more.find((field) => field.startsWith(" F=0x"));
    if (flags && Number(flags.slice(3)) & DISCARD) return;
    const time = Number(pts) > noTime ? Number(pts) : Number(dts);
    track.count += 1;
    track.first = Math.min(track.first, time);
    track.last = Math.max(track.last, time);
    track.end = Math.max(track.end, time + Math.max(0, Number(duration)));
    if (Number(nth) === 0) track.times.push(time);
  }

  return {
    read(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(see);
    },
    packets() {
      const seen = [...tracks].filter(([, { count }]) => count > 0);
      return { streams: Object.fromEntries(seen.map(([nth, track]) => [nth, summarise(track)])) };
    },
    times: () => Array.from(tracks.get(0)?.times ?? [], (tick) => tick * (tracks.get(0)?.tickSec ?? 0)).sort(inOrder),
    sum: () => sum,
  };
}

function summarise({ tickSec, times, count, first, last, end }: Track): StreamPackets {
  const { typical, ...pace } = paceOf(times.toSorted(inOrder), tickSec);
  return {
    ...{ count, ...pace, firstSec: roundUs(first * tickSec) },
    endSec: roundUs((end > last ? end : last + typical) * tickSec),
  };
}

function inOrder(a: number, b: number): number {
  return a - b;
}
