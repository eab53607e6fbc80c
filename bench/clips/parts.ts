import { exact } from "./texture.ts";

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** Motion is drawn at twice the size and scaled down, so that whole-pixel positions become half pixels. */
export function doubled({ width, height }: Frame) {
  return { width: 2 * width, height: 2 * height };
}

export function even(value: number): number {
  return Math.round(value / 2) * 2;
}

/** Soft-edged, as an alpha mask. */
export function ellipse(edge = 6): string {
  return `geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='clip(255*${edge}*(1-(pow((X-W/2)/(W/2),2)+pow((Y-H/2)/(H/2),2))),0,255)'`;
}

export function rate({ fps }: Frame): string {
  return `setpts=N/${fps}/TB,fps=${fps}`;
}

export function finish({ width, height }: Frame): string {
  return `scale=${width}:${height}:${exact},format=yuv420p`;
}
