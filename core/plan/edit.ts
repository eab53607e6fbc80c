import { compare, toNumber } from "../media/mod.ts";
import type { Problem } from "../errors.ts";
import type { Media, MediaInfo, Moment, PictureIndex, Range, Rational, Stage } from "../types.ts";
import { pictureIndex } from "./takes.ts";
import { subtract, unite, type Span } from "./spans.ts";
import { clipsOf, lengthSec, markStage, slice, type Segment, type Timeline } from "./timeline.ts";

type Cut = Extract<Stage, { kind: "cut" }>;

/** A cut of one timeline, or what is wrong with it. */
export function cutTimeline(timeline: Timeline, stage: Cut, media: Media): Timeline | readonly Problem[] {
  const totalSec = lengthSec(timeline.segments);
  const rate = ownRate(timeline, media);
  const problems: Problem[] = [];

  const lateSec = firstFrameSec(timeline, media);
  function span(range: Range): Span {
    const fromSec = moment(range.from, { rate, lateSec });
    const toSec = range.to === undefined ? totalSec : moment(range.to, { rate, lateSec });
    const frameSec = 1 / toNumber(rate);
    // Players round lengths; a range may overshoot by one frame, not by more.
    if (fromSec >= totalSec || toSec > totalSec + frameSec) problems.push(outside(range, timeline.name, totalSec));
    return [fromSec, Math.min(toSec, totalSec)];
  }

  const kept: readonly Span[] = stage.keep.length > 0 ? stage.keep.map(span) : [[0, totalSec]];
  const removed = stage.remove.map(span);
  if (problems.length > 0) return problems;
  const holes = [...removed, ...(stage.silence ? silences(timeline, stage.silence, media) : [])];
  const exact = subtract(kept, holes);
  const spans = stage.accuracy === "keyframe" ? widen(exact, timeline, media) : exact;
  const segments = spans.flatMap(([from, to]) => slice(timeline.segments, from, to));
  if (segments.length === 0)
    return [
      {
        code: "RANGE_OUTSIDE",
        message: `Nothing is left of ${timeline.name} after the cut ${stage.id}`,
        hint: "keep more, remove less, or raise the silence threshold",
        ...stage.at,
      },
    ];
  return { ...timeline, segments: markStage(segments, stage.id) };
}

function outside(range: Range, name: string, totalSec: number): Problem {
  return {
    code: "RANGE_OUTSIDE",
    message: `The range reaches past the end of ${name}, which is ${totalSec.toFixed(3)} s long`,
    hint: "end the range earlier, or leave its end out to mean the end of the clip",
    ...range.at,
  };
}

/** Frame numbers count at the highest rate among the timeline's sources. */
function ownRate(timeline: Timeline, media: Media): Rational {
  const rates = clipsOf(timeline.segments).flatMap(({ source, look }) => {
    const own = media.files[source]?.video?.fps;
    return look.fps.kind === "exact" ? [look.fps.rate] : own ? [own] : [];
  });
  return rates.sort(compare).at(-1) ?? { num: 1000, den: 1 };
}

function moment(at: Moment, { rate, lateSec }: { readonly rate: Rational; readonly lateSec: number }): number {
  return "sec" in at ? at.sec : at.frame === 0 ? 0 : lateSec + at.frame / toNumber(rate);
}

/** Frames are counted from the first one, which may come later than the first sound. */
function firstFrameSec({ segments: [first] }: Timeline, { files }: Media): number {
  return first?.kind === "clip" && first.inSec === 0 ? (files[first.source]?.video?.startSec ?? 0) : 0;
}

/** Silent stretches of the sources, as recorded, laid out on the timeline and narrowed by the padding. */
function silences({ segments }: Timeline, wish: NonNullable<Cut["silence"]>, media: Media): readonly Span[] {
  const spans = place(segments, (source) =>
    media.analyses.flatMap((found) =>
      found.path === source &&
      found.wish.kind === "silence" &&
      found.wish.thresholdDb === wish.thresholdDb &&
      found.wish.leastSec === wish.leastSec
        ? found.spans
        : [],
    ),
  );
  return unite(spans)
    .map(([from, to]): Span => [from + wish.paddingSec, to - wish.paddingSec])
    .filter(([from, to]) => to > from);
}

/**
 * A copy can only begin at a keyframe, and only end where nothing earlier needs what comes later: a range widens to
 * the nearest of both. Ranges that grow into each other become one.
 */
function widen(spans: readonly Span[], { segments }: Timeline, media: Media): readonly Span[] {
  const moments = (find: (info: MediaInfo, index: PictureIndex) => readonly number[]) =>
    place(segments, (source) => {
      const [info, index] = [media.files[source], pictureIndex(source, media)];
      return info && index ? find(info, index).map((at) => [at, at]) : [];
    }).map(([at]) => at);
  const starts = moments((_, { keys }) => keys.map(([, at]) => at));
  const ends = moments(endTimes);
  const out: [number, number][] = [];
  for (const [fromSec, toSec] of spans) {
    const start = Math.max(0, ...starts.filter((at) => at <= fromSec + slackSec));
    const end = Math.min(lengthSec(segments), ...ends.filter((at) => at >= toSec - slackSec));
    const last = out.at(-1);
    if (last && start >= last[0] && start < last[1] + slackSec) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/** Less than any frame lasts, more than any rounding of times. */
const slackSec = 1e-3;

/** Where the rate varies, only keyframes have a time that is known. */
function endTimes({ video }: MediaInfo, index: PictureIndex): readonly number[] {
  const { ends, keys, steady, firstSec } = index;
  if (!steady || video === undefined) return keys.map(([, at]) => at);
  const fps = toNumber(video.fps);
  return ends.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, nth) => firstSec + (first + nth) / fps),
  );
}

/** Moves spans found in the sources to where those sources stand on the timeline. */
function place(segments: readonly Segment[], find: (source: string) => readonly Span[]): readonly Span[] {
  const out: Span[] = [];
  let startSec = 0;
  for (const segment of segments) {
    if (segment.kind === "clip")
      for (const [from, to] of find(segment.source)) {
        const [inside, until] = [Math.max(from, segment.inSec), Math.min(to, segment.outSec)];
        if (until >= inside && from < segment.outSec)
          out.push([startSec + inside - segment.inSec, startSec + until - segment.inSec]);
      }
    startSec += segment.outSec - segment.inSec;
  }
  return out;
}
