import { compare, toNumber } from "../media/mod.ts";
import type { Color, Media, Op, PictureWish, Rational, Size, VideoInfo, VideoWish } from "../types.ts";
import { colorOf, commonColor, hdrColor } from "./color.ts";
import { capRate } from "./grid.ts";
import type { Clip } from "./timeline.ts";
import { applyFit, cropBox, settle, uprightSize, type View, wholeView } from "./view.ts";

/** An op and the stage that asked for it. */
export interface TaggedOp {
  readonly op: Op;
  readonly by: string;
}

/** What every picture of one output is brought to. */
export interface PictureFormat {
  readonly size: Size;
  readonly rate: Rational;
  readonly pixelFormat: string;
  readonly bitDepth: 8 | 10;
  readonly color: Color;
  readonly hdr: VideoInfo["hdr"];
  /** Set where the format was derived because the clips differ and nobody said. */
  readonly derived?: string;
}

export interface SeenClip {
  readonly clip: Clip;
  readonly video: VideoInfo;
}

export function seenClips(clips: readonly Clip[], { files }: Media): readonly SeenClip[] {
  return clips.flatMap((clip) => {
    const video = files[clip.source]?.video;
    return video ? [{ clip, video }] : [];
  });
}

/** What a clip's own stages make of its picture, before any export asks. */
export function ownView({ clip, video }: SeenClip): View {
  return clip.look.fits.reduce(applyFit, wholeView(uprightSize(video)));
}

/** The common format of one output; where clips differ, the largest picture and the highest rate win. */
export function pictureFormat(seen: readonly SeenClip[], wish: VideoWish): PictureFormat {
  const views = seen.map(ownView);
  const canvases = views.map(({ canvas }) => settle(wholeView(canvas)).canvas);
  const common = canvases.reduce(
    (big, one) => (area(one) > area(big) ? one : big),
    canvases[0] ?? { width: 2, height: 2 },
  );
  const size = wish.size ? settle(applyFit(wholeView(common), { size: wish.size, fit: wish.fit })).canvas : common;
  const rates = seen.map(ownRate);
  const highest = [...rates].sort(compare).at(-1) ?? { num: 25, den: 1 };
  const rate = capRate(highest, wish.maxFps);
  const hdr = commonHdr(seen, wish);
  const pixelFormat = wish.pixelFormat ?? seen.find(({ clip }) => clip.look.pixelFormat)?.clip.look.pixelFormat;
  const deep =
    wish.codec !== "h264" && (hdr !== "sdr" || seen.every(({ video }) => video.bitDepth >= 10 && video.hdr === "sdr"));
  const format = pixelFormat ?? (deep ? "yuv420p10le" : "yuv420p");
  const derived = describe(canvases, rates, common, highest);
  return {
    size,
    rate,
    pixelFormat: format,
    bitDepth: /p0?1[0-6]|10/.test(format) ? 10 : 8,
    color:
      hdr === "sdr"
        ? commonColor(
            seen.map(({ video }) => video).filter(({ hdr: own }) => own === "sdr"),
            size.height,
          )
        : hdrColor(hdr),
    hdr,
    ...(derived !== undefined && { derived }),
  };
}

/** Where a clip lands on an output of this size: its own fits, the common canvas, then the export's. */
export function viewOn(one: SeenClip, format: PictureFormat, wish: Pick<VideoWish, "size" | "fit">): View {
  const own = ownView(one);
  const fitted = wish.size ? applyFit(own, { size: wish.size, fit: wish.fit }) : own;
  const settled = settle(fitted);
  if (settled.canvas.width === format.size.width && settled.canvas.height === format.size.height) return settled;
  return settle(applyFit(fitted, { size: format.size, fit: "contain" }));
}

/** The ops that bring one clip to the format, in the order that costs least: drop frames, crop, scale, then convert. */
export function clipOps(
  one: SeenClip,
  format: PictureFormat,
  wish: Pick<VideoWish, "size" | "fit">,
  count: number,
): readonly Op[] {
  const { clip, video } = one;
  const view = viewOn(one, format, wish);
  const upright = uprightSize(video);
  const turned = video.rotation % 180 !== 0;
  const coded = turned ? { width: video.height, height: video.width } : { width: video.width, height: video.height };
  const crop = cropBox(view, upright, coded);
  const tonemaps = video.hdr !== "sdr" && format.hdr === "sdr";
  const from = colorOf(video);
  const to = tonemaps ? from : format.color;
  const ops: Op[] = [];
  const parity = parityOf(clip.look.deinterlace, video);
  if (parity) ops.push({ kind: "deinterlace", parity });
  ops.push({ kind: "frames", rate: format.rate, count });
  ops.push(...turnOps(video));
  if (crop.width < coded.width || crop.height < coded.height) ops.push({ kind: "crop", box: crop });
  const same = crop.width === view.place.width && crop.height === view.place.height && sameColor(from, to);
  if (!same) ops.push({ kind: "scale", width: view.place.width, height: view.place.height, from, to });
  if (tonemaps) ops.push({ kind: "tonemap", from: video.hdr, to: format.color });
  if (view.place.width < view.canvas.width || view.place.height < view.canvas.height)
    ops.push({ kind: "pad", ...view.canvas, x: view.place.x, y: view.place.y });
  return [...ops, { kind: "format", pixelFormat: format.pixelFormat }];
}

/** Upside down and mirrored is one flip, not three. */
function turnOps({ rotation, mirrored }: VideoInfo): readonly Op[] {
  if (mirrored && rotation === 180) return [{ kind: "mirror", axis: "vertical" }];
  return [
    ...(mirrored ? [{ kind: "mirror", axis: "horizontal" } as const] : []),
    ...(rotation === 0 ? [] : [{ kind: "rotate", degrees: rotation as 90 | 180 | 270 } as const]),
  ];
}

function parityOf(wish: PictureWish["deinterlace"], { interlaced }: VideoInfo) {
  if (wish === "off") return undefined;
  if (interlaced === "top-first" || interlaced === "bottom-first") return interlaced;
  return wish === "on" ? ("auto" as const) : undefined;
}

function ownRate({ clip, video }: SeenClip): Rational {
  const { fps } = clip.look;
  if (fps.kind === "exact") return fps.rate;
  return fps.kind === "max" ? capRate(video.fps, fps.rate) : video.fps;
}

/** HDR survives only where every clip has the same kind of it, the codec carries ten bits, and nobody objects. */
function commonHdr(seen: readonly SeenClip[], wish: VideoWish): VideoInfo["hdr"] {
  const kinds = new Set(seen.map(({ video }) => video.hdr));
  const [kind = "sdr"] = kinds;
  const policies = seen.map(({ clip }) => wish.hdr ?? clip.look.hdr ?? "preserve");
  const eightBit = wish.codec === "h264" || wish.pixelFormat === "yuv420p";
  return kinds.size === 1 && !eightBit && policies.every((policy) => policy === "preserve") ? kind : "sdr";
}

function describe(
  canvases: readonly Size[],
  rates: readonly Rational[],
  size: Size,
  rate: Rational,
): string | undefined {
  const sizes = new Set(canvases.map(({ width, height }) => `${width}x${height}`));
  const speeds = new Set(rates.map(toNumber));
  const parts = [
    ...(sizes.size > 1 ? [`the largest picture, ${size.width}x${size.height}, of ${[...sizes].join(", ")}`] : []),
    ...(speeds.size > 1 ? [`the highest rate, ${round(toNumber(rate))}, of ${[...speeds].map(round).join(", ")}`] : []),
  ];
  return parts.length > 0 ? `clips differ: ${parts.join(" and ")}` : undefined;
}

function sameColor(a: Color, b: Color): boolean {
  return a.matrix === b.matrix && a.range === b.range;
}

function area({ width, height }: Size): number {
  return width * height;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
