import { toNumber } from "../media/mod.ts";
import type { Media, MediaInfo, PictureIndex, VideoInfo } from "../types.ts";
import { layEach, type Slot } from "./grid.ts";
import type { Work } from "./lower.ts";
import type { Clip } from "./timeline.ts";

/** A range of one source, counted in its own pictures: the first, and the one behind the last. */
export interface Take {
  readonly clip: Clip;
  readonly info: MediaInfo;
  readonly video: VideoInfo;
  readonly index: PictureIndex;
  /** Negative where the picture starts later than the range: what a player shows until then has to be made. */
  readonly first: number;
  readonly past: number;
}

/** A part of a take, moved as it is or encoded anew. */
export interface Stretch {
  readonly take: Take;
  readonly first: number;
  readonly past: number;
  readonly copied: boolean;
}

export function pictureIndex(source: string, { analyses }: Media): PictureIndex | undefined {
  return analyses.find(({ path, wish }) => path === source && wish.kind === "pictures")?.pictures;
}

/** The very frames that an encode of these ranges would show. Nothing where a source was not looked at. */
export function exactTakes({ timeline, seen }: Work, media: Media): readonly Take[] | undefined {
  const rate = seen[0]?.video.fps ?? { num: 1, den: 1 };
  return takes(layEach(timeline.segments, rate, 48000), media, ({ clip, index, slot, fps }) => {
    const first = Math.round((clip.inSec + slot.slipSec - index.firstSec) * fps);
    return { first, past: first + slot.frames };
  });
}

/** Ranges that begin and end where a copy can, in the pictures that they hold. */
export function alignedTakes({ timeline, seen }: Work, media: Media): readonly Take[] | undefined {
  const rate = seen[0]?.video.fps ?? { num: 1, den: 1 };
  return takes(layEach(timeline.segments, rate, 48000), media, ({ clip, info, index, fps }) => {
    const near = (sec: number) => index.keys.find(([, at]) => Math.abs(at - sec) < 0.002)?.[0];
    const place = (sec: number) => near(sec) ?? (index.steady ? Math.round((sec - index.firstSec) * fps) : -1);
    return {
      first: clip.inSec === 0 ? 0 : place(clip.inSec),
      past: reachesEnd(clip, info) ? index.count : place(clip.outSec),
    };
  });
}

type Place = (at: {
  readonly clip: Clip;
  readonly info: MediaInfo;
  readonly index: PictureIndex;
  readonly slot: Slot;
  readonly fps: number;
}) => { readonly first: number; readonly past: number };

function takes(slots: readonly Slot[], media: Media, place: Place): readonly Take[] | undefined {
  const found = slots.map((slot): Take | undefined => {
    const { segment } = slot;
    if (segment.kind === "mix") return undefined;
    const info = media.files[segment.source];
    const index = pictureIndex(segment.source, media);
    if (info?.video === undefined || index === undefined) return undefined;
    const fps = toNumber(info.video.fps);
    return { clip: segment, info, video: info.video, index, ...place({ clip: segment, info, index, slot, fps }) };
  });
  const known = found.filter((take) => take !== undefined);
  return known.length === found.length ? known : undefined;
}

export function isWhole(clip: Clip, info: MediaInfo | undefined): boolean {
  return info !== undefined && clip.inSec === 0 && reachesEnd(clip, info);
}

/** Where copies follow each other in one output, and how much sound goes with each. */
export function slotsOf(takes: readonly Take[], sampleRate: number): readonly Slot[] {
  const fps = toNumber(takes[0]?.video.fps ?? { num: 1, den: 1 });
  let at = 0;
  return takes.map(({ clip, first, past }) => {
    const from = Math.round((at / fps) * sampleRate);
    at += past - first;
    const samples = Math.round((at / fps) * sampleRate) - from;
    return { segment: clip, frames: past - first, samples, slipSec: 0 };
  });
}

function reachesEnd({ outSec }: Clip, { video, durationSec }: MediaInfo): boolean {
  return Math.abs(outSec - (video?.endSec ?? durationSec)) < 0.05;
}
