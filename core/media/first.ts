import type { MediaInfo } from "../types.ts";
import { readFfmpeg } from "./ffmpeg_text.ts";
import { listing } from "./listing.ts";
import { type FirstLook, firstLimits } from "./limits.ts";
import { type Packets, packetRanges, readPackets } from "./packets.ts";
import { formatSec } from "./time.ts";
import type { FileFacts, Unreadable } from "./unreadable.ts";

/** What one start of ffmpeg tells of a file. */
export interface FirstRead {
  readonly told: MediaInfo | Unreadable;
  /** What the first of {@link packetRanges} asks for; left out where it came short of that. */
  readonly listing?: Packets;
}

/**
 * The header on stderr, and packets on stdout in the same go. Which streams there are is not known yet, so every
 * picture that is no cover and all sound is listed, on the container's own clock.
 */
export function firstArgs({ path, sizeBytes }: FileFacts, look: FirstLook = {}): string[] {
  const { forSec } = headOf({ sizeBytes });
  // For the input: an output's -t counts from zero, and a broadcast may begin at any hour.
  const length = forSec === undefined ? [] : ["-t", formatSec(forSec)];
  const input = [...firstLimits(look), ...length, "-i", `file:${path}`];
  const output = ["-map", "0:V?", "-map", "0:a?", "-c", "copy", "-copyts", ...listing];
  return ["-hide_banner", "-nostdin", "-nostats", ...input, ...output];
}

/** Reads what {@link firstArgs} asks for. */
export function readFirst(
  { stdout, stderr }: { readonly stdout: string; readonly stderr: string },
  file: FileFacts,
): FirstRead {
  const told = readFfmpeg(stderr, file);
  if ("kind" in told) return { told };
  const listed = readPackets(stdout, told.startSec).streams;
  const places = new Map(
    [...stderr.matchAll(/^ +Stream #0:(\d+) -> #0:(\d+) \(copy\)/gm)].map(([, from, to]) => [Number(from), Number(to)]),
  );
  const streams = [...(told.video ? [told.video] : []), ...told.audio].map(({ index }, order) => {
    const packets = listed[places.get(index) ?? -1];
    return packets && ([order, packets] as const);
  });
  const found = streams.filter((one) => one !== undefined);
  const wanted = packetRanges(told)[0]?.forSec;
  const complete = found.length === streams.length && wanted === headOf(file).forSec;
  return { told, ...(complete && { listing: { streams: Object.fromEntries(found) } }) };
}

/** The length of a file is not known before it is read; what is too large to be listed whole is, whatever it is. */
function headOf({ sizeBytes }: Pick<FileFacts, "sizeBytes">) {
  return packetRanges({ sizeBytes, durationSec: Number.POSITIVE_INFINITY })[0] ?? {};
}
