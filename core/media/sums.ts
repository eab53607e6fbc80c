import type { MediaInfo } from "../types.ts";
import { inputLimits, ownClock } from "./limits.ts";
import { listing, newRowReader, readRows } from "./listing.ts";
import { units } from "./pictures.ts";
import { formatSec } from "./time.ts";

/** A part of a picture, by the moments at which its pictures are shown. */
export interface Span {
  readonly fromSec: number;
  readonly toSec: number;
}

/**
 * What of a packet is summed. `bytes` is all of it, as it lies in the file: what is alike there is alike. `units` leaves
 * out what stands beside the pictures and how units are told apart, which a container may choose; that costs three
 * times as much.
 */
export type PacketForm = "bytes" | "units";

/** Lists the packets of a picture between two moments as sums of their bytes, in the order of decoding. */
export function packetSumArgs(
  info: Pick<MediaInfo, "path" | "startSec" | "video">,
  { fromSec, toSec }: Span,
  form: PacketForm,
): string[] {
  const { codec = "", index } = info.video ?? {};
  const found = form === "units" ? units[codec] : undefined;
  const plain = found ? ["-bsf:v", `${codec}_mp4toannexb,filter_units=pass_types=${found.pictures}`] : [];
  const range = ["-copyinkf", "-to", formatSec(toSec + seekSlackSec)];
  const input = ["-v", "error", "-nostdin", ...ownClock(info, Math.max(0, fromSec - seekSlackSec))];
  return [...input, "-map", `0:${index ?? "V:0"}`, "-c", "copy", ...plain, ...range, ...listing];
}

/** Decoding runs ahead of showing by less than this. */
const seekSlackSec = 2;

/** Packets in the order of decoding. In columns of plain numbers, since a long film has a million of them. */
export interface PacketSums {
  readonly sizes: ArrayLike<number>;
  readonly sums: ArrayLike<number>;
}

/** Takes four bytes for each number. */
function newColumn() {
  let numbers = new Uint32Array(1024);
  let count = 0;
  return {
    push(number: number) {
      if (count === numbers.length) {
        const longer = new Uint32Array(count * 2);
        longer.set(numbers);
        numbers = longer;
      }
      numbers[count] = number;
      count += 1;
    },
    all: () => numbers.subarray(0, count),
  };
}

/** Takes what {@link packetSumArgs} asks for as it comes, and sorts what is shown in each span apart. */
export function newPacketSums(spans: readonly Span[]) {
  const found = spans.map(() => ({ sizes: newColumn(), sums: newColumn() }));
  const read = newRowReader(({ time, discarded, sizeBytes, sum }, tickSec) => {
    if (discarded) return;
    const sec = time * tickSec;
    const into = found[spans.findIndex(({ fromSec, toSec }) => sec >= fromSec && sec < toSec)];
    into?.sizes.push(sizeBytes);
    into?.sums.push(Number(sum));
  });
  return {
    read,
    found: (): readonly PacketSums[] => found.map(({ sizes, sums }) => ({ sizes: sizes.all(), sums: sums.all() })),
  };
}

/** How many packets are the same in the same place. */
export function countAlike(one: PacketSums, other: PacketSums): number {
  let count = 0;
  for (let nth = 0; nth < one.sums.length; nth += 1)
    if (one.sums[nth] === other.sums[nth] && one.sizes[nth] === other.sizes[nth]) count += 1;
  return count;
}

/** A few pictures of a file, from a moment on. */
export interface Glance {
  readonly info: Pick<MediaInfo, "path" | "leadSec" | "video">;
  readonly fromSec: number;
  readonly count: number;
}

/** Decodes the pictures of several glances in one process, one sum of their pixels each. */
export function pictureSumArgs(glances: readonly Glance[]): string[] {
  const inputs = glances.flatMap(({ info, fromSec }) => {
    const seek = fromSec > 0 ? ["-ss", formatSec(fromSec + (info.leadSec ?? 0))] : [];
    // Every thread of a decoder holds pictures of its own.
    return [...seek, ...inputLimits, "-noautorotate", "-threads", "2", "-i", `file:${info.path}`];
  });
  const outputs = glances.flatMap(({ info, count }, nth) => [
    // Up to 5.1 a stream that reaches its -frames ends all others of its file.
    ...["-map", `${nth}:${info.video?.index ?? "V:0"}`, `-filter:v:${nth}`, `trim=end_frame=${count}`],
  ]);
  return ["-v", "error", "-nostdin", ...inputs, ...outputs, "-fps_mode", "passthrough", ...listing];
}

/** Reads what {@link pictureSumArgs} asks for, glance by glance. */
export function readPictureSums(text: string): readonly (readonly string[])[] {
  return readRows(text).map(({ rows }) => rows.map(({ sum }) => sum));
}
