import { ffmpeg, watch } from "./ffmpeg.ts";

/** Clips that flash white and beep at every full second, so that picture and sound can be timed against each other. */
export interface Clapper {
  readonly path: string;
  readonly rate: string;
  readonly sampleRate: number;
  readonly lengthSec: number;
  readonly size?: string;
  readonly video?: readonly string[];
  readonly audio?: readonly string[];
}

const flashSec = 0.2;

/** When a clapper's picture really flashes for a full second: at the frame nearest to it. */
export function flashAt(second: number, rate: string): number {
  const [num = 25, den = 1] = rate.split("/").map(Number);
  return (Math.round((second * num) / den) * den) / num;
}

export async function makeClapper({
  path,
  rate,
  sampleRate,
  lengthSec,
  size = "160x90",
  video = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50"],
  audio = ["-c:a", "aac", "-b:a", "64k"],
}: Clapper): Promise<void> {
  // Half a frame early, so that the flash starts at the frame nearest to the full second: see flashAt().
  const early = `${rate.includes("/") ? `(${rate.split("/").reverse().join("/")})` : `1/${rate}`}/2`;
  await ffmpeg([
    ...[
      "-f",
      "lavfi",
      "-i",
      `color=black:size=${size}:rate=${rate},format=yuv420p,geq=lum='if(lt(mod(T+${early},1),${flashSec}),235,16)':cb=128:cr=128`,
    ],
    ...["-f", "lavfi", "-i", `aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),${flashSec})':s=${sampleRate}`],
    ...["-t", String(lengthSec), ...video, ...audio, path],
  ]);
}

/**
 * When the picture turns white and when the sound sets in, each in seconds from the first picture. Both are read in one
 * go: on its own, ffmpeg starts a transport stream's clock at whichever stream is mapped.
 */
export async function clapTimes(
  path: string,
): Promise<{ readonly flashes: readonly number[]; readonly beeps: readonly number[] }> {
  const rate = 8000;
  const { frames, sound } = await watch(path, rate);
  const start = frames[0]?.sec ?? 0;
  const flashes = frames.flatMap(({ sec, luma }, nth) =>
    luma > 128 && (frames[nth - 1]?.luma ?? 0) <= 128 ? [sec - start] : [],
  );
  const beeps: number[] = [];
  let quietFor = rate;
  sound.forEach((value, nth) => {
    if (Math.abs(value) > 0.08) {
      // Fifty silent milliseconds tell a new beep from the next wave of the same one.
      if (quietFor > rate * 0.05) beeps.push(nth / rate - start);
      quietFor = 0;
    } else quietFor += 1;
  });
  return { flashes, beeps };
}
