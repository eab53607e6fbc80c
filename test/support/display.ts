import { readFile, writeFile } from "node:fs/promises";

/** The eight ways a picture may have to be turned and flipped to stand upright: a, b, c, d of a display matrix. */
export const orientations = {
  upright: [1, 0, 0, 1],
  "turned by 90": [0, 1, -1, 0],
  "turned by 180": [-1, 0, 0, -1],
  "turned by 270": [0, -1, 1, 0],
  "flipped left to right": [-1, 0, 0, 1],
  "flipped top to bottom": [1, 0, 0, -1],
  transposed: [0, 1, 1, 0],
  transversed: [0, -1, -1, 0],
} as const;

/** Copies an mp4 of one track, with another display matrix in its track header. */
export async function orient(from: string, to: string, [a, b, c, d]: readonly number[]): Promise<void> {
  const bytes = await readFile(from);
  const at = bytes.indexOf("tkhd") + 4 + 40;
  [a, b, 0, c, d, 0, 0, 0].forEach((value = 0, nth) => bytes.writeInt32BE(value * 65536, at + 4 * nth));
  await writeFile(to, bytes);
}
