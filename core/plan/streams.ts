import { metadataValue } from "../ffmpeg/mod.ts";
import type { Chapter, Container, Media, MediaInfo, Rendition } from "../types.ts";
import type { Segment } from "./timeline.ts";

/** What happens to everything that is neither picture nor sound. */
export interface StreamPlan {
  /** Maps and options, where `{input}` is the index of the source's own `-i`. */
  readonly args: readonly string[];
  readonly subtitles: number;
  readonly cover: boolean;
  readonly chapters: readonly Chapter[];
  /** Text of an ffmetadata file, where chapters or tags have to be written anew. */
  readonly metadata?: string;
  readonly warnings: readonly string[];
  /** The source they are copied from. */
  readonly source?: string;
}

interface SubtitleRule {
  readonly text: string | undefined;
  readonly bitmap: boolean;
}

/** Text is converted to what the container holds; bitmaps are copied where it can hold them. */
const subtitleRules: Readonly<Record<Container, SubtitleRule>> = {
  mp4: { text: "mov_text", bitmap: false },
  mov: { text: "mov_text", bitmap: false },
  mkv: { text: "copy", bitmap: true },
  webm: { text: "webvtt", bitmap: false },
  ts: { text: undefined, bitmap: false },
};

const holdsCover: Readonly<Record<Container, boolean>> = { mp4: true, mov: false, mkv: false, webm: false, ts: false };
const holdsChapters: Readonly<Record<Container, boolean>> = { mp4: true, mov: true, mkv: true, webm: true, ts: false };

/** Mov and mp4 text cannot be copied into Matroska. */
const convertForMkv = /^(mov_text|text|eia_608)$/;

/** Decides, before anything is encoded, what is kept, converted or dropped, and says so. */
export function planStreams(segments: readonly Segment[], rendition: Rendition, media: Media): StreamPlan {
  const { container } = rendition;
  const [first] = segments;
  const info = first?.kind === "clip" ? media.files[first.source] : undefined;
  const intact = isIntact(segments, info);
  const warnings: string[] = [];
  const args: string[] = [];
  let subtitles = 0;

  const held = allSources(segments, media);
  if (rendition.subtitles === "keep")
    for (const { index, codec, kind } of info?.subtitles ?? []) {
      const rule = subtitleRules[container];
      const how = kind === "bitmap" ? (rule.bitmap ? "copy" : undefined) : rule.text;
      if (!intact || how === undefined) continue;
      const converted = how === "copy" && convertForMkv.test(codec) ? "srt" : how;
      args.push("-map", `{input}:${index}`, `-c:s:${subtitles}`, converted);
      subtitles += 1;
    }
  const lost =
    rendition.subtitles === "keep" ? held.reduce((sum, one) => sum + one.subtitles.length, 0) - subtitles : 0;
  if (lost > 0)
    warnings.push(
      intact
        ? `${lost} subtitle track(s) dropped: ${container} cannot hold them`
        : `${lost} subtitle track(s) dropped: they do not follow cuts and joins`,
    );

  const cover = rendition.cover === "keep" && intact && info?.cover !== undefined && holdsCover[container];
  if (cover) args.push("-map", `{input}:${info.cover}`, "-c:v:1", "copy", "-disposition:v:1", "attached_pic");
  else if (rendition.cover === "keep" && held.some((one) => one.cover !== undefined))
    warnings.push(
      `the cover picture is dropped: ${intact ? `${container} output does not carry it` : "it belongs to one source only"}`,
    );

  const chapters = rendition.chapters === "keep" && holdsChapters[container] ? moveChapters(segments, media) : [];
  const extra = held.reduce((sum, { attachments, data }) => sum + attachments.length + data, 0);
  if (extra > 0) warnings.push(`${extra} attachment or data stream(s) dropped`);
  const tags = rendition.metadata === "keep" && info && held.every((one) => one.path === info.path) ? info.tags : {};
  const metadata = metadataFile(tags, chapters);
  return {
    args,
    subtitles,
    cover,
    chapters,
    ...(metadata !== undefined && { metadata }),
    warnings,
    ...(info && (subtitles > 0 || cover) && { source: info.path }),
  };
}

/** One whole source, from its start to its end. */
function isIntact(segments: readonly Segment[], info: MediaInfo | undefined): boolean {
  const [first] = segments;
  if (segments.length !== 1 || first?.kind !== "clip" || info === undefined) return false;
  const end = info.video?.endSec ?? info.durationSec;
  return first.inSec === 0 && Math.abs(first.outSec - end) < 0.05;
}

function allSources(segments: readonly Segment[], media: Media): readonly MediaInfo[] {
  const paths = new Set(segments.flatMap((one) => (one.kind === "clip" ? [one.source] : [])));
  return [...paths].flatMap((path) => media.files[path] ?? []);
}

/** Chapters move with the cuts: each keeps the part of it that is still shown. */
function moveChapters(segments: readonly Segment[], media: Media): readonly Chapter[] {
  const out: Chapter[] = [];
  let atSec = 0;
  for (const segment of segments) {
    if (segment.kind === "clip")
      for (const { startSec, endSec, title } of media.files[segment.source]?.chapters ?? []) {
        const from = Math.max(startSec, segment.inSec);
        const to = Math.min(endSec, segment.outSec);
        if (to - from < 0.05) continue;
        const moved = { startSec: atSec + from - segment.inSec, endSec: atSec + to - segment.inSec, title };
        const last = out.at(-1);
        if (last && last.title === title && Math.abs(last.endSec - moved.startSec) < 0.05)
          out[out.length - 1] = { ...last, endSec: moved.endSec };
        else out.push(moved);
      }
    atSec += segment.outSec - segment.inSec;
  }
  return out;
}

/** Tags that describe the old file, not the new one. */
const staleTags = /^(encoder|major_brand|minor_version|compatible_brands|duration|vendor_id)$/i;

function metadataFile(tags: Readonly<Record<string, string>>, chapters: readonly Chapter[]): string | undefined {
  const kept = Object.entries(tags).filter(([key]) => !staleTags.test(key));
  if (kept.length === 0 && chapters.length === 0) return undefined;
  return [
    ";FFMETADATA1",
    ...kept.map(([key, value]) => `${metadataValue(key)}=${metadataValue(value)}`),
    ...chapters.flatMap(({ startSec, endSec, title }) => [
      "[CHAPTER]",
      "TIMEBASE=1/1000",
      `START=${Math.round(startSec * 1000)}`,
      `END=${Math.round(endSec * 1000)}`,
      `title=${metadataValue(title)}`,
    ]),
    "",
  ].join("\n");
}
