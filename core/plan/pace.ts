import { basename } from "node:path";
import { toNumber } from "../media/mod.ts";
import type { PictureFormat, SeenClip } from "./picture.ts";

/** What becomes of frame rates that vary, said for each source; a wish that cannot be met is a warning. */
export function paceWords(seen: readonly SeenClip[], base: PictureFormat | undefined) {
  const words = new Map<string, { readonly kind: "note" | "warning"; readonly text: string }>();
  if (base === undefined) return [];
  const rate = toNumber(base.rate);
  const shown = `${Math.round(rate * 1000) / 1000} frames a second`;
  const moved = `each frame moves by ${Math.ceil(500 / rate)} ms at most, and the sound not at all`;
  for (const { clip, video } of seen) {
    if (!video.vfr) continue;
    const name = basename(clip.source);
    if (base.pace === "source") words.set(name, { kind: "note", text: `${name} keeps its own varying frame rate` });
    else if (clip.look.vfr === "keep")
      words.set(name, {
        kind: "warning",
        text: `${name} cannot keep its varying frame rate, since ranges are joined at one rate: it becomes ${shown}`,
      });
    else words.set(name, { kind: "note", text: `${name} varies its frame rate and becomes ${shown}: ${moved}` });
  }
  return [...words.values()];
}
