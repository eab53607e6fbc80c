import { writeFile } from "node:fs/promises";
import { ffmpeg } from "./ffmpeg.ts";

/** Display light of each patch in nits: greys first, then colours within bt2020 that bt709 can show. */
export const patches: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [5, 5, 5],
  [26, 26, 26],
  [100, 100, 100],
  [203, 203, 203],
  [400, 400, 400],
  [100, 50, 40],
  [40, 100, 50],
  [40, 50, 100],
];
/** SVT-AV1 takes no picture lower than this. */
const side = 64;
export const patchSize = { width: patches.length * side, height: side };

/** The middle of each patch in an rgb24 picture of {@link patchSize}. */
export function readPatches(rgb: Uint8Array): readonly (readonly [number, number, number])[] {
  return patches.map((_, nth) => {
    const at = (patchSize.width * (side / 2) + nth * side + side / 2) * 3;
    return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
  });
}

/** A 10-bit clip of these patches, tagged as what it is; HDR10 gets its static notes too. */
export async function makeHdr(path: string, kind: "pq" | "hlg"): Promise<void> {
  const encode = kind === "pq" ? pq : hlg;
  const colors = patches.map((patch) => toYuv(patch.map(encode) as [number, number, number]));
  const planes = [side, side / 2, side / 2].map((long, plane) => {
    const row = colors.flatMap((color) => Array.from({ length: long }, () => color[plane] ?? 0));
    return Buffer.from(Uint16Array.from(Array.from({ length: long }, () => row).flat()).buffer);
  });
  await writeFile(`${path}.raw`, Buffer.concat(Array.from({ length: 25 }, () => planes).flat()));
  const { width, height } = patchSize;
  const raw = ["-f", "rawvideo", "-s", `${width}x${height}`, "-r", "25", "-pix_fmt", "yuv420p10le"];
  const transfer = kind === "pq" ? "smpte2084" : "arib-std-b67";
  const tags = `setparams=color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc:range=tv`;
  const notes =
    kind === "pq"
      ? ":master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400"
      : "";
  const x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", `log-level=none:crf=8${notes}`];
  await ffmpeg([...raw, "-i", `${path}.raw`, "-vf", tags, ...x265, "-tag:v", "hvc1", path]);
}

/** SMPTE ST 2084. */
function pq(nits: number): number {
  const power = (nits / 10_000) ** 0.1593017578125;
  return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375;
}

/** ARIB STD-B67, on a screen of 1000 nits. */
function hlg(nits: number): number {
  const scene = (nits / 1000) ** (1 / 1.2);
  return scene <= 1 / 12 ? Math.sqrt(3 * scene) : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
}

function toYuv([r, g, b]: readonly [number, number, number]): readonly number[] {
  const y = 0.2627 * r + 0.678 * g + 0.0593 * b;
  return [64 + 876 * y, 512 + (896 * (b - y)) / 1.8814, 512 + (896 * (r - y)) / 1.4746].map(Math.round);
}
