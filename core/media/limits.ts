import type { MediaInfo } from "../types.ts";
import { codecLimits } from "./codecs.ts";
import { isPlaylist } from "./playlist.ts";
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

/** Placed before every `-i`, no network, no playlists, no giant pictures. */
export const inputLimits: readonly string[] = limits(formats);

/** A playlist that was asked for and whose files lie where they should; what it opens is held to this list as well. */
const playlistLimits: readonly string[] = limits("hls,mpegts,mov,aac,mp3,ac3,eac3");

/** The limits for one source: only a playlist may open other files, and it gets no further than these. */
export function limitsFor(path: string): readonly string[] {
  return isPlaylist(path) ? playlistLimits : inputLimits;
}

function limits(list: string): readonly string[] {
  return ["-protocol_whitelist", "file", "-format_whitelist", list, "-max_pixels", String(maxPixels)];
}

/** What a first look may open: codecs beside those of the list, and a playlist that was asked for. */
export interface FirstLook {
  readonly codecs?: string | undefined;
  readonly playlist?: boolean;
}

export function firstLimits({ codecs = "", playlist = false }: FirstLook): readonly string[] {
  return [...(playlist ? playlistLimits : inputLimits), ...codecLimits(codecs)];
}

/**
 * An input whose times count from the file's own start, whichever of its streams are mapped. Left to itself
 * ffmpeg moves the zero of a transport stream to the first mapped stream. The microsecond is there because
 * 5.1 does so even under `-copyts` when the offset is exactly minus the start.
 */
export function ownClock({ path, startSec }: Pick<MediaInfo, "path" | "startSec">, fromSec = 0): string[] {
  const seek = fromSec > 0 ? ["-ss", formatSec(fromSec)] : [];
  return ["-copyts", "-itsoffset", formatSec(1e-6 - startSec), ...seek, ...limitsFor(path), "-i", `file:${path}`];
}
