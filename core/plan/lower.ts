import { PipelineError, type Problem } from "../errors.ts";
import { toNumber } from "../media/mod.ts";
import { CODECS } from "../types.ts";
import type { AudioWish, Encode, Media, Pipeline, Rendition, VideoInfo, VideoWish, Warning } from "../types.ts";
import { commonPicture, commonSound, outletFrames, tailOps } from "./common.ts";
import { encodeOf } from "./encode.ts";
import { combine } from "./comb.ts";
import { countFrames, layEach, type Slot } from "./grid.ts";
import { checkTargets, type Target, targetOf } from "./outputs.ts";
import { hdrNotes, hdrProblems } from "./hdr.ts";
import { pixelProblems } from "./pixels.ts";
import { clipOps, pictureFormat, type PictureFormat, type SeenClip, seenClips, type TaggedOp } from "./picture.ts";
import { paceWords } from "./pace.ts";
import { mixedProblem } from "./refusals.ts";
import { soundFormat, type SoundFormat } from "./sound.ts";
import type { Render, Staged } from "./stages.ts";
import { planStreams, type StreamPlan } from "./streams.ts";
import { burnFile } from "./container.ts";
import { lookUpTracks } from "./tracks.ts";
import { type Clip, clipsOf, type Timeline } from "./timeline.ts";

/** One output of a work, down to what its encoder is asked for. */
export interface Outlet {
  readonly render: Render;
  readonly target: Target;
  readonly wish: VideoWish | undefined;
  readonly format: PictureFormat | undefined;
  /** From the work's common picture to this output's own; empty where it is the common one. */
  readonly tail: readonly TaggedOp[];
  readonly encode: Encode | undefined;
  readonly audio: AudioWish | undefined;
  readonly sound: SoundFormat | undefined;
  readonly streams: StreamPlan;
  readonly durationSec: number;
  readonly frames: number;
}

/** One decode and the encodes that live off it: the renditions of one timeline. */
export interface Work {
  readonly id: string;
  readonly stage: string;
  readonly timeline: Timeline;
  readonly slots: readonly Slot[];
  /** What every clip is brought to before the join. */
  readonly base: PictureFormat | undefined;
  readonly sound: SoundFormat | undefined;
  readonly seen: readonly SeenClip[];
  /** The picture of each source, by its path. */
  readonly videos: ReadonlyMap<string, VideoInfo>;
  readonly ops: (clip: Clip, count: number) => readonly TaggedOp[];
  readonly outlets: readonly Outlet[];
  readonly copies: boolean;
  /** The same output encoded, for when a copy turns out not to keep its promise; only where codec and shape stay. */
  readonly otherwise?: Work;
}

/** Whether frames go straight from one source to one encoder; where they are joined or shared out, it is in host memory. */
export function goesThrough({ slots, outlets }: Pick<Work, "slots" | "outlets">): boolean {
  return slots.length === 1 && slots[0]?.segment.kind === "clip" && outlets.length === 1;
}

export interface Lowered {
  readonly works: readonly Work[];
  readonly warnings: readonly Warning[];
  readonly notes: readonly Warning[];
}

/** Turns renders into works: sizes, rates, formats and bits are numbers from here on. */
export function lower(pipeline: Pipeline, media: Media, { renders }: Staged): Lowered {
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  const notes: Warning[] = [];
  const targets = renders.map((render) => ({ render, ...targetOf(pipeline, render) }));
  problems.push(...checkTargets(targets, new Set(Object.keys(media.files))));

  const many = new Set(renders.flatMap(({ stage, index }) => (index > 1 ? [stage] : [])));
  const groups = groupBy(targets, ({ render }) => groupKey(render, many));
  const desk = { pipeline, media, problems, warnings, notes };
  const works = [...groups].map(([id, members]) => {
    const work = lowerWork(id, members, desk);
    return work.copies ? { ...work, ...encodedInstead(work, members, desk) } : work;
  });
  if (problems.length > 0) throw new PipelineError(pipeline.file, problems);
  return { works, warnings, notes };
}

/** Renditions of one timeline share a decode; a copy decodes nothing, and two passes read twice, so those stand alone. */
function groupKey({ stage, timeline, rendition }: Render, many: ReadonlySet<string>): string {
  const { video, name } = rendition;
  const copies = video !== "none" && video.codec === "copy";
  // Encoders number the logs of their first pass by stream, and the streams of two passes differ.
  const alone =
    copies ||
    (video !== "none" && (video.rate.kind === "size" || (video.rate.kind === "bitrate" && video.rate.twoPass)));
  return [many.has(stage) ? `${stage}.${timeline.name}` : stage, ...(alone && name !== "" ? [name] : [])].join(":");
}

interface Desk {
  readonly pipeline: Pipeline;
  readonly media: Media;
  readonly problems: Problem[];
  readonly warnings: Warning[];
  readonly notes: Warning[];
}

type Members = readonly { readonly render: Render; readonly path: string; readonly part: string }[];

function lowerWork(id: string, members: Members, desk: Desk): Work {
  const { media, problems, warnings, notes } = desk;
  const [first] = members;
  if (first === undefined) throw new Error("a work has at least one output");
  const { timeline, stage } = first.render;
  const clips = clipsOf(timeline.segments);
  const seen = seenClips(clips, media);
  const videos = new Map(seen.map(({ clip, video }) => [clip.source, video]));
  const wishes = members.map(({ render }) => videoWish(render.rendition, seen));
  if (seen.length > 0 && seen.length < clips.length) problems.push(mixedProblem(timeline, clips, seen, first.render));
  for (const [nth, { render }] of members.entries()) {
    const wish = wishes[nth];
    if (wish === undefined) continue;
    const { at, container } = render.rendition;
    problems.push(...hdrProblems(seen, wish, at), ...pixelProblems(seen, wish, { container, at }));
    for (const text of hdrNotes(seen, wish)) warnings.push({ stage, text });
  }

  const formats = wishes.map((wish) => (wish && wish.codec !== "copy" ? pictureFormat(seen, wish) : undefined));
  const { base, widest } = commonPicture(formats, wishes, seen);
  const audios = members.map(({ render }) => (render.rendition.audio === "none" ? undefined : render.rendition.audio));
  const sounds = audios.map((audio) => audio && soundFormat(clips, audio, media));
  const sound = commonSound(sounds);
  for (const { render } of members) {
    const found = lookUpTracks(render, clips, media);
    problems.push(...found.problems);
    warnings.push(...found.warnings);
  }
  const rate = base?.rate ?? seen[0]?.video.fps ?? { num: sound?.sampleRate ?? 48000, den: 1 };
  const gopOf = (source: string) => (base && media.files[source]?.video?.gopSec) ?? 0;
  const sampleRate = sound?.sampleRate ?? 48000;
  const slots = combine(layEach(timeline.segments, rate, sampleRate), { rate, sampleRate, gopOf });
  if (base)
    for (const { clip, video } of seen)
      if (video.flagged !== undefined && video.flagged !== "unknown")
        warnings.push({ stage, text: `${clip.source} says ${video.flagged}, but its frames are ${video.interlaced}` });
  for (const { kind, text } of paceWords(seen, base)) (kind === "note" ? notes : warnings).push({ stage, text });
  for (const source of new Set(clips.map((clip) => clip.source))) {
    const { resetSec } = media.files[source] ?? {};
    if (resetSec !== undefined)
      warnings.push({
        stage,
        text: `the clock of ${source} is set back at ${resetSec.toFixed(3)} s, and what follows is not read: split it there, and join the parts`,
      });
  }
  if (base?.derived) warnings.push({ stage, text: base.derived });

  const outlets = members.map(({ render, path, part }, nth): Outlet => {
    const [wish, format, audio, own] = [wishes[nth], formats[nth], audios[nth], sounds[nth]];
    const picture = render.rendition.video === "none" ? undefined : (format?.rate ?? seen[0]?.video.fps);
    const streams = planStreams(timeline.segments, render.rendition, { media, rate: picture });
    for (const text of streams.warnings) warnings.push({ stage: render.stage, text });
    for (const text of streams.notes) notes.push({ stage: render.stage, text });
    const frames = format && base ? outletFrames(slots, base, format) : countFrames(slots);
    const durationSec = format ? frames / toNumber(format.rate) : frames / toNumber(rate);
    const shaped = format && base ? tailOps(base, format, frames, render.stage) : [];
    const burn = streams.burn && burnFile({ path, part }, streams.burn);
    const drawn: readonly TaggedOp[] = burn ? [{ op: { kind: "subtitles", file: burn.path }, by: render.stage }] : [];
    const tail = [...shaped, ...drawn];
    return {
      render,
      target: { path, part },
      wish,
      format,
      tail,
      audio,
      sound: own,
      streams,
      durationSec,
      frames,
      encode:
        wish && format && wish.codec !== "copy"
          ? encodeOf(wish, format, { render, audio, sound: own, durationSec, problems })
          : undefined,
    };
  });
  return {
    id,
    stage,
    timeline,
    slots,
    base,
    sound,
    seen,
    videos,
    outlets,
    copies: wishes.some((wish) => wish?.codec === "copy"),
    ops: (clip, count) => taggedOps(clip, count, { videos, base, widest, stage }),
  };
}

/** What a copy would be as an encode: the source's own codec, at a quality that is hard to tell from it. */
function encodedInstead({ id, seen }: Work, members: Members, desk: Desk): Pick<Work, "otherwise"> {
  const [first] = seen;
  const codec = CODECS.find((one) => one === first?.video.codec);
  if (first === undefined || codec === undefined || first.video.sar.num !== first.video.sar.den) return {};
  const problems: Problem[] = [];
  const encoding = members.map(({ render, ...target }) => {
    const { rendition } = render;
    const rate = { kind: "quality", quality: 85 } as const;
    const video = { codec, rate, effort: "balanced", fit: "within" } as const;
    return { ...target, render: { ...render, rendition: { ...rendition, video } } };
  });
  const otherwise = lowerWork(id, encoding, { ...desk, problems, warnings: [], notes: [] });
  return problems.length === 0 ? { otherwise } : {};
}

function videoWish({ video }: Rendition, seen: readonly SeenClip[]): VideoWish | undefined {
  return video === "none" || seen.length === 0 ? undefined : video;
}

interface OpsDesk {
  readonly videos: Work["videos"];
  readonly base: PictureFormat | undefined;
  readonly widest: VideoWish | undefined;
  readonly stage: string;
}

/**
 * Each op with the stage that asked for it: sizes belong to normalize, ranges to cut, the rest to the export. An op that
 * is done after one of a later stage is that stage's too, or frames would cross to its device and back for it.
 */
function taggedOps(clip: Clip, count: number, { videos, base, widest, stage }: OpsDesk): readonly TaggedOp[] {
  const video = videos.get(clip.source);
  if (video === undefined || base === undefined || widest === undefined) return [];
  const [earliest = stage] = clip.stages;
  const shapes = clip.look.fits.length > 0 || clip.look.fps.kind !== "source" ? earliest : stage;
  let by = earliest;
  return clipOps({ clip, video }, base, widest, count).map((op) => {
    if (op.kind !== "format" && op.kind !== "frames") by = shapes;
    return { op, by };
  });
}

function groupBy<Value>(values: readonly Value[], key: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group) group.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
