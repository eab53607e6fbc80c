import { gamutOf, isFullRange, isRgb } from "../media/mod.ts";
import type { Color, VideoInfo } from "../types.ts";

export const sdrColor: Color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" };
const oldColor: Color = { primaries: "smpte170m", transfer: "smpte170m", matrix: "smpte170m", range: "tv" };

/** What a player assumes of a file that does not say: HD is bt709, smaller is the older standard. */
export function assumeColor(height: number): Color {
  return height >= 720 ? sdrColor : oldColor;
}

/** A source's colour with the gaps filled as a player would. */
export function colorOf({ color, height, hdr, pixelFormat }: VideoInfo): Color {
  const assumed = hdr === "sdr" ? assumeColor(height) : hdrColor(hdr);
  const said = { ...assumed, ...color };
  if (isRgb(pixelFormat)) return { ...said, matrix: "gbr", range: "pc" };
  return { ...said, range: color.range ?? (isFullRange(pixelFormat) ? "pc" : "tv") };
}

export function hdrColor(hdr: "pq" | "hlg"): Color {
  return {
    primaries: "bt2020",
    transfer: hdr === "pq" ? "smpte2084" : "arib-std-b67",
    matrix: "bt2020nc",
    range: "tv",
  };
}

/**
 * The colour of an output made of these sources: theirs where they all say the same, otherwise what a player assumes
 * at that height, but for small pictures made of large ones: they are no older than those, and one ladder has one
 * colour. Always limited range, which is what every player shows right, and never a wide gamut in eight bits, which
 * bands and which players take for HDR.
 */
export function commonColor(sources: readonly VideoInfo[], { height, deep }: { height: number; deep: boolean }): Color {
  const [first] = sources;
  const said = first?.color;
  const alike = sources.every(({ color }) => key(color) === key(said ?? {}));
  const known = said?.matrix !== undefined && said.matrix !== "gbr" && (deep || gamutOf(said) === "bt709");
  const assumed = assumeColor(Math.max(height, ...(alike ? sources.map((source) => source.height) : [])));
  return { ...assumed, ...(alike && known && said), range: "tv" };
}

/** HDR of one kind: what the sources say where they agree. */
export function commonHdr(hdr: "pq" | "hlg", sources: readonly VideoInfo[]): Color {
  const colors = sources.map(colorOf);
  const [first = {}] = colors;
  const alike = first.matrix !== "gbr" && colors.every((color) => key(color) === key(first));
  return { ...hdrColor(hdr), ...(alike && first), range: "tv" };
}

export function sameColor(a: Color, b: Color): boolean {
  return a.matrix === b.matrix && a.range === b.range && gamutOf(a) === gamutOf(b);
}

function key({ primaries, transfer, matrix }: Color): string {
  return [primaries, transfer, matrix].join();
}
