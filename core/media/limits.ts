import type { MediaInfo } from "../types.ts";
import { formatSec } from "./time.ts";

/** More pixels than any codec level allows, and few enough that one picture cannot exhaust memory. */
export const maxPixels = 8192 * 8192;

/**
 * Demuxers that read one media file and nothing else. Playlists (hls, dash, concat), devices, lavfi, text
 * and numbered picture sequences can open other files or the network, so they are not here.
 */
const formats = [
  "mov,matroska,mpegts,mpeg,mpegvideo,avi,flv,asf,ogg,mxf,nut,dv,gxf,wtv",
  "h264,hevc,vvc,m4v,obu,ivf,mjpeg,yuv4mpegpipe",
  "wav,w64,aiff,caf,au,flac,mp3,aac,ac3,eac3,dts,truehd,amr,wv,ape,tta",
  "gif,apng,png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe",
].join(",");

/** Placed before every `-i`, of ffmpeg and ffprobe alike: no network, no playlists, no giant pictures. */
export const inputLimits: readonly string[] = Object.entries({
  "-protocol_whitelist": "file",
  "-format_whitelist": formats,
  "-max_pixels": String(maxPixels),
}).flat();

/** What {@link readFfmpeg} reads, on stderr; ffmpeg exits with an error because there is no output. */
export function ffmpegReadArgs(path: string): string[] {
  return ["-hide_banner", "-nostdin", ...inputLimits, "-i", `file:${path}`];
}

/** What {@link readFfprobe} reads, on stdout. */
export function ffprobeReadArgs(path: string): string[] {
  const show = ["-show_error", "-show_format", "-show_streams", "-show_chapters"];
  return ["-v", "error", "-of", "json", ...show, ...inputLimits, `file:${path}`];
}

/**
 * An input whose times count from the file's own start, whichever of its streams are mapped. Left to itself
 * ffmpeg moves the zero of a transport stream to the first mapped stream. The microsecond is there because
 * 5.1 does so even under `-copyts` when the offset is exactly minus the start.
 */
export function ownClock({ path, startSec }: Pick<MediaInfo, "path" | "startSec">, fromSec = 0): string[] {
  const seek = fromSec > 0 ? ["-ss", formatSec(fromSec)] : [];
  return ["-copyts", "-itsoffset", formatSec(1e-6 - startSec), ...seek, ...inputLimits, "-i", `file:${path}`];
}
