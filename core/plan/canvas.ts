import { formatSec } from "../media/mod.ts";
import type { Chain, InputSpec } from "../ffmpeg/mod.ts";
import type { Filter, Media, MediaInfo } from "../types.ts";
import type { Clip } from "./timeline.ts";
import { type Pick, tracksFor } from "./tracks.ts";

/** A filter graph in the making: chains, the inputs they read, and a supply of pad names. */
export interface Canvas {
  readonly media: Media;
  readonly chains: Chain[];
  readonly inputs: InputSpec[];
  readonly places: Opened["places"];
  readonly reads: Reads;
  readonly pad: (kind: string) => string;
  /** The input a clip is read from: its index, and what is left to take off the timestamps. */
  readonly open: (clip: Clip) => { readonly index: number; readonly shiftSec: number };
}

/** Which streams of its sources a command reads: the picture, and the audio tracks of these picks. */
export interface Reads {
  readonly picture: boolean;
  readonly picks: readonly Pick[];
}

interface Opened {
  readonly inputs: readonly InputSpec[];
  readonly places: ReadonlyMap<Clip, Place>;
}

interface Place {
  readonly index: number;
  readonly shiftSec: number;
}

/** An empty graph; with what another one has opened already, in the same order. */
export function newCanvas(media: Media, reads: Reads, before: Opened = { inputs: [], places: new Map() }): Canvas {
  const chains: Chain[] = [];
  const inputs = [...before.inputs];
  const places = new Map(before.places);
  let pads = 0;
  return {
    media,
    chains,
    inputs,
    places,
    reads,
    pad: (kind) => `${kind}${pads++}`,
    open(clip) {
      const known = places.get(clip);
      if (known) return known;
      const { seekSec, shiftSec } = seekTo(clip.inSec, media.files[clip.source], reads);
      const place = { index: inputs.length, shiftSec };
      inputs.push({ path: clip.source, seekSec });
      places.set(clip, place);
      return place;
    },
  };
}

/** Demuxers whose seek may land behind the wanted frame; these are sought far ahead of it. */
export const looseSeek = /mpegts|mpeg|avi|flv|ogg|asf/;
export const looseMarginSec = 12;

/** Demuxers of broadcast streams: read from the start, ffmpeg counts from the first of the streams that are mapped. */
const countsFromMapped = /mpegts|^mpeg$|ogg/;

/** Where to seek on the container's clock, and what the graph has to take off the timestamps then. */
export function seekTo(inSec: number, info: MediaInfo | undefined, reads: Reads) {
  const { seekSec, zeroSec } = zeroOf(inSec, info, reads);
  return { seekSec, shiftSec: Number(formatSec(inSec - zeroSec)) };
}

function zeroOf(inSec: number, info: MediaInfo | undefined, reads: Reads) {
  const { container = "", leadSec = 0 } = info ?? {};
  const wantedSec = inSec - (looseSeek.test(container) ? looseMarginSec : 0);
  // Rounded as it will be printed, so that the graph takes off exactly what the seek did not.
  if (wantedSec > 0) {
    const seekSec = Number(formatSec(wantedSec + leadSec));
    return { seekSec, zeroSec: seekSec - leadSec };
  }
  return { seekSec: 0, zeroSec: info && countsFromMapped.test(container) ? firstRead(info, reads) : -leadSec };
}

function firstRead(info: MediaInfo, { picture, picks }: Reads): number {
  const { video, audio } = info;
  const tracks = picks.flatMap((pick) => tracksFor(pick, info));
  const starts = [
    ...(picture && video ? [video.startSec] : []),
    ...tracks.flatMap((track) => audio[track]?.startSec ?? []),
  ];
  return starts.length > 0 ? Math.min(...starts) : 0;
}

/** Joins pads by these filters; a single one needs none. */
export function joinPads(canvas: Canvas, pads: readonly string[], kind: string, filters: readonly Filter[]): string {
  const [only] = pads;
  if (pads.length === 1 && only) return only;
  const to = canvas.pad(kind);
  canvas.chains.push({ from: pads, filters, to: [to] });
  return to;
}

/** One picture through these filters; answers the pad it ends on. */
export function drawChain(canvas: Canvas, from: string, filters: readonly Filter[]): string {
  const to = canvas.pad("v");
  canvas.chains.push({ from: [from], filters, to: [to] });
  return to;
}

/** As many pads as there are readers. */
export function splitPad(canvas: Canvas, pad: string, count: number, name: "split" | "asplit"): readonly string[] {
  if (count <= 1) return [pad];
  const to = Array.from({ length: count }, () => canvas.pad(name === "split" ? "v" : "a"));
  canvas.chains.push({ from: [pad], filters: [{ name, args: { outputs: count }, on: "any" }], to });
  return to;
}
