import { bitDepth, compare, hasAlpha, isRgb, toNumber } from "../media/mod.ts";
import type { Color, Light, Media, Op, PictureWish, Rational, Size, VideoInfo, VideoWish } from "../types.ts";
import { colorOf, commonColor, commonHdr, sameColor, sdrColor } from "./color.ts";
import { capRate } from "./grid.ts";
import { chooseHdr, commonLight, peakNits } from "./hdr.ts";
import { choosePixels, flatFormat } from "./pixels.ts";
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
  /** Set where frames keep their own varying times. */
  readonly pace?: "source";
  readonly pixelFormat: string;
  readonly bitDepth: 8 | 10;
  readonly color: Color;
  readonly hdr: VideoInfo["hdr"];
  readonly light?: Light;
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
  const choice = chooseHdr(seen, wish);
  const { hdr } = choice;
  const pixelFormat = choosePixels(seen, wish, choice);
  const depth = bitDepth(pixelFormat) >= 10 ? 10 : 8;
  const derived = describe(canvases, rates, common, highest);
  const light = hdr === "sdr" ? undefined : commonLight(seen);
  return {
    size,
    rate,
    pixelFormat,
    bitDepth: depth,
    color: formatColor(seen, hdr, { height: size.height, deep: depth > 8 }),
    hdr,
    ...(light && { light }),
    ...(keepsPace(seen, wish) && { pace: "source" }),
    ...(derived !== undefined && { derived }),
  };
}

/** What was HDR becomes bt709, at any size: small pictures made of it are no older than it is. */
function formatColor(
  seen: readonly SeenClip[],
  hdr: VideoInfo["hdr"],
  { height, deep }: { readonly height: number; readonly deep: boolean },
): Color {
  const videos = seen.map(({ video }) => video);
  if (hdr !== "sdr") return commonHdr(hdr, videos);
  const plain = videos.filter(({ hdr: own }) => own === "sdr");
  return plain.length < videos.length && !plain.some(({ color }) => color.matrix)
    ? sdrColor
    : commonColor(plain, { height, deep });
}

/** Times of their own stay with frames that nothing is joined to, and that nobody asked for at another rate. */
function keepsPace(seen: readonly SeenClip[], { maxFps }: VideoWish): boolean {
  const [only, ...more] = seen;
  if (only === undefined || more.length > 0 || maxFps !== undefined) return false;
  return only.video.vfr && only.clip.look.vfr === "keep" && only.clip.look.fps.kind === "source";
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
  const flat = video.alpha && !hasAlpha(format.pixelFormat) ? flatFormat(video) : undefined;
  const own = colorOf(video);
  const from: Color = flat && isRgb(flat) ? { ...own, matrix: "gbr", range: "pc" } : own;
  // Light is mapped in limited range, whatever it came in.
  const hdr = video.hdr !== "sdr" && format.hdr === "sdr" ? video.hdr : undefined;
  const to: Color = hdr ? commonHdr(hdr, [video]) : format.color;
  const ops: Op[] = [];
  const parity = parityOf(clip.look.deinterlace, video);
  if (parity) ops.push({ kind: "deinterlace", parity });
  ops.push({ kind: "frames", rate: format.rate, count, ...(format.pace && { pace: format.pace }) });
  ops.push(...turnOps(video));
  if (crop.width < coded.width || crop.height < coded.height) ops.push({ kind: "crop", box: crop });
  if (flat !== undefined) ops.push({ kind: "flatten", pixelFormat: flat });
  const same = crop.width === view.place.width && crop.height === view.place.height && sameColor(from, to);
  if (!same) ops.push({ kind: "scale", width: view.place.width, height: view.place.height, from, to });
  if (hdr) ops.push({ kind: "tonemap", from: hdr, to: format.color, peakNits: peakNits(video) });
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

function area({ width, height }: Size): number {
  return width * height;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
