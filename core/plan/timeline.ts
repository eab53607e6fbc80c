import type { Fit, FpsWish, HdrPolicy, PictureWish, Size, SoundWish } from "../types.ts";

/** What is still to be done to a picture; nothing is rendered until an export asks. */
export interface Look {
  /** Applied in order; folded into one crop, one scale and one pad in the end. */
  readonly fits: readonly { readonly size: Size; readonly fit: Fit }[];
  readonly fps: FpsWish;
  readonly vfr?: "keep";
  readonly deinterlace: PictureWish["deinterlace"];
  readonly pixelFormat?: string;
  readonly hdr?: HdrPolicy;
}

/** What is still to be done to sound. `gains` are names of late values, applied in order. */
export interface Sound {
  readonly gains: readonly string[];
  /** Those of them behind which a limiter stands. */
  readonly limited?: readonly string[];
  readonly sampleRate?: number;
  readonly channels?: number;
}

/** A range of one source. Seconds count from the file's own start. */
export interface Clip {
  readonly kind: "clip";
  readonly source: string;
  readonly inSec: number;
  readonly outSec: number;
  readonly look: Look;
  readonly sound: Sound;
  readonly stages: readonly string[];
}

/** Two equally long lists of segments fading into each other, of which a window is shown. */
export interface Mix {
  readonly kind: "mix";
  readonly from: readonly Segment[];
  readonly to: readonly Segment[];
  readonly inSec: number;
  readonly outSec: number;
}

/** Segments are always joined hard: a crossfade is a segment of its own, so any boundary is a place to cut. */
export type Segment = Clip | Mix;

/** The value of a stage: ordered segments, with the work still to be done on them. */
export interface Timeline {
  readonly name: string;
  readonly segments: readonly Segment[];
}

const untouchedLook: Look = { fits: [], fps: { kind: "source" }, deinterlace: "auto" };

/** A whole source, with nothing to be done to it yet. */
export function wholeClip(source: string, durationSec: number): Clip {
  return { kind: "clip", source, inSec: 0, outSec: durationSec, look: untouchedLook, sound: { gains: [] }, stages: [] };
}

export function lengthSec(segments: readonly Segment[]): number {
  return segments.reduce((sum, { inSec, outSec }) => sum + outSec - inSec, 0);
}

/** Every clip of a list of segments, the ones inside crossfades included. */
export function clipsOf(segments: readonly Segment[]): readonly Clip[] {
  if (segments.every((segment) => segment.kind === "clip")) return segments;
  return segments.flatMap((segment) =>
    segment.kind === "clip" ? [segment] : [...clipsOf(segment.from), ...clipsOf(segment.to)],
  );
}

/** How long both sides of a crossfade last, of which the mix may show a window only. */
export function mixSec({ from }: Mix): number {
  return lengthSec(from);
}

/** The clip that is heard alone where a segment begins; none where it begins amid a crossfade. */
export function headOf(segment: Segment): Clip | undefined {
  if (segment.kind === "clip") return segment;
  const [first] = segment.from;
  return segment.inSec === 0 && first ? headOf(first) : undefined;
}

/** The clip that is heard alone where a segment ends. */
export function tailOf(segment: Segment): Clip | undefined {
  if (segment.kind === "clip") return segment;
  const last = segment.to.at(-1);
  return Math.abs(segment.outSec - mixSec(segment)) < 1e-6 && last ? tailOf(last) : undefined;
}

/** Whether one segment goes on where the other ends, so that nobody could tell the join. */
export function meets(before: Segment, next: Segment): boolean {
  const [tail, head] = [tailOf(before), headOf(next)];
  if (tail === undefined || head === undefined || tail.source !== head.source) return false;
  return (
    Math.abs(tail.outSec - head.inSec) < 1e-3 && JSON.stringify(tail.sound.gains) === JSON.stringify(head.sound.gains)
  );
}

export function mapClips(segments: readonly Segment[], change: (clip: Clip) => Clip): readonly Segment[] {
  return segments.map((segment) =>
    segment.kind === "clip"
      ? change(segment)
      : { ...segment, from: mapClips(segment.from, change), to: mapClips(segment.to, change) },
  );
}

/** Adds a stage's wishes on top of what earlier stages asked for. */
export function dress(
  timeline: Timeline,
  stage: string,
  wishes: { video?: PictureWish; audio?: SoundWish; gain?: string; limiter?: boolean },
) {
  const { video, audio, gain, limiter } = wishes;
  return {
    ...timeline,
    segments: mapClips(timeline.segments, (clip) => ({
      ...clip,
      stages: withStage(clip.stages, stage),
      look: video ? dressLook(clip.look, video) : clip.look,
      sound: {
        ...clip.sound,
        ...audio,
        ...(gain && { gains: [...clip.sound.gains, gain] }),
        ...(gain && limiter && { limited: [...(clip.sound.limited ?? []), gain] }),
      },
    })),
  };
}

export function markStage(segments: readonly Segment[], stage: string): readonly Segment[] {
  return mapClips(segments, (clip) => ({ ...clip, stages: withStage(clip.stages, stage) }));
}

function dressLook(look: Look, video: PictureWish): Look {
  const { size, fit, fps, vfr, deinterlace, pixelFormat, hdr } = video;
  return {
    ...look,
    fits: size ? [...look.fits, { size, fit }] : look.fits,
    fps: fps.kind === "source" ? look.fps : fps,
    deinterlace: deinterlace === "auto" ? look.deinterlace : deinterlace,
    ...(vfr && { vfr }),
    ...(pixelFormat !== undefined && { pixelFormat }),
    ...(hdr !== undefined && { hdr }),
  };
}

/** The part of a timeline between two moments of its own time. */
export function slice(segments: readonly Segment[], fromSec: number, toSec: number): readonly Segment[] {
  const out: Segment[] = [];
  let startSec = 0;
  for (const segment of segments) {
    const long = segment.outSec - segment.inSec;
    const inSec = segment.inSec + Math.max(0, fromSec - startSec);
    const outSec = segment.outSec - Math.max(0, startSec + long - toSec);
    // A sliver shorter than any frame is a rounding error, not a wish.
    if (outSec - inSec > 0.002) out.push({ ...segment, inSec, outSec });
    startSec += long;
  }
  return out;
}

/** Joins timelines, each fading into the next for `crossfadeSec`; zero joins them hard. */
export function join(parts: readonly (readonly Segment[])[], crossfadeSec: number): readonly Segment[] {
  if (crossfadeSec === 0) return parts.flat();
  return parts.flatMap((part, nth): readonly Segment[] => {
    const long = lengthSec(part);
    const headSec = nth === 0 ? 0 : crossfadeSec;
    const tailSec = nth === parts.length - 1 ? 0 : crossfadeSec;
    const body = slice(part, headSec, long - tailSec);
    const next = parts[nth + 1];
    if (next === undefined) return body;
    const from = slice(part, long - crossfadeSec, long);
    return [...body, { kind: "mix", from, to: slice(next, 0, crossfadeSec), inSec: 0, outSec: crossfadeSec }];
  });
}

function withStage(stages: readonly string[], stage: string): readonly string[] {
  // A clip passes a stage once, though it may be dressed twice by it.
  return stages.at(-1) === stage ? stages : [...stages, stage];
}
