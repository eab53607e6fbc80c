import { formatSec, isStyled, plainLanguage, renderAss, renderSrt } from "../media/mod.ts";
import type { Container, Cue, CueTrack, Media, Promised, SubtitleInfo } from "../types.ts";
import { merged, moved, type Shown } from "./shown.ts";
import { keptLabel, labelArgs } from "./label.ts";
import type { StreamInput } from "./streams.ts";

/** What each container makes of text: what ffmpeg calls the encoder, and what it calls the result. */
const textIn: Readonly<Record<Container, { readonly codec: string; readonly found: string } | undefined>> = {
  mp4: { codec: "mov_text", found: "mov_text" },
  mov: { codec: "mov_text", found: "mov_text" },
  mkv: { codec: "srt", found: "subrip" },
  webm: { codec: "webvtt", found: "webvtt" },
  ts: undefined,
};

/** Bitmaps are never drawn anew: they are kept where the container holds them as they are. */
const holdsBitmap: Readonly<Record<Container, RegExp | undefined>> = {
  mp4: undefined,
  mov: undefined,
  mkv: /^(dvd_subtitle|hdmv_pgs_subtitle|dvb_subtitle)$/,
  webm: undefined,
  ts: /^dvb_subtitle$/,
};

/** Nobody reads a cue in less; what a cut leaves of it goes. */
const leastCueSec = 0.1;

export interface SubtitlePlan {
  readonly inputs: readonly StreamInput[];
  readonly promised: Promised["subtitles"];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** One track of an output: the tracks of its sources that are in one language and there for one purpose. */
interface Joined {
  readonly name: string;
  readonly label: SubtitleInfo;
  readonly bySource: ReadonlyMap<string, SubtitleInfo>;
}

/** Subtitles follow cuts, joins and crossfades: text as moved cues in a file of core's, bitmaps as moved packets. */
export function planSubtitles(shown: readonly Shown[], container: Container, media: Media): SubtitlePlan {
  const inputs: StreamInput[] = [];
  const promised: Promised["subtitles"][number][] = [];
  const warnings: string[] = [];
  const notes: string[] = [];
  for (const joined of joinTracks(shown, media)) {
    const nth = promised.length;
    const made =
      joined.label.kind === "text"
        ? textTrack(joined, { shown, container, media })
        : bitmapTrack(joined, { shown, container, media });
    if ("dropped" in made) {
      warnings.push(`${joined.name} are dropped: ${made.dropped}`);
      continue;
    }
    const { from, stream, codec, found, filter, cues, note } = made;
    const bend = filter ? [`-bsf:s:${nth}`, filter] : [];
    const label = labelArgs("s", nth, { container, ...joined.label });
    inputs.push({ from, args: ["-map", `{input}:${stream}`, `-c:s:${nth}`, codec, ...bend, ...label] });
    const kept = keptLabel(container, joined.label);
    if (kept.roles.length < joined.label.roles.length)
      notes.push(`${joined.name} lose what they are for: ${container} cannot say it`);
    promised.push({ codec: found, ...kept, ...(cues && { cues }) });
    if (note) notes.push(`${joined.name} ${note}`);
  }
  return { inputs, promised, warnings, notes };
}

/** One text to be drawn into the picture, and the file it is drawn from. */
export interface Burn {
  readonly format: "srt" | "ass";
  readonly text: string;
}

/** The one track that is drawn into the picture: the default one, else the first that is text. */
export function planBurn(
  shown: readonly Shown[],
  media: Media,
): { readonly burn?: Burn; readonly warnings: readonly string[]; readonly notes: readonly string[] } {
  const tracks = joinTracks(shown, media);
  const texts = tracks.filter(({ label }) => label.kind === "text");
  const chosen = texts.find(({ label }) => label.isDefault) ?? texts[0];
  if (chosen === undefined)
    return {
      warnings: [
        tracks.length > 0
          ? `${tracks[0]?.name} are not burnt in: they are pictures`
          : "there are no subtitles to burn in",
      ],
      notes: [],
    };
  const made = textTrack(chosen, { shown, container: "mkv", media });
  if ("dropped" in made) return { warnings: [`${chosen.name} are not burnt in: ${made.dropped}`], notes: [] };
  const others = tracks.filter((one) => one !== chosen).map(({ name }) => name);
  return {
    ...(made.from.kind === "file" && { burn: made.from }),
    warnings: others.length > 0 ? [`${others.join(", ")} are dropped: one track is burnt in`] : [],
    notes: [`${chosen.name} are burnt into the picture`],
  };
}

interface Made {
  readonly from: StreamInput["from"];
  readonly stream: number;
  readonly codec: string;
  readonly found: string;
  readonly filter?: string;
  readonly cues?: Promised["subtitles"][number]["cues"];
  readonly note?: string;
}

interface Place {
  readonly shown: readonly Shown[];
  readonly container: Container;
  readonly media: Media;
}

function textTrack({ bySource }: Joined, { shown, container, media }: Place): Made | { readonly dropped: string } {
  const form = textIn[container];
  if (form === undefined) return { dropped: `${container} holds no text; burn them in, or write another container` };
  const tracks = new Map([...bySource].map(([source, { index }]) => [source, cuesOf(source, index, media)]));
  const [only] = tracks.values();
  const styled = container === "mkv" && tracks.size === 1 ? only?.styled : undefined;
  const cues = moveCues(shown, (source) => (styled ? styled.cues : (tracks.get(source)?.cues ?? [])));
  if (cues.length === 0) return { dropped: "none of their texts is in what is kept" };
  const said = form.codec === "mov_text" ? oneAtATime(cues) : cues;
  const lostStyle = [...bySource.values()].some(({ codec }) => isStyled(codec)) && !styled;
  const found = styled ? "ass" : form.found;
  const from = [...new Set([...bySource.values()].map(({ codec }) => codec))].join(", ");
  const changed = from !== found;
  return {
    from: {
      kind: "file",
      format: styled ? "ass" : "srt",
      text: styled ? renderAss(styled.header, said) : renderSrt(said),
    },
    stream: 0,
    codec: styled ? "ass" : form.codec,
    found,
    cues: {
      count: said.length,
      firstSec: round(said[0]?.startSec ?? 0),
      lastSec: round(Math.max(...said.map(({ endSec }) => endSec))),
    },
    ...(changed && {
      note: `become ${found} in ${container}, from ${from}${lostStyle ? "; their styles are lost" : ""}`,
    }),
  };
}

/** ffmpeg 5.1 parses no longer sums. */
const mostRanges = 40;

/** Read for one stream alone, ffmpeg counts these from that stream's first packet. */
const ownClocks = /mpegts|^mpeg$|ogg/;

/** Packets of pictures keep their order; their times are bent so that what lies in a gap falls onto the cut. */
function bitmapTrack(
  { label, bySource }: Joined,
  { shown, container, media }: Place,
): Made | { readonly dropped: string } {
  const { codec, index } = label;
  if (!holdsBitmap[container]?.test(codec))
    return { dropped: `${codec} is pictures, which ${container} does not hold; burn them in, or write mkv` };
  const [source = ""] = bySource.keys();
  const own = shown.filter((one) => one.source === source);
  const [first] = own;
  if (first === undefined || !runsOn(own))
    return { dropped: `${codec} is pictures, whose order in the file cannot be changed, and the cuts change it` };
  const { container: from = "", leadSec = 0 } = media.files[source] ?? {};
  if (own.length > mostRanges)
    return { dropped: `${codec} is pictures, and ffmpeg follows at most ${mostRanges} cuts` };
  if (ownClocks.test(from)) return { dropped: `${codec} is pictures, and ${from} does not say when its clock begins` };
  const ranges = own.map(({ inSec, outSec }) => ({ inSec: inSec + leadSec, outSec: outSec + leadSec }));
  const bend = ranges.map(
    ({ inSec, outSec }) => `clip(TS*TB,${formatSec(inSec)},${formatSec(outSec)})-${formatSec(inSec)}`,
  );
  // What was set long before a range begins does not last into it, and would be carried along for nothing.
  const spare = codec === "dvd_subtitle" ? 0 : 30;
  const near = ranges.map(
    ({ inSec, outSec }) => `between(pts*tb,${formatSec(inSec - spare)},${formatSec(outSec + spare)})`,
  );
  return {
    from: { kind: "source", path: source },
    stream: index,
    codec: "copy",
    found: codec,
    filter: `noise=drop='not(${near.join("+")})',setts=ts='round((${formatSec(first.atSec)}+${bend.join("+")})/TB)'`,
  };
}

/** Whether the ranges of one source follow each other in it and in the output, with nothing else in between. */
function runsOn(own: readonly Shown[]): boolean {
  return own.slice(1).every((one, nth) => {
    const before = own[nth];
    return (
      before !== undefined &&
      before.outSec <= one.inSec &&
      one.atSec - (before.atSec + before.outSec - before.inSec) < 1e-3
    );
  });
}

/** The tracks that an output will have, in the order in which its sources name them. */
function joinTracks(shown: readonly Shown[], media: Media): readonly Joined[] {
  const joined = new Map<string, { label: SubtitleInfo; bySource: Map<string, SubtitleInfo> }>();
  for (const source of new Set(shown.map((one) => one.source))) {
    const seen = new Map<string, number>();
    for (const track of media.files[source]?.subtitles ?? []) {
      const about = [plainLanguage(track.language ?? "und"), ...track.roles].join(" ");
      const nth = (seen.get(about) ?? 0) + 1;
      seen.set(about, nth);
      // Pictures of two sources cannot be one track, since packets are copied from one file only.
      const key = [track.kind, about, nth, track.kind === "bitmap" ? source : ""].join("|");
      const known = joined.get(key) ?? { label: track, bySource: new Map<string, SubtitleInfo>() };
      known.bySource.set(source, track);
      joined.set(key, known);
    }
  }
  return [...joined.values()].map((one) => ({ ...one, name: `the subtitles (${tell(one.label)})` }));
}

function tell({ language = "no language", roles, title, codec }: SubtitleInfo): string {
  return [language, ...roles, ...(title ? [title] : []), codec].join(", ");
}

function cuesOf(source: string, index: number, { analyses }: Media): CueTrack | undefined {
  const read = analyses.find(({ path, wish }) => path === source && wish.kind === "cues");
  return read?.tracks?.find((track) => track.index === index);
}

function moveCues(shown: readonly Shown[], cuesIn: (source: string) => readonly Cue[]): readonly Cue[] {
  const cues = merged(moved(shown, cuesIn, leastCueSec), (a, b) => a.text === b.text);
  return cues.toSorted((a, b) => a.startSec - b.startSec || a.endSec - b.endSec);
}

/** A track of mov_text shows one text at a time, so texts that overlap stand above each other while they do. */
function oneAtATime(cues: readonly Cue[]): readonly Cue[] {
  const times = [...new Set(cues.flatMap(({ startSec, endSec }) => [startSec, endSec]))].sort((a, b) => a - b);
  const parts = times.slice(1).flatMap((endSec, nth): Cue[] => {
    const startSec = times[nth] ?? 0;
    const said = cues.filter((cue) => cue.startSec < endSec && cue.endSec > startSec).map(({ text }) => text);
    return said.length > 0 && endSec - startSec >= 1e-3 ? [{ startSec, endSec, text: said.join("\n") }] : [];
  });
  return merged(parts, (a, b) => a.text === b.text);
}

function round(sec: number): number {
  return Math.round(sec * 1000) / 1000;
}
