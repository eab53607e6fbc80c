import type { MediaInfo } from "../types.ts";
import { assemble } from "./assemble.ts";
import type { RawMedia, RawStream } from "./raw.ts";
import { readStreamLine } from "./stream_line.ts";
import { explain } from "./unreadable.ts";
import type { FileFacts, Unreadable } from "./unreadable.ts";

/** Reads what ffmpeg prints of its input. Its duration is rounded to 10 ms; {@link refine} mends that. */
export function readFfmpeg(stderr: string, file: FileFacts): MediaInfo | Unreadable {
  // A path may hold line breaks, and is the one thing here that ffmpeg prints unescaped.
  const lines = stderr.replaceAll(`file:${file.path}`, "").split(/\r?\n/);
  const start = lines.findIndex((line) => line.startsWith("Input #0, "));
  // ffmpeg goes on without a codec that it may not use; a file that holds one is not for us.
  const barred = lines.slice(0, Math.max(0, start)).some((line) => / Codec \(\S+\) not on whitelist/.test(line));
  // What is made of it is described in the same words.
  const past = lines.findIndex((line, nth) => nth > start && /^(?:Stream mapping:|Output #0, )/.test(line));
  return start < 0 || barred
    ? explain(stderr, file)
    : assemble(readDump(lines.slice(start, past < 0 ? undefined : past)), file);
}

function readDump(lines: readonly string[]): RawMedia {
  const split = lines.findIndex((line) => line.startsWith("  Duration: "));
  const [, duration = "", start = "0"] = /Duration: ([^,]+)(?:, start: (-?[\d.]+))?/.exec(lines[split] ?? "") ?? [];
  return {
    format: /^Input #0, (\S+), from/.exec(lines[0] ?? "")?.[1] ?? "unknown",
    startSec: Number(start),
    durationSec: readClock(duration),
    tags: readTags(lines.slice(1, split)),
    streams: readStreams(lines.slice(split)),
    chapters: readChapters(lines.slice(split)),
  };
}

/** "N/A" is zero: not known. */
function readClock(text: string): number {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):([\d.]+)$/.exec(text) ?? [];
  return hours === undefined ? 0 : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** A tag of several lines goes on below with an empty name. */
function readTags(lines: readonly string[]): [string, string][] {
  const tags: [string, string][] = [];
  for (const line of lines) {
    const [, name, value = ""] = /^ {4}(.*?) *:(?: (.*))?$/.exec(line) ?? [];
    const last = tags.at(-1);
    if (name) tags.push([name, value]);
    else if (name === "" && last) last[1] += `\n${value}`;
  }
  return tags;
}

/** A stream that belongs to two programs is printed twice. */
function readStreams(lines: readonly string[]): RawStream[] {
  const streams = new Map<number, RawStream>();
  let current: RawStream | undefined;
  let inTags = false;
  for (const line of lines) {
    const stream = readStreamLine(line);
    const [, rotation] = /displaymatrix: rotation of (-?[\d.]+)/.exec(line) ?? [];
    const [, profile, compatible] = /DOVI.*profile: (\d+),.*compatibility id: (\d+)/.exec(line) ?? [];
    // Tags and side data are indented alike; the line above them tells which.
    inTags = /^ {4,6}Metadata:$/.test(line) || (inTags && /^ {6}/.test(line));
    const [, name, value = ""] = (inTags && /^ {6,8}(\S.*?) *:(?: (.*))?$/.exec(line)) || [];
    if (stream) current = streams.get(stream.index) ?? stream;
    if (current && rotation !== undefined) current = { ...current, rotation: Number(rotation) };
    if (current && profile !== undefined)
      current = { ...current, dolby: { profile: Number(profile), compatible: Number(compatible) } };
    if (current && name !== undefined) current = { ...current, tags: { ...current.tags, [name.toLowerCase()]: value } };
    if (current) streams.set(current.index, current);
  }
  return [...streams.values()].sort((a, b) => a.index - b.index);
}

function readChapters(lines: readonly string[]): RawMedia["chapters"] {
  const chapters: { startSec: number; endSec: number; title: string }[] = [];
  for (const line of lines) {
    if (/^\s+(Stream|Program) /.test(line)) break;
    const [, start, end] = /^\s+Chapter #0:\d+: start (-?[\d.]+), end (-?[\d.]+)/.exec(line) ?? [];
    const [, title] = /^\s+title +: (.*)$/.exec(line) ?? [];
    const last = chapters.at(-1);
    if (start !== undefined) chapters.push({ startSec: Number(start), endSec: Number(end), title: "" });
    else if (title !== undefined && last) last.title = title;
  }
  return chapters;
}
