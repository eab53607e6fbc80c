import type { AudioCodec, AudioWish, Container, HdrPolicy, Moment, Rate, VideoWish } from "../types.ts";
import { type Cell, type Cells, cellsOf, type Desk, fail, itemsOf, read, textOf, word } from "./desk.ts";
import { readSound } from "./edits.ts";
import { forms } from "./forms.ts";
import { parseMoment } from "./moments.ts";
import { readRate } from "./rates.ts";
import { parseBitrateKbps, parseRate, parseSize, parseTrack } from "./units.ts";
import { refuse, type Written } from "./written.ts";

export function defaultVideo(container: Container): VideoWish {
  const rate: Rate = { kind: "quality", quality: 70 };
  return { codec: container === "webm" ? "vp9" : "h264", rate, effort: "balanced", fit: "within" };
}

/** Small, quick to make, and quick to jump about in. */
export function proxyVideo(container: Container): VideoWish {
  return {
    ...defaultVideo(container),
    rate: { kind: "quality", quality: 55 },
    effort: "fastest",
    gop: { sec: 0.5 },
    size: { width: 960, height: 540 },
  };
}

export function defaultAudio(container: Container): AudioWish {
  return { codec: container === "webm" ? "opus" : "aac", tracks: "first" };
}

/** The picture's wish out of one or two layers, the nearer one first, and what holds where they say nothing. */
export function readVideo(desk: Desk, layers: readonly Cell[], standard: VideoWish): VideoWish | "none" {
  if (layers[0]?.value === "none") return "none";
  const cells = merge(layers);
  const codec = word<VideoWish["codec"]>(cells.get("codec")) ?? standard.codec;
  const { rate = standard.rate, size: sizeCell } = readRate(desk, layers.map(cellsOf));
  if (codec === "copy") refuseExtras(desk, cells, "video: copy keeps the source's own picture");
  const size = read(desk, sizeCell, parseSize) ?? standard.size;
  const gop = read(desk, cells.get("gop"), parseGop) ?? standard.gop;
  const maxFps = read(desk, cells.get("max_fps"), parseRate);
  const profile = textOf(cells.get("profile"));
  const pixelFormat = word<string>(cells.get("pixel_format"));
  const hdr = word<HdrPolicy>(cells.get("hdr"));
  return {
    codec,
    rate: codec === "copy" ? standard.rate : rate,
    effort: word<VideoWish["effort"]>(cells.get("effort")) ?? standard.effort,
    ...(profile !== "" && { profile }),
    ...(gop && { gop }),
    ...(size && { size }),
    fit: word<VideoWish["fit"]>(cells.get("fit")) ?? standard.fit,
    ...(maxFps && { maxFps }),
    ...(pixelFormat !== undefined && { pixelFormat }),
    ...(hdr && { hdr }),
  };
}

/** The sound's wish out of one or two layers, the nearer one first. */
export function readAudio(desk: Desk, layers: readonly Cell[], container: Container): AudioWish | "none" {
  if (layers[0]?.value === "none") return "none";
  const cells = merge(layers);
  const standard = defaultAudio(container);
  const codec = word<AudioCodec | "copy">(cells.get("codec")) ?? standard.codec;
  if (codec === "copy") refuseExtras(desk, cells, "audio: copy keeps the source's own sound");
  const tracks = readTracks(desk, cells.get("tracks")) ?? standard.tracks;
  if (codec === "copy" && tracks === "mix")
    fail(desk, cells.get("tracks")?.at ?? "", {
      message: "tracks: mix makes new sound, which codec: copy cannot",
      hint: "choose a codec such as aac, or name the tracks to keep",
    });
  const bitrate = cells.get("bitrate");
  if (bitrate && (codec === "flac" || codec === "pcm"))
    fail(desk, bitrate.at, {
      message: `bitrate: ${codec} loses nothing, so it cannot aim at ${textOf(bitrate)}`,
      hint: "take the bitrate out, or choose aac or opus",
    });
  const kbps = read(desk, bitrate, parseBitrateKbps);
  return {
    codec,
    ...(kbps !== undefined && { kbps }),
    tracks,
    ...readSound(desk, cells),
  };
}

function readTracks(desk: Desk, cell: Cell | undefined): AudioWish["tracks"] | undefined {
  if (!Array.isArray(cell?.value)) return word<"first" | "all" | "mix">(cell);
  return itemsOf(cell).flatMap((item) => read(desk, item, parseTrack) ?? []);
}

/** A nearer layer's words over a farther one's. */
function merge(layers: readonly Cell[]): Cells {
  return new Map(layers.toReversed().flatMap((layer) => [...cellsOf(layer)]));
}

function refuseExtras(desk: Desk, cells: Cells, why: string): void {
  for (const [key, { at }] of cells)
    if (key !== "codec" && key !== "tracks" && !key.startsWith("x-"))
      fail(desk, at, {
        message: `${why}, so ${key} means nothing`,
        hint: `take ${key} out, or choose a codec`,
        key: true,
      });
}

function parseGop(value: Written): Moment {
  const gop = parseMoment(value);
  if (("frame" in gop ? gop.frame : gop.sec) <= 0)
    throw refuse(value, "is no distance between keyframes", forms.moment);
  return gop;
}
