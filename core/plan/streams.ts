import { metadataValue } from "../ffmpeg/mod.ts";
import { shiftTimecode } from "../media/mod.ts";
import type { Chapter, Container, Media, MediaInfo, Promised, Rational, Rendition } from "../types.ts";
import { merged, moved, type Shown, shownIn } from "./shown.ts";
import { type Burn, planBurn, planSubtitles } from "./subtitles.ts";
import { planTags } from "./tags.ts";
import type { Segment } from "./timeline.ts";

/** One more input of a command, and what is mapped from it. */
export interface StreamInput {
  readonly from:
    | { readonly kind: "source"; readonly path: string }
    /** A file that core writes before the command starts. */
    | { readonly kind: "file"; readonly format: "srt" | "ass"; readonly text: string };
  /** Maps and options, where `{input}` is the index of this `-i`. */
  readonly args: readonly string[];
}

/** What happens to everything that is neither picture nor sound. */
export interface StreamPlan {
  readonly inputs: readonly StreamInput[];
  /** Text of an ffmetadata file, where chapters or tags have to be written anew. */
  readonly metadata?: string;
  readonly args: readonly string[];
  readonly burn?: Burn;
  readonly promised: Pick<Promised, "subtitles" | "chapters" | "cover" | "attachments" | "tags" | "timecode">;
  /** What is lost, and why. */
  readonly warnings: readonly string[];
  /** What becomes something else, or is left out by rule. */
  readonly notes: readonly string[];
}

const holdsChapters: Readonly<Record<Container, boolean>> = { mp4: true, mov: true, mkv: true, webm: true, ts: false };
const leastChapterSec = 0.05;

export interface StreamOptions {
  readonly media: Media;
  /** The rate of the picture; absent where there is none. */
  readonly rate: Rational | undefined;
}

/** Decides, before anything is encoded, what is kept, converted or dropped, and says so. */
export function planStreams(
  segments: readonly Segment[],
  rendition: Rendition,
  { media, rate }: StreamOptions,
): StreamPlan {
  const { container } = rendition;
  const shown = shownIn(segments);
  const sources = [...new Set(shown.map(({ source }) => source))].flatMap((path) => media.files[path] ?? []);
  const subtitles = rendition.subtitles === "keep" ? planSubtitles(shown, container, media) : undefined;
  const burnt = rendition.subtitles === "burn" && rate !== undefined ? planBurn(shown, media) : undefined;
  const cover = planCover(sources, rendition, rate !== undefined);
  const styled = subtitles?.promised.some(({ codec }) => codec === "ass") ?? false;
  const attachments = planAttachments(sources, rendition, styled);
  const chapters = planChapters(shown, rendition, media);
  const timecode = planTimecode(shown, rendition, { media, rate });
  const tags = planTags(sources, rendition);
  const inContainer = container === "mkv" || container === "webm";
  const metadata = metadataFile(
    { ...tags.tags, ...(timecode.kept && inContainer && { timecode: timecode.kept }) },
    chapters.kept,
  );
  return {
    inputs: [...(subtitles?.inputs ?? []), ...cover.inputs, ...attachments.inputs],
    ...(metadata !== undefined && { metadata }),
    ...(burnt?.burn && { burn: burnt.burn }),
    args: timecode.kept && !inContainer ? ["-metadata:s:v:0", `timecode=${timecode.kept}`] : [],
    promised: {
      subtitles: subtitles?.promised ?? [],
      chapters: chapters.kept,
      cover: cover.inputs.length > 0,
      attachments: attachments.names,
      tags: tags.tags,
      ...(timecode.kept && { timecode: timecode.kept }),
    },
    warnings: [
      ...(subtitles?.warnings ?? []),
      ...(burnt?.warnings ?? []),
      ...cover.warnings,
      ...chapters.warnings,
      ...others(sources),
    ],
    notes: [
      ...(subtitles?.notes ?? []),
      ...(burnt?.notes ?? []),
      ...attachments.notes,
      ...timecode.notes,
      ...tags.notes,
    ],
  };
}

/** One picture on the front: that of the only source, in the one container whose players look for it. */
function planCover(sources: readonly MediaInfo[], { cover, container }: Rendition, hasPicture: boolean) {
  const nothing = { inputs: [] as readonly StreamInput[], warnings: [] as readonly string[] };
  const [only, ...more] = sources.filter((info) => info.cover !== undefined);
  if (cover === "drop" || only?.cover === undefined) return nothing;
  const dropped = (why: string) => ({ ...nothing, warnings: [`the cover picture is dropped: ${why}`] });
  if (container !== "mp4") return dropped(`${container} output does not carry it; mp4 does`);
  if (sources.length > 1 || more.length > 0) return dropped("it belongs to one of the joined clips only");
  const nth = hasPicture ? 1 : 0;
  const args = ["-map", `{input}:${only.cover}`, `-c:v:${nth}`, "copy", `-disposition:v:${nth}`, "attached_pic"];
  return { ...nothing, inputs: [{ from: { kind: "source", path: only.path }, args } as const] };
}

const fonts = /^(font\/|application\/(x-|vnd\.ms-)?(true|open)?-?(type-)?font)|\.(ttf|otf|ttc|woff2?)$/i;

/** Fonts go where subtitles are set in them; other files only where they are asked for. Each name once. */
function planAttachments(sources: readonly MediaInfo[], { attachments, container }: Rendition, styled: boolean) {
  const files = sources.flatMap(({ path, attachments: list }) => list.map((one) => ({ path, ...one })));
  const distinct = [...new Map(files.map((one) => [one.name, one])).values()];
  const isFont = ({ name, mimetype }: { readonly name: string; readonly mimetype: string }) =>
    fonts.test(mimetype) || fonts.test(name);
  const wanted = attachments === "keep" ? distinct : attachments === "fonts" && styled ? distinct.filter(isFont) : [];
  const kept = container === "mkv" ? wanted : [];
  const lost = distinct.filter((one) => !kept.includes(one));
  const why =
    container !== "mkv"
      ? `${container} holds none`
      : attachments === "drop"
        ? "as asked"
        : "no kept subtitles need them; attachments: keep keeps them";
  return {
    inputs: kept.map(({ path, index, name, mimetype }, nth): StreamInput => ({
      from: { kind: "source", path },
      args: [
        ...["-map", `{input}:${index}`, `-c:t:${nth}`, "copy"],
        ...[`-metadata:s:t:${nth}`, `filename=${name}`, `-metadata:s:t:${nth}`, `mimetype=${mimetype}`],
      ],
    })),
    names: kept.map(({ name }) => name),
    notes:
      lost.length > 0 && attachments !== "drop"
        ? [`attached files left out (${lost.map(({ name }) => name).join(", ")}): ${why}`]
        : [],
  };
}

/** Chapters move with the cuts: each keeps the part of it that is still shown. */
function planChapters(shown: readonly Shown[], { chapters, container }: Rendition, media: Media) {
  if (chapters === "drop") return { kept: [], warnings: [] };
  const found = moved(shown, (source) => media.files[source]?.chapters ?? [], leastChapterSec);
  const kept = merged(found, (a, b) => a.title === b.title);
  if (kept.length > 0 && !holdsChapters[container])
    return { kept: [], warnings: [`${kept.length} chapter(s) dropped: ${container} holds none`] };
  return { kept, warnings: [] };
}

/** The camera's own clock goes on counting from the first frame that is shown. */
function planTimecode(
  shown: readonly Shown[],
  { metadata, container }: Rendition,
  { media, rate }: StreamOptions,
): { readonly kept?: string; readonly notes: readonly string[] } {
  const [first] = shown;
  const info = first && media.files[first.source];
  if (
    metadata === "drop" ||
    first === undefined ||
    rate === undefined ||
    info?.video === undefined ||
    info.timecode === undefined
  )
    return { notes: [] };
  if (container === "ts") return { notes: ["the timecode is left out: ts has no place for it"] };
  const kept = shiftTimecode(info.timecode, first.inSec, { from: info.video.fps, to: rate });
  if (kept === undefined)
    return { notes: [`the timecode ${info.timecode} is left out: it does not fit its frame rate`] };
  const jumps =
    shown.length > 1 ? ["the timecode runs on from the first frame; the cuts behind it do not show in it"] : [];
  return { kept, notes: jumps };
}

function others(sources: readonly MediaInfo[]): readonly string[] {
  const count = (pick: (info: MediaInfo) => number) => sources.reduce((sum, info) => sum + pick(info), 0);
  const data = count((info) => info.data);
  const angles = count((info) => info.angles);
  const torn = sources.filter((info) => info.missingSec !== undefined);
  return [
    ...torn.map(
      ({ path, durationSec, missingSec = 0 }) =>
        `${path} was cut off: it holds ${durationSec.toFixed(1)} of ${(durationSec + missingSec).toFixed(1)} s`,
    ),
    ...(data > 0 ? [`${data} data stream(s) dropped: nobody but their maker knows how they follow a cut`] : []),
    ...(angles > 0 ? [`${angles} further picture(s) dropped: an output has one`] : []),
  ];
}

function metadataFile(tags: Readonly<Record<string, string>>, chapters: readonly Chapter[]): string | undefined {
  const kept = Object.entries(tags);
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
