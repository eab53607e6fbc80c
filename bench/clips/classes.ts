import { anim, dark, hdr, screen } from "./drawn.ts";
import { grain, sport, talk, water } from "./moving.ts";
import type { Frame } from "./parts.ts";

/** The eight kinds of picture that encoders differ on. */
export const CLASSES = ["talk", "sport", "grain", "water", "screen", "dark", "anim", "hdr"] as const;
export type ClipClass = (typeof CLASSES)[number];

const graphs: Readonly<Record<ClipClass, (frame: Frame) => string>> = {
  ...{ talk, sport, grain, water, screen, dark, anim, hdr },
};

/** The filter graph of a class; its picture comes out of the pad `out`. */
export function graphOf(kind: ClipClass, frame: Frame): string {
  return graphs[kind](frame);
}
