import { plainLanguage } from "../media/mod.ts";
import type { Check, CueTrack, MediaInfo, Promised, PromisedText, SubtitleInfo } from "../types.ts";

/** A cue may be moved by the tick of its container, and a styled one is timed in hundredths. */
const cueSlackSec = 0.02;
/** Chapters are written in milliseconds, and start on the picture's ticks in mov. */
const chapterSlackSec = 0.05;

/** Whether everything beside picture and sound is there as the plan has it: text, chapters, cover, files, tags. */
export function keptChecks(promised: Promised, info: MediaInfo, tracks: readonly CueTrack[]): readonly Check[] {
  const { subtitles, chapters, cover, attachments, timecode } = promised;
  // Some containers begin with the priming of the sound, which players skip; the plan counts from the first picture.
  const zeroSec = info.video?.startSec ?? 0;
  const found = info.subtitles.map((track) => ({
    track,
    cues: tracks.find(({ index }) => index === track.index)?.cues,
  }));
  return [
    check("subtitles", String(subtitles.length), String(info.subtitles.length)),
    ...subtitles.flatMap((wish, nth) => {
      const one = found[nth];
      return one ? textChecks(`subtitles ${nth + 1}`, wish, { ...one, zeroSec }) : [];
    }),
    check("chapters", String(chapters.length), String(info.chapters.length)),
    ...chapters.flatMap(({ startSec, title }, nth) => {
      const one = info.chapters[nth];
      const ok = one?.title === title && near(one.startSec - zeroSec, startSec, chapterSlackSec);
      return one
        ? [
            {
              name: `chapter ${nth + 1}`,
              ok,
              expected: chapterWords(startSec, title),
              found: chapterWords(one.startSec, one.title),
            },
          ]
        : [];
    }),
    check("cover", cover ? "a cover" : "no cover", info.cover === undefined ? "no cover" : "a cover"),
    check(
      "attachments",
      attachments.join(", ") || "none",
      info.attachments.map(({ name }) => name).join(", ") || "none",
    ),
    check("timecode", timecode ?? "none", info.timecode ?? "none"),
    ...Object.entries(promised.tags).map(([name, value]) => tagCheck(name, value, info.tags[name])),
  ];
}

interface FoundText {
  readonly track: SubtitleInfo;
  readonly cues: CueTrack["cues"] | undefined;
  readonly zeroSec: number;
}

function textChecks(name: string, wish: PromisedText, { track, cues = [], zeroSec }: FoundText): readonly Check[] {
  const roles = track.roles.filter((role) => wish.roles.includes(role));
  const title = wish.title === undefined ? "" : ` "${wish.title}"`;
  const checks = [
    check(
      name,
      `${wish.codec} ${plainLanguage(wish.language ?? "und")}${title} ${wish.roles.join("+")}`,
      `${track.codec} ${plainLanguage(track.language ?? "und")}${wish.title === undefined ? "" : ` "${track.title ?? ""}"`} ${roles.join("+")}`,
    ),
  ];
  if (wish.cues === undefined) return checks;
  const { count, firstSec, lastSec } = wish.cues;
  const first = (cues[0]?.startSec ?? 0) - zeroSec;
  const last = Math.max(0, ...cues.map(({ endSec }) => endSec)) - zeroSec;
  const ok = cues.length === count && near(first, firstSec, cueSlackSec) && near(last, lastSec, cueSlackSec);
  return [
    ...checks,
    {
      name: `${name} texts`,
      ok,
      expected: cueWords(count, firstSec, lastSec),
      found: cueWords(cues.length, first, last),
    },
  ];
}

function tagCheck(name: string, value: string, found: string | undefined): Check {
  const ok = found !== undefined && plainTag(name, found) === plainTag(name, value);
  return { name: `tag ${name}`, ok, expected: value, found: found ?? "none" };
}

/** Containers write moments and places in their own precision. */
function plainTag(name: string, value: string): string {
  if (name === "creation_time") return String(Date.parse(value) || value);
  if (name.startsWith("location"))
    return [...value.matchAll(/[+-][\d.]+/g)].map(([one]) => Number(one).toFixed(3)).join(" ");
  return value.trim();
}

function check(name: string, expected: string, found: string): Check {
  return { name, ok: expected === found, expected, found };
}

function near(a: number, b: number, slackSec: number): boolean {
  return Math.abs(a - b) <= slackSec;
}

function cueWords(count: number, firstSec: number, lastSec: number): string {
  return `${count} from ${firstSec.toFixed(3)} s to ${lastSec.toFixed(3)} s`;
}

function chapterWords(startSec: number, title: string): string {
  return `${JSON.stringify(title)} at ${startSec.toFixed(3)} s`;
}
