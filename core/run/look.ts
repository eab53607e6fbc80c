import type { Host } from "../host/mod.ts";
import { inputLimits } from "../media/mod.ts";
import type { Check, Promised, Sample } from "../types.ts";

/** Small enough to hide noise and a pixel's shift, large enough to show what a picture is of. */
const small = { width: 32, height: 18 };
const planeSize = small.width * small.height;
const pictureSize = 3 * planeSize;

/** A sample is looked for one frame before and after too, where rates differ by a rounding. */
const around = [-1, 0, 1] as const;

/** Seven bits a value, so that pictures travel through a pipe of text unharmed. */
const shrink = `scale=${small.width}:${small.height}:flags=area,format=yuv444p,lutyuv=y=val/2:u=val/2:v=val/2`;

interface LookDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
}

/** A second output for the process that decodes a file whole: the sampled frames, small, on stdout. Costs no decode. */
export function sampleArgs({ video }: Promised, stream: string): readonly string[] {
  const frames = framesOf(video?.samples ?? []);
  if (frames.length === 0) return [];
  const select = `select='${frames.map((nth) => `eq(n,${nth})`).join("+")}'`;
  return ["-map", `0:${stream}`, "-vf", `${select},${shrink}`, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"];
}

/** Holds the sampled frames of an output against those of its sources, which are decoded and filtered on the CPU. */
export async function lookChecks({ video }: Promised, seen: string, desk: LookDesk): Promise<readonly Check[]> {
  const samples = video?.samples ?? [];
  if (samples.length === 0) return [];
  const frames = framesOf(samples);
  const shown = new Map(frames.map((nth, place) => [nth, readPicture(seen, place)]));
  const judged = await Promise.all(
    samples.map(async (sample) => {
      const expected = await expectedPicture(sample, desk);
      const found = around.flatMap((step) => shown.get(sample.frame + step) ?? []);
      return expected && { frame: sample.frame, wrong: closest(found, expected) };
    }),
  );
  const compared = judged.flatMap((one) => one ?? []);
  const wrong = compared.flatMap((one) => (one.wrong ? [`frame ${one.frame} ${one.wrong}`] : []));
  const nothing = compared.length === 0 ? ["no frame of a source could be read to compare with"] : [];
  return [
    {
      name: "looks like its sources",
      ok: wrong.length + nothing.length === 0,
      expected: `what the sources show, at ${samples.length} moments`,
      found: [...wrong, ...nothing].join("; ") || "the same pictures",
    },
  ];
}

/** Why a small picture is not of the same thing as another, in words; undefined when it is. Pictures are y, u and v in a row. */
export function unlike(found: Uint8Array, expected: Uint8Array): string | undefined {
  const planes = [0, 1, 2].map((nth) => {
    const part = (bytes: Uint8Array) => bytes.subarray(nth * planeSize, (nth + 1) * planeSize);
    return {
      found: describe(part(found)),
      expected: describe(part(expected)),
      pair: [part(found), part(expected)] as const,
    };
  });
  const [luma, ...chroma] = planes;
  if (luma === undefined) return "is empty";
  const off = luma.found.mean - luma.expected.mean;
  if (Math.abs(off) > most.level) return `is too ${off > 0 ? "bright" : "dark"} by ${percent(off)} %`;
  if (chroma.some((one) => Math.abs(one.found.mean - one.expected.mean) > most.tint)) return "has other colours";
  if (luma.expected.spread < most.flat) return undefined;
  return alikeness(...luma.pair) < least.alike ? "shows something else" : undefined;
}

/** Of 127 levels. Encoders and tone mapping on a device stay far below the first two. */
const most = { level: 14, tint: 9, flat: 3 };
const least = { alike: 0.6 };

function closest(found: readonly Uint8Array[], expected: Uint8Array): string | undefined {
  const wrongs = found.map((picture) => unlike(picture, expected));
  return wrongs.length === 0
    ? "is missing"
    : wrongs.every((one) => one !== undefined)
      ? (wrongs[1] ?? wrongs[0])
      : undefined;
}

async function expectedPicture(sample: Sample, { host, signal }: LookDesk): Promise<Uint8Array | undefined> {
  const { source, stream, seekSec, filters } = sample;
  const seek = seekSec > 0 ? ["-noaccurate_seek", "-ss", String(seekSec)] : [];
  const args = [
    ...["-hide_banner", "-nostdin", "-v", "error", ...inputLimits, ...seek, "-noautorotate", "-i", `file:${source}`],
    ...["-filter_complex", `[0:${stream}]${filters},${shrink}[o]`, "-map", "[o]", "-frames:v", "1"],
    ...["-f", "rawvideo", "pipe:1"],
  ];
  const { stdout } = await host.spawn({ program: host.tools.ffmpeg, args, signal, keepStdout: true, limitSec: 120 });
  return readPicture(stdout, 0);
}

function framesOf(samples: readonly Sample[]): readonly number[] {
  const all = samples.flatMap(({ frame }) => around.map((step) => frame + step));
  return [...new Set(all)].sort((a, b) => a - b);
}

function readPicture(text: string, place: number): Uint8Array | undefined {
  const bytes = Buffer.from(text.slice(place * pictureSize, (place + 1) * pictureSize), "latin1");
  return bytes.length === pictureSize ? bytes : undefined;
}

function describe(plane: Uint8Array) {
  const mean = plane.reduce((sum, value) => sum + value, 0) / plane.length;
  return { mean, spread: Math.sqrt(plane.reduce((sum, value) => sum + (value - mean) ** 2, 0) / plane.length) };
}

/** The correlation of two planes: 1 when they show the same at any contrast, 0 when one says nothing of the other. */
function alikeness(a: Uint8Array, b: Uint8Array): number {
  const [first, second] = [describe(a), describe(b)];
  if (first.spread === 0 || second.spread === 0) return 0;
  const shared =
    a.reduce((sum, value, nth) => sum + (value - first.mean) * ((b[nth] ?? 0) - second.mean), 0) / a.length;
  return shared / (first.spread * second.spread);
}

function percent(off: number): number {
  return Math.round((Math.abs(off) / 127) * 100);
}
