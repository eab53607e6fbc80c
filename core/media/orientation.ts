import type { MediaInfo, VideoInfo } from "../types.ts";
import { limitsFor } from "./limits.ts";

/** Keyframes to compare: the first may be black, and a black picture looks the same whichever way it is turned. */
const looks = 4;
const withinSec = 10;

/**
 * ffmpeg's own text tells a turn but no flip, so frames that it turned itself are held against ones that are only turned.
 * Counted by filters: 5.1 loses the second of two outputs that count for themselves.
 */
export function mirrorArgs({ path, video }: Pick<MediaInfo, "path" | "video">): string[] {
  const stream = video?.index ?? "v:0";
  const input = ["-skip_frame", "nokey", "-t", String(withinSec), ...limitsFor(path), "-i", `file:${path}`];
  const few = `trim=end_frame=${looks}`;
  const graph = `[0:${stream}]${few}[p];[1:${stream}]${few},${turns[video?.rotation ?? 0] ?? "null"}[o]`;
  return [
    ...["-hide_banner", "-nostdin", "-v", "error", ...input, "-noautorotate", ...input, "-filter_complex", graph],
    ...["-map", "[p]", "-map", "[o]", "-fps_mode", "passthrough", "-f", "framemd5", "-"],
  ];
}

const turns: Readonly<Record<number, string>> = { 90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock" };

/** A flip reads like half a turn more than it is. Without frames to compare nothing is changed. */
export function readMirrored(framemd5: string, info: MediaInfo): MediaInfo {
  const hashes = (nth: number) =>
    [...framemd5.matchAll(new RegExp(`^${nth},.*?([\\da-f]{32})\\s*$`, "gm"))].map(([, hash]) => hash);
  const [shown, turned] = [hashes(0), hashes(1)];
  const differs = shown.some((hash, nth) => turned[nth] !== undefined && turned[nth] !== hash);
  if (info.video === undefined || !differs) return info;
  const video: VideoInfo = { ...info.video, rotation: (info.video.rotation + 180) % 360, mirrored: true };
  return { ...info, video };
}
