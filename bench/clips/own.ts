import { toNumber } from "../../core/media/mod.ts";
import type { MediaInfo } from "../../core/types.ts";

/** A clip of the user's own, as it is registered. */
export interface OwnClip {
  readonly id: string;
  readonly kind: string;
  /** The lossless copy that is measured; the file it came from is not needed any more. */
  readonly path: string;
  readonly frames: number;
  readonly hash: string;
  readonly license?: string;
}

export interface Cut {
  readonly startSec: number;
  readonly durationSec: number;
}

/** Copies a range without loss, by frame number, at a constant rate; the hash of each frame goes to stdout. */
export function ownClipArgs(info: MediaInfo, { startSec, durationSec }: Cut, file: string): readonly string[] {
  const { fps, vfr, index } = info.video ?? { fps: { num: 25, den: 1 }, vfr: false, index: 0 };
  const rate = toNumber(fps);
  const [first, past] = [Math.round(startSec * rate), Math.round((startSec + durationSec) * rate)];
  const steady = vfr ? `fps=${fps.num}/${fps.den},` : "";
  const graph = `[0:${index}]${steady}trim=start_frame=${first}:end_frame=${past},setpts=N/(${fps.num}/${fps.den})/TB,split[picture][sums]`;
  const each = ["-map_metadata", "-1", "-fps_mode", "passthrough"];
  return [
    ...["-hide_banner", "-nostdin", "-v", "error", "-y", "-noautorotate", "-i", `file:${info.path}`],
    ...["-filter_complex", graph],
    ...["-map", "[picture]", ...each, "-c:v", "ffv1", "-level", "3", "-g", "1", "-slices", "4", "-f", "matroska", file],
    ...["-map", "[sums]", ...each, "-f", "framemd5", "-"],
  ];
}

/** What makes a clip a poor witness. Told, not refused. */
export function warningsOf(info: MediaInfo, { durationSec }: Cut): readonly string[] {
  const { video, sizeBytes } = info;
  if (video === undefined) return ["it has no picture"];
  const { width, height, fps, vfr, interlaced, hdr, color, bitDepth } = video;
  const pixels = width * height * toNumber(fps) * info.durationSec;
  const bitsPerPixel = (sizeBytes * 8) / pixels;
  const frames = Math.round(durationSec * toNumber(fps));
  return [
    ...(bitsPerPixel < 0.1
      ? [`it was compressed to ${bitsPerPixel.toFixed(3)} bits per pixel already, so every encoder will look alike`]
      : []),
    ...(vfr ? ["its frame rate varies; it is brought to a constant one"] : []),
    ...(interlaced === "top-first" || interlaced === "bottom-first"
      ? ["it is interlaced; scores will mean little"]
      : []),
    ...(hdr === "sdr" && bitDepth > 8 && color.primaries === undefined
      ? ["it has more than 8 bits and no color tags; if it is HDR, say so in the file first"]
      : []),
    ...(frames < 60 ? [`it has ${frames} frames; 60 or more tell something`] : []),
  ];
}
