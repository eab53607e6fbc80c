/**
 * An output that lists its packets on stdout, a line for each. Left alone ffmpeg writes every line by itself: a film of
 * two hours is half a million of them, and passing them on took ffmpeg 3 s and node another three.
 */
export const listing: readonly string[] = ["-flush_packets", "0", "-f", "framecrc", "pipe:1"];

/** One packet of a `-f framecrc` listing, in ticks. */
interface Packet {
  readonly time: number;
  readonly duration: number;
}

/** The packets of one mapped stream that a player shows, in order of time. */
export interface Listing {
  readonly tickSec: number;
  readonly packets: readonly Packet[];
  /** When those of them are shown that are keyframes. */
  readonly keys: readonly number[];
  /** Up to here nothing is missing: later frames may still wait for others that a cut listing left out. */
  readonly settled: number;
  /** The last decode time before the clock was set back: from there on two moments have the same name. */
  readonly resetAt?: number;
}

/** Reads a framecrc listing: streams in the order in which they were mapped, on a clock that is zero at `startSec`. */
export function readListing(text: string, startSec = 0): Listing[] {
  return readRows(text).map(({ tickSec, rows }) => {
    const zero = Math.round(startSec / tickSec);
    const own = rows.map((row) => ({
      ...row,
      dts: row.dts - zero,
      ...(row.pts !== undefined && { pts: row.pts - zero }),
    }));
    return { tickSec, ...inOrder(zero === 0 ? rows : own) };
  });
}

/** The same, packet by packet in the order in which they are decoded. */
export function readRows(text: string): { readonly tickSec: number; readonly rows: readonly Row[] }[] {
  const ticks = new Map<number, number>();
  const rows = new Map<number, Row[]>();
  for (const line of text.split(/\r?\n/)) {
    const [stream, tickSec] = readTick(line) ?? [];
    if (stream !== undefined && tickSec !== undefined) ticks.set(stream, tickSec);
    const row = readRow(line);
    const others = row && rows.get(row.stream);
    if (others) others.push(row);
    else if (row) rows.set(row.stream, [row]);
  }
  return [...ticks].sort(([a], [b]) => a - b).map(([stream, tickSec]) => ({ tickSec, rows: rows.get(stream) ?? [] }));
}

/** Reads a listing as it comes: the text of a long film is too much to keep. */
export function newRowReader(onRow: (row: Row, tickSec: number) => void): (text: string) => void {
  const ticks = new Map<number, number>();
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const tick = line.startsWith("#") ? readTick(line) : undefined;
      if (tick) ticks.set(...tick);
      const row = readRow(line);
      if (row) onRow(row, ticks.get(row.stream) ?? 1);
    }
  };
}

function readTick(line: string): readonly [stream: number, tickSec: number] | undefined {
  const [, stream, num, den] = /^#tb (\d+): (\d+)\/(\d+)/.exec(line) ?? [];
  return stream === undefined ? undefined : [Number(stream), Number(num) / Number(den)];
}

export interface Row {
  readonly stream: number;
  readonly dts: number;
  readonly pts: number | undefined;
  /** When it is shown; when it is decoded, where the container says no more. */
  readonly time: number;
  readonly duration: number;
  readonly sizeBytes: number;
  /** Adler-32 of its bytes, as text. */
  readonly sum: string;
  readonly key: boolean;
  readonly discarded: boolean;
}

const ROW = /^(\d+), *(-?\d+), *(-?\d+|NOPTS), *(-?\d+), *(\d+), *(0x[\da-f]+)(?:, F=0x([\dA-F]+))?/;

/** How framecrc prints a time that the container does not give. */
const NO_TIME = "-9223372036854775808";

/** AV_PKT_FLAG_DISCARD: an edit list keeps the packet for decoding only. */
const DISCARD = 4;
/** AV_PKT_FLAG_KEY; the only flag that is not printed where it stands alone. */
const KEY = 1;

function readRow(line: string): Row | undefined {
  const [, stream, dts, pts, duration, size, sum = "", flags = "1"] = ROW.exec(line) ?? [];
  if (stream === undefined) return undefined;
  const shown = pts === NO_TIME || pts === "NOPTS" ? undefined : Number(pts);
  return {
    stream: Number(stream),
    dts: Number(dts),
    pts: shown,
    time: shown ?? Number(dts),
    duration: Math.max(0, Number(duration)),
    sizeBytes: Number(size),
    sum,
    key: (Number.parseInt(flags, 16) & KEY) !== 0,
    discarded: (Number.parseInt(flags, 16) & DISCARD) !== 0,
  };
}

/** Where a container gives decode times only, they tell the spacing, and the first frame shows at zero or later. */
function inOrder(rows: readonly Row[] = []): Omit<Listing, "tickSec"> {
  const timed = rows.every(({ pts }) => pts !== undefined);
  const shift = timed ? 0 : Math.min(0, rows[0]?.dts ?? 0);
  const shown = rows.filter(({ discarded }) => !discarded);
  const packets = shown
    .map(({ pts, dts, duration }) => ({ time: timed ? (pts ?? 0) : dts - shift, duration }))
    .sort((a, b) => a.time - b.time);
  const keys = shown.flatMap(({ key, pts, dts }) => (key ? [timed ? (pts ?? 0) : dts - shift] : []));
  const last = lastBeforeReset(rows);
  return { packets, keys, settled: (rows.at(-1)?.dts ?? 0) - shift, ...(last && { resetAt: last.dts - shift }) };
}

/** ffmpeg never lists a time that falls back: it repeats the last one for as long as that goes on. */
function lastBeforeReset(rows: readonly Row[]): Row | undefined {
  const least = 4;
  return rows.find(({ dts }, nth) => {
    const next = rows.slice(nth + 1, nth + 1 + least);
    return next.length === least && next.every((row) => row.dts <= dts);
  });
}
