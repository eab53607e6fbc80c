import { toNumber } from "../../core/media/mod.ts";
import type { Size } from "../../core/types.ts";
import { type ClipClass, isClass, type SourceClip } from "../clips/mod.ts";

/** Bits per pixel at 640x360 where each class looks fair and still gains from more. */
const bitsPerPixel: Readonly<Record<ClipClass, number>> = {
  ...{ talk: 0.036, sport: 0.12, grain: 0.3, water: 0.12, screen: 0.045, dark: 0.012, anim: 0.035, hdr: 0.04 },
};
const usual = 0.08;

/** The bitrate that every encoder gets for a clip: only at equal bits can pictures be compared. */
export function kbpsFor({ kind, video }: Pick<SourceClip, "kind" | "video">, { width, height }: Size): number {
  const pixels = width * height;
  // A larger picture has more pixels that say the same.
  const spread = (pixels / (640 * 360)) ** -0.25;
  const perPixel = (isClass(kind) ? bitsPerPixel[kind] : usual) * spread;
  return Math.max(30, Math.round((pixels * toNumber(video.fps) * perPixel) / 1000));
}
