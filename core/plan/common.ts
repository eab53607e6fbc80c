import { hasAlpha, rational, toNumber } from "../media/mod.ts";
import type { Op, VideoWish } from "../types.ts";
import { sameColor } from "./color.ts";
import { countFrames, type Slot } from "./grid.ts";
import type { PictureFormat, SeenClip, TaggedOp } from "./picture.ts";
import { flatFormat, widestPixels } from "./pixels.ts";
import type { SoundFormat } from "./sound.ts";
import { applyFit, settle, wholeView } from "./view.ts";

/** The picture all renditions can be made from: the largest size, the highest rate, the deepest pixels. */
export function commonPicture(
  formats: readonly (PictureFormat | undefined)[],
  wishes: readonly (VideoWish | undefined)[],
  seen: readonly SeenClip[],
) {
  const present = formats.flatMap((format, nth) => {
    const wish = wishes[nth];
    return format && wish ? [{ format, wish }] : [];
  });
  const [head] = present;
  if (head === undefined || seen.length === 0) return { base: undefined, widest: undefined };
  const top = present.reduce((big, one) => (area(one.format) > area(big.format) ? one : big), head);
  const fastest = present.reduce(
    (fast, one) => (toNumber(one.format.rate) > toNumber(fast.format.rate) ? one : fast),
    head,
  );
  const deepest = present.reduce((deep, one) => (one.format.bitDepth > deep.format.bitDepth ? one : deep), head);
  const { rate } = fastest.format;
  const { bitDepth, hdr, color, light } = deepest.format;
  const pixelFormat = widestPixels(present.map(({ format }) => format.pixelFormat));
  const { pace, ...steady } = top.format;
  const alike = pace !== undefined && present.every(({ format }) => format.pace === pace);
  return {
    base: {
      ...steady,
      ...(alike && { pace }),
      rate: rational(rate.num, rate.den),
      pixelFormat,
      bitDepth,
      hdr,
      color,
      ...(light && { light }),
    },
    widest: top.wish,
  };
}

function area({ size }: PictureFormat): number {
  return size.width * size.height;
}

export function commonSound(sounds: readonly (SoundFormat | undefined)[]): SoundFormat | undefined {
  const present = sounds.filter((one) => one !== undefined);
  if (present.length === 0) return undefined;
  return {
    sampleRate: Math.max(...present.map((one) => one.sampleRate)),
    channels: Math.max(...present.map((one) => one.channels)),
    picks: [
      ...new Map(present.flatMap(({ picks }) => picks).map((pick) => [JSON.stringify(pick), pick] as const)).values(),
    ],
  };
}

export function outletFrames(slots: readonly Slot[], base: PictureFormat, format: PictureFormat): number {
  return Math.max(1, Math.round((countFrames(slots) * toNumber(format.rate)) / toNumber(base.rate)));
}

export function tailOps(base: PictureFormat, format: PictureFormat, count: number, by: string): readonly TaggedOp[] {
  const ops: Op[] = [];
  const hdr = base.hdr !== "sdr" && format.hdr === "sdr" ? base.hdr : undefined;
  const to = hdr ? base.color : format.color;
  const { place, canvas } = settle(applyFit(wholeView(base.size), { size: format.size, fit: "contain" }));
  const resizes = format.size.width !== base.size.width || format.size.height !== base.size.height;
  if (toNumber(format.rate) < toNumber(base.rate)) ops.push({ kind: "frames", rate: format.rate, count });
  if (hasAlpha(base.pixelFormat) && !hasAlpha(format.pixelFormat))
    ops.push({ kind: "flatten", pixelFormat: flatFormat(base) });
  if (resizes || !sameColor(base.color, to))
    ops.push({ kind: "scale", width: place.width, height: place.height, from: base.color, to });
  if (hdr) ops.push({ kind: "tonemap", from: hdr, to: format.color, peakNits: base.light?.maxCll ?? 1000 });
  if (place.width < canvas.width || place.height < canvas.height)
    ops.push({ kind: "pad", ...canvas, x: place.x, y: place.y });
  if (ops.length > 0 || format.pixelFormat !== base.pixelFormat)
    ops.push({ kind: "format", pixelFormat: format.pixelFormat });
  return ops.map((op) => ({ op, by }));
}
