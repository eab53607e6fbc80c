import type { Cue, CueTrack, MediaInfo } from "../types.ts";
import { ownClock } from "./limits.ts";
import { roundUs } from "./time.ts";

/** A text to be taken out of a file: every text track as SubRip, and one with styles as it is, too. */
export interface CueFile {
  readonly index: number;
  readonly format: "srt" | "ass";
}

/** No track of subtitles comes near this; what is larger is cut off there. */
const mostBytes = 16 * 1024 * 1024;

export function cueFiles({ subtitles }: Pick<MediaInfo, "subtitles">): readonly CueFile[] {
  return subtitles
    .filter(({ kind }) => kind === "text")
    .flatMap(({ index, codec }): CueFile[] => [
      { index, format: "srt" },
      ...(isStyled(codec) ? [{ index, format: "ass" as const }] : []),
    ]);
}

/** Whether a track's text carries styles that SubRip cannot hold. */
export function isStyled(codec: string): boolean {
  return codec === "ass" || codec === "ssa";
}

/** Takes every text out of a file in one pass, without decoding a picture. */
export function cueArgs(
  info: Pick<MediaInfo, "path" | "startSec" | "subtitles">,
  place: (file: CueFile) => string,
): string[] {
  const outputs = cueFiles(info).flatMap((file) => [
    ...["-map", `0:${file.index}`, "-c:s", file.format, "-f", file.format],
    ...["-fs", String(mostBytes), `file:${place(file)}`],
  ]);
  return ["-v", "error", "-nostdin", "-y", ...ownClock(info), ...outputs];
}

/** Reads what {@link cueArgs} wrote for one track. */
export function readCues(index: number, { srt, ass }: { readonly srt: string; readonly ass?: string }): CueTrack {
  const cues = readSrt(srt);
  if (ass === undefined) return { index, cues };
  const [header = ""] = ass.split(/^Dialogue:/m, 1);
  return { index, cues, styled: { header, cues: readDialogue(ass) } };
}

const TIMING = /^\s*(\d+):(\d\d):(\d\d)[,.](\d{1,3}) --> (\d+):(\d\d):(\d\d)[,.](\d{1,3})/;

function readSrt(text: string): Cue[] {
  const blocks = text.replaceAll("\r\n", "\n").split(/\n(?=\d+\n\s*\d+:\d\d:\d\d[,.]\d+ -->)/);
  return blocks.flatMap((block) => {
    const lines = block.split("\n");
    const at = lines.findIndex((line) => TIMING.test(line));
    const parts = TIMING.exec(lines[at] ?? "")
      ?.slice(1)
      .map(Number);
    if (parts === undefined) return [];
    const said = lines
      .slice(at + 1)
      .join("\n")
      .trim();
    const startSec = seconds(parts.slice(0, 4), 1000);
    return said === "" ? [] : [{ startSec, endSec: seconds(parts.slice(4), 1000), text: said }];
  });
}

const DIALOGUE = /^Dialogue: *(\d+),(\d+):(\d\d):(\d\d)\.(\d\d),(\d+):(\d\d):(\d\d)\.(\d\d),(.*)$/gm;

/** The text of a styled cue is everything behind its times: style, speaker, margins, effect and words. */
function readDialogue(text: string): Cue[] {
  return [...text.replaceAll("\r\n", "\n").matchAll(DIALOGUE)].map(([, layer, ...parts]) => ({
    startSec: seconds(parts.slice(0, 4).map(Number), 100),
    endSec: seconds(parts.slice(4, 8).map(Number), 100),
    text: `${layer},${parts[8]}`,
  }));
}

/** SubRip, as ffmpeg reads it back. */
export function renderSrt(cues: readonly Cue[]): string {
  // An empty line would end the cue.
  const body = (text: string) => text.replace(/\n\s*(?=\n)/g, "");
  return cues
    .map(({ startSec, endSec, text }, nth) => `${nth + 1}\n${clock(startSec)} --> ${clock(endSec)}\n${body(text)}\n`)
    .join("\n");
}

/** The header of a styled track, and its moved cues. */
export function renderAss(header: string, cues: readonly Cue[]): string {
  const lines = cues.map(({ startSec, endSec, text }) => {
    const comma = text.indexOf(",");
    return `Dialogue: ${text.slice(0, comma)},${hundredths(startSec)},${hundredths(endSec)},${text.slice(comma + 1)}\n`;
  });
  return `${header.trimEnd()}\n${lines.join("")}`;
}

function seconds([hours = 0, minutes = 0, sec = 0, part = 0]: readonly number[], perSec: number): number {
  return roundUs(hours * 3600 + minutes * 60 + sec + part / perSec);
}

function clock(sec: number): string {
  const ms = Math.round(sec * 1000);
  return `${fields(Math.floor(ms / 1000))},${String(ms % 1000).padStart(3, "0")}`;
}

function hundredths(sec: number): string {
  const cs = Math.round(sec * 100);
  return `${fields(Math.floor(cs / 100)).replace(/^0/, "")}.${String(cs % 100).padStart(2, "0")}`;
}

function fields(whole: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(Math.floor(whole / 3600))}:${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}`;
}
