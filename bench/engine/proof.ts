import { readFile } from "node:fs/promises";
import type { Figure } from "./figures.ts";
import type { Studio } from "./studio.ts";

/** A part of a source that a copy has to hold, whole frames of it. */
export interface Kept {
  readonly source: string;
  readonly fromSec: number;
  readonly toSec: number;
  /** Between keyframes on both sides: every bit in there has to be the source's own. */
  readonly sure: readonly [fromSec: number, toSec: number];
}

export interface Claim {
  readonly name: string;
  readonly made: string;
  readonly fps: number;
  readonly kept: readonly Kept[];
}

/** Seconds that are decoded on either side of every seam. */
const nearSec = 2.5;

/**
 * Whether a copy holds the frames it should, and its sound where the picture is. Copied packets are compared over all of
 * its length; near every seam, so are decoded pictures, and flashes are held against beeps.
 */
export async function prove(studio: Studio, { name, made, fps, kept }: Claim): Promise<readonly Figure[]> {
  const found = await packets(studio, made);
  const sources = new Map<string, readonly string[]>();
  for (const { source } of kept) sources.set(source, sources.get(source) ?? (await packets(studio, source)));
  let startSec = 0;
  let [moved, decoded, differ] = [0, 0, 0];
  const apartSec: number[] = [];
  for (const { source, fromSec, toSec, sure } of kept) {
    const shift = startSec - fromSec;
    const [first, past] = sure.map((sec) => Math.round(sec * fps)) as [number, number];
    const theirs = (sources.get(source) ?? []).slice(first, past);
    const ours = found.slice(first + Math.round(shift * fps), past + Math.round(shift * fps));
    moved += past - first;
    differ += past - first - theirs.filter((sum, nth) => sum === ours[nth]).length;
    for (const at of new Set([fromSec, Math.max(fromSec, toSec - nearSec)])) {
      const window = { fps, fromSec: at + shift, toSec: Math.min(at + nearSec, toSec) + shift };
      const { sums, flashes, beeps } = await decode(studio, made, window);
      const own = await decode(studio, source, { ...window, fromSec: at, toSec: window.toSec - shift });
      const isSure = (nth: number) => at + (nth + 0.5) / fps > sure[0] && at + (nth + 0.5) / fps < sure[1];
      const pictures = own.sums.map((sum, nth) => ({ same: sum === sums[nth], isSure: isSure(nth) }));
      decoded += pictures.filter((one) => one.isSure).length;
      differ += pictures.filter((one) => one.isSure && !one.same).length;
      apartSec.push(apart(flashes, beeps));
    }
    startSec += toSec - fromSec;
  }
  const wanted = Math.round(startSec * fps);
  const off = Math.abs(found.length - wanted) + differ;
  const seen = `${found.length} of ${wanted}; ${moved} moved, ${decoded} of them decoded near seams`;
  return [
    { name: `${name}: frames off`, values: [off], note: seen },
    { name: `${name}: sync error, ms`, values: [Math.max(...apartSec) * 1000], note: `near ${apartSec.length} seams` },
  ];
}

/** A sum of every packet in the order in which they are shown, without what stands beside the pictures. */
async function packets({ script, path }: Studio, file: string): Promise<readonly string[]> {
  const bare = "-c copy -bsf:v h264_mp4toannexb,filter_units=pass_types=1-5";
  await script(`"$FF" -hide_banner -nostdin -y -v error -i ${file} -map 0:v ${bare} -f framecrc out/packets.crc`);
  return sumsIn(await readFile(path("out/packets.crc"), "utf8"));
}

const soundRate = 8000;

interface Window {
  readonly fps: number;
  readonly fromSec: number;
  readonly toSec: number;
}

/** A sum of each frame between two moments, when a corner of it turns white, and when its sound sets in. */
async function decode({ script, path }: Studio, file: string, { fps, fromSec, toSec }: Window) {
  const seek = fromSec > 0 ? `-ss ${(fromSec - 0.5 / fps).toFixed(6)}` : "";
  const lengthSec = (toSec - fromSec - (fromSec > 0 ? 0 : 0.5 / fps)).toFixed(6);
  const corner = `fps=${fps}:start_time=0:round=down,crop=iw/8:ih/8:0:0,scale=1:1:flags=area,format=gray`;
  await script(
    `"$FF" -hide_banner -nostdin -y -v error ${seek} -t ${lengthSec} -i ${file} -map 0:v -fps_mode passthrough -f framecrc out/near.crc \
-map 0:v -vf '${corner}' -f rawvideo out/near.gray \
-map 0:a -af aresample=${soundRate}:async=1:first_pts=0 -ac 1 -c:a pcm_s16le -f s16le out/near.pcm`,
  );
  const luma = await readFile(path("out/near.gray"));
  const turns = [...luma].flatMap((value, nth) => (nth > 0 && value > 200 && (luma[nth - 1] ?? 0) <= 200 ? [nth] : []));
  const sums = sumsIn(await readFile(path("out/near.crc"), "utf8"));
  // A seek stands half a frame before the first one.
  const earlySec = fromSec > 0 ? 0.5 / fps : 0;
  return {
    sums,
    flashes: turns.map((nth) => nth / fps + earlySec),
    beeps: onsets(await readFile(path("out/near.pcm"))),
  };
}

function sumsIn(text: string): readonly string[] {
  const rows = [...text.matchAll(/^0, *-?\d+, *(-?\d+), *\d+, *(\d+, 0x[\da-f]+)/gm)];
  return rows
    .map(([, pts, sum = ""]) => ({ pts: Number(pts), sum }))
    .sort((a, b) => a.pts - b.pts)
    .map(({ sum }) => sum);
}

/** Fifty silent milliseconds tell a new beep from the next wave of the same one; one that was on before is none. */
function onsets(sound: Buffer): readonly number[] {
  const found: number[] = [];
  let quietFor = 0;
  for (let nth = 0; nth * 2 + 1 < sound.length; nth += 1) {
    const isLoud = Math.abs(sound.readInt16LE(nth * 2)) > 0.08 * 32768;
    if (isLoud && quietFor > soundRate * 0.05) found.push(nth / soundRate);
    quietFor = isLoud ? 0 : quietFor + 1;
  }
  return found;
}

/** The furthest that a flash and its beep are apart; without end where one of them is missing. */
function apart(flashes: readonly number[], beeps: readonly number[]): number {
  if (flashes.length !== beeps.length || flashes.length === 0) return Infinity;
  return Math.max(...flashes.map((sec, nth) => Math.abs(sec - (beeps[nth] ?? Infinity))));
}
