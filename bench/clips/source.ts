import type { MediaInfo, VideoInfo } from "../../core/types.ts";

declare const source: unique symbol;
declare const encoded: unique symbol;

/**
 * A clip as it was before any encoder touched it. Quality is always measured against one of these: an encode of
 * something else is no reference, and the compiler says so.
 */
export interface SourceClip {
  readonly [source]: true;
  /** `talk`, or the name of a user's own clip. */
  readonly id: string;
  /** The class it stands for; results are averaged over classes. */
  readonly kind: string;
  readonly path: string;
  readonly info: MediaInfo;
  readonly video: VideoInfo;
  readonly frames: number;
  /** Of all its frames. Reports show it where they may not show the path. */
  readonly hash: string;
}

/** What an encoder made of a {@link SourceClip}. */
export interface EncodedClip {
  readonly [encoded]: true;
  readonly path: string;
  readonly of: SourceClip;
}

export function sourceClip(clip: Omit<SourceClip, typeof source | "video">): SourceClip {
  const { video } = clip.info;
  if (video === undefined) throw new Error(`${clip.id} has no picture`);
  return { ...clip, video } as SourceClip;
}

export function encodedClip(path: string, of: SourceClip): EncodedClip {
  return { path, of } as EncodedClip;
}
