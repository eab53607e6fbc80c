import { inSoftware } from "../ffmpeg/mod.ts";
import type { Filter } from "../types.ts";
import { type Canvas, drawChain, splitPad } from "./canvas.ts";
import type { Cascade } from "./cascade.ts";

/** A pad, and the filters still to come behind it: a picture with a single reader needs no chain of its own. */
export interface Source {
  readonly pad: string;
  readonly filters: readonly Filter[];
}

/** Draws the pictures of a cascade from the common one; answers what each outlet reads. */
export function sharePicture(canvas: Canvas, pad: string, { sizes, outlets }: Cascade): readonly Source[] {
  const common: Source = { pad, filters: [] };
  const free: Source[][] = [];
  const take = (from: number) => free[from]?.shift() ?? common;
  for (const [place, { from, ops }] of [{ from: 0, ops: [] }, ...sizes].entries()) {
    const { pad, filters } = take(from);
    const source = { pad, filters: [...filters, ...ops.flatMap(inSoftware)] };
    const readers = [...sizes, ...outlets].filter((one) => one.from === place).length;
    free.push(readers > 1 ? splitSource(canvas, source, readers) : [source]);
  }
  return outlets.map(({ from }) => take(from));
}

function splitSource(canvas: Canvas, { pad, filters }: Source, readers: number): Source[] {
  const whole = filters.length > 0 ? drawChain(canvas, pad, filters) : pad;
  return splitPad(canvas, whole, readers, "split").map((one) => ({ pad: one, filters: [] }));
}
