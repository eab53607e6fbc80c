import type { Color, VideoInfo } from "../types.ts";

export const sdrColor: Color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" };
const oldColor: Color = { primaries: "smpte170m", transfer: "smpte170m", matrix: "smpte170m", range: "tv" };

/** What a player assumes of a file that does not say: HD is bt709, smaller is the older standard. */
export function assumeColor(height: number): Color {
  return height >= 720 ? sdrColor : oldColor;
}

/** A source's colour with the gaps filled as a player would. */
export function colorOf({ color, height, hdr }: VideoInfo): Color {
  if (hdr !== "sdr") return hdrColor(hdr);
  return { ...assumeColor(height), ...color, range: color.range ?? "tv" };
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
 * The colour of an output made of these sources: theirs where they all say the same, otherwise what a player
 * assumes at that height. Always limited range, which is what every player shows right.
 */
export function commonColor(sources: readonly VideoInfo[], height: number): Color {
  const [first] = sources;
  const said = first?.color;
  const alike = sources.every(({ color }) => key(color) === key(said ?? {}));
  const known = said?.matrix !== undefined && said.matrix !== "gbr";
  return { ...assumeColor(height), ...(alike && known && said), range: "tv" };
}

function key({ primaries, transfer, matrix }: Color): string {
  return [primaries, transfer, matrix].join();
}
