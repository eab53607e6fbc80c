import { listing } from "./listing.ts";
import { type FirstLook, firstLimits } from "./limits.ts";
import { WHOLE_BYTES } from "./packets.ts";
import { isPlaylist } from "./playlist.ts";
import type { FileFacts } from "./unreadable.ts";

/** What ffmpeg prints, as of one file or of several. */
export interface Words {
  readonly stdout: string;
  readonly stderr: string;
}

/** One that is damaged costs all of its group a second start, so a group stays small; more in one saves little. */
const mostFiles = 8;

/**
 * Files that are read in one start, since starting takes longer than reading a small one. Together they are no larger
 * than what is listed whole, so each of them is. A name of several lines could pass for ffmpeg's own words.
 */
export function groupsOf<File extends FileFacts>(files: readonly File[]): readonly (readonly File[])[] {
  const groups: File[][] = [];
  let bytes = 0;
  for (const file of files.filter(({ path }) => !isPlaylist(path) && !/[\r\n]/.test(path))) {
    const last = groups.at(-1);
    bytes += file.sizeBytes;
    if (last && last.length < mostFiles && bytes <= WHOLE_BYTES) last.push(file);
    else {
      groups.push([file]);
      bytes = file.sizeBytes;
    }
  }
  return groups.filter((group) => group.length > 1);
}

/** Asks of several files what `firstArgs` asks of one that is listed whole. */
export function togetherArgs(files: readonly FileFacts[], look: FirstLook = {}): string[] {
  const inputs = files.flatMap(({ path }) => [...firstLimits(look), "-i", `file:${path}`]);
  const maps = files.flatMap((_, nth) => ["-map", `${nth}:V?`, "-map", `${nth}:a?`]);
  return ["-hide_banner", "-nostdin", "-nostats", ...inputs, ...maps, "-c", "copy", "-copyts", ...listing];
}

/** What stands at the margin when all is well; whatever else does is a message, of a file that it may not name. */
const expected =
  /^(?:Input #\d+, |Output #0, |Stream mapping:|(?:\[out#0\/framecrc @ \S+\] )?video:|(?:frame|size)=| {2}|$)/;

/** What ffmpeg would have printed of each file alone; nothing where it says more of any than what is in it. */
export function readTogether({ stdout, stderr }: Words, files: readonly FileFacts[]): readonly Words[] | undefined {
  const lines = stderr.split(/\r?\n/);
  if (!lines.every((line) => expected.test(line))) return undefined;
  const places = [...stderr.matchAll(/^ {2}Stream #(\d+):(\d+) -> #0:\d+ \(copy\)\r?$/gm)];
  const owners = places.map(([, file]) => Number(file));
  const starts = lines.flatMap((line, nth) => (line.startsWith("Input #") ? [nth] : []));
  const end = lines.findIndex((line) => /^(?:Stream mapping:|Output #0, )/.test(line));
  if (starts.length !== files.length || end < 0) return undefined;
  const listings = listingsOf(stdout, owners);
  return files.map((_, file) => {
    const header = lines.slice(starts[file], starts[file + 1] ?? end);
    const own = new RegExp(`(?<=^(?:Input #| +(?:Stream|Chapter) #))${file}(?=[:,])`);
    const streams = places.filter(([, owner]) => Number(owner) === file);
    const mapping = streams.map(([, , stream], nth) => `  Stream #0:${stream} -> #0:${nth} (copy)`);
    const words = [...header.map((line) => line.replace(own, "0")), "Stream mapping:", ...mapping];
    return { stdout: (listings[file] ?? []).join("\n"), stderr: words.join("\n") };
  });
}

/** The lines of each file, whose streams follow each other, counted from its first. */
function listingsOf(stdout: string, owners: readonly number[]): readonly (readonly string[])[] {
  const listings: string[][] = [];
  for (const line of stdout.split(/\r?\n/)) {
    const [start, word = "", stream] = /^(#\w+ )?(\d+)/.exec(line) ?? [];
    const owner = owners[Number(stream)];
    if (start === undefined || owner === undefined) continue;
    (listings[owner] ??= []).push(`${word}${Number(stream) - owners.indexOf(owner)}${line.slice(start.length)}`);
  }
  return listings;
}
