import type { Color } from "../types.ts";

/** Whether some of a picture in this format can be seen through. */
export function hasAlpha(pixelFormat: string): boolean {
  return /^(?:yuva|gbra|rgba|bgra|argb|abgr|ya\d|pal8|ayuv|vuya)/.test(pixelFormat);
}

/** Formats without a matrix: red, green and blue are stored as they are. */
export function isRgb(pixelFormat: string): boolean {
  return /^(?:gbr|rgb|bgr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8|mono)/.test(pixelFormat);
}

/** Formats that use every value where nothing is said: those of JPEG, and gray. */
export function isFullRange(pixelFormat: string): boolean {
  return /^(?:yuvj|gray|ya\d)/.test(pixelFormat);
}

/**
 * The set of colours that primaries span; what differs in it looks wrong unless it is converted. The older standards
 * lie so near bt709 that players treat them as one.
 */
export function gamutOf({ primaries = "bt709" }: Color): string {
  return /^(?:bt2020|smpte431|smpte432)$/.test(primaries) ? primaries : "bt709";
}
