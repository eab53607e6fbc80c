import type { Box, Fit, Rational, Size, VideoInfo } from "../types.ts";

/**
 * How a source's picture lands on an output: which part of it, scaled to what, where on the canvas. Any number of
 * fits folds into one, so a picture is never scaled twice.
 */
export interface View {
  readonly crop: Box;
  readonly place: Box;
  readonly canvas: Size;
}

/** The size a viewer sees: turned upright, with square pixels. */
export function uprightSize({
  width,
  height,
  sar,
  rotation,
}: Pick<VideoInfo, "width" | "height" | "sar" | "rotation">): Size {
  // Square pixels are made by stretching, never by shrinking, so no detail is lost.
  const wide = sar.num >= sar.den;
  const square = wide ? { width: width * ratio(sar), height } : { width, height: height / ratio(sar) };
  return rotation % 180 === 0 ? square : { width: square.height, height: square.width };
}

export function wholeView(size: Size): View {
  const whole = { x: 0, y: 0, ...size };
  return { crop: whole, place: whole, canvas: size };
}

/** Brings a view to a size by one of the four fits. */
export function applyFit(view: View, { size, fit }: { readonly size: Size; readonly fit: Fit }): View {
  const { canvas } = view;
  const across = size.width / canvas.width;
  const down = size.height / canvas.height;
  switch (fit) {
    case "stretch":
      return zoom(view, across, down);
    case "within": {
      const by = Math.min(1, across, down);
      return zoom(view, by, by);
    }
    case "contain": {
      const by = Math.min(across, down);
      return recanvas(zoom(view, by, by), size);
    }
    case "cover": {
      const by = Math.max(across, down);
      return clip(recanvas(zoom(view, by, by), size));
    }
  }
}

/** Whole, even numbers, as 4:2:0 needs them. Bars thinner than two pixels are rounding, and go. */
export function settle({ crop, place, canvas }: View): View {
  const settled = { width: even(canvas.width), height: even(canvas.height) };
  const [x, width] = settleSpan(place.x, place.width, settled.width);
  const [y, height] = settleSpan(place.y, place.height, settled.height);
  return { crop, place: { x, y, width, height }, canvas: settled };
}

/** The crop in the pixels of the upright but not yet squared picture, whole and inside it. */
export function cropBox({ crop }: View, upright: Size, coded: Size): Box {
  const [sx, sy] = [coded.width / upright.width, coded.height / upright.height];
  const [x, width] = cropSpan(crop.x * sx, crop.width * sx, coded.width);
  const [y, height] = cropSpan(crop.y * sy, crop.height * sy, coded.height);
  return { x, y, width, height };
}

/** Never less than two pixels: an extreme fit still has to leave a picture. */
function cropSpan(start: number, long: number, whole: number): readonly [number, number] {
  const from = Math.min(Math.round(start), whole - 2);
  return [from, Math.max(2, Math.min(Math.round(long), whole - from))];
}

function zoom({ crop, place, canvas }: View, across: number, down: number): View {
  return {
    crop,
    place: { x: place.x * across, y: place.y * down, width: place.width * across, height: place.height * down },
    canvas: { width: canvas.width * across, height: canvas.height * down },
  };
}

function recanvas({ crop, place, canvas }: View, size: Size): View {
  const [dx, dy] = [(size.width - canvas.width) / 2, (size.height - canvas.height) / 2];
  return { crop, place: { ...place, x: place.x + dx, y: place.y + dy }, canvas: size };
}

/** Cuts away from the source what falls outside the canvas. */
function clip({ crop, place, canvas }: View): View {
  const left = Math.max(0, place.x);
  const top = Math.max(0, place.y);
  const right = Math.min(canvas.width, place.x + place.width);
  const bottom = Math.min(canvas.height, place.y + place.height);
  const [kx, ky] = [crop.width / place.width, crop.height / place.height];
  return {
    crop: {
      x: crop.x + (left - place.x) * kx,
      y: crop.y + (top - place.y) * ky,
      width: (right - left) * kx,
      height: (bottom - top) * ky,
    },
    place: { x: left, y: top, width: right - left, height: bottom - top },
    canvas,
  };
}

function settleSpan(start: number, long: number, canvas: number): readonly [number, number] {
  if (canvas - long < 2) return [0, canvas];
  const settled = Math.min(even(long), canvas);
  return [Math.min(2 * Math.round(start / 2), canvas - settled), settled];
}

function even(value: number): number {
  return Math.max(2, 2 * Math.round(value / 2));
}

function ratio({ num, den }: Rational): number {
  return num / den;
}
