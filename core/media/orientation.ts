import type { MediaInfo, VideoInfo } from "../types.ts";
import { limitsFor } from "./limits.ts";
import type { RawStream } from "./raw.ts";

/** Reads a display matrix as ffprobe prints it: rows of three, of which the upper left four turn and flip. */
export function readMatrix(text: string): Required<Pick<RawStream, "rotation" | "mirrored">> | undefined {
  const [a, b, , c, d] = [...text.matchAll(/(?<=\s)-?\d+(?=\s)/g)].map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const mirrored = a * d - b * c < 0;
  // What is left once the flip is taken off; the matrix turns clockwise, and rotations are told the other way round.
  const turned = (mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a)) * (180 / Math.PI);
  return { rotation: 0 - Math.round(turned), mirrored };
}

/** ffmpeg's own text tells a turn but no flip, so a frame it turned itself is held against one that is only turned. */
export function mirrorArgs({ path, video }: Pick<MediaInfo, "path" | "video">): string[] {
  const stream = video?.index ?? "v:0";
  const input = [...limitsFor(path), "-i", `file:${path}`];
  const graph = `[1:${stream}]${turns[video?.rotation ?? 0] ?? "null"}[o]`;
  return [
    ...["-hide_banner", "-nostdin", "-v", "error", ...input, "-noautorotate", ...input, "-filter_complex", graph],
    ...["-map", `0:${stream}`, "-frames:v:0", "1", "-map", "[o]", "-frames:v:1", "1", "-f", "framemd5", "-"],
  ];
}

const turns: Readonly<Record<number, string>> = { 90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock" };

/** A flip reads like half a turn more than it is. Without two frames to compare nothing is changed. */
export function readMirrored(framemd5: string, info: MediaInfo): MediaInfo {
  const hashes = new Map([...framemd5.matchAll(/^([01]),.*?([\da-f]{32})\s*$/gm)].map(([, nth, hash]) => [nth, hash]));
  if (info.video === undefined || hashes.size < 2 || hashes.get("0") === hashes.get("1")) return info;
  const video: VideoInfo = { ...info.video, rotation: (info.video.rotation + 180) % 360, mirrored: true };
  return { ...info, video };
}
