/** Makes the three clips of the demo: generated, small, and different in everything that usually causes trouble. */
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

interface Recipe {
  readonly file: string;
  readonly size: string;
  readonly rate: string;
  readonly pixelFormat: string;
  readonly sampleRate: number;
  readonly layout: string;
  readonly gainDb: number;
  readonly tone: number;
  readonly picture: string;
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

const recipes: readonly Recipe[] = [
  {
    file: "a.mp4",
    size: "1280x720",
    rate: "25",
    pixelFormat: "yuv420p",
    sampleRate: 44100,
    layout: "stereo",
    gainDb: -12,
    tone: 220,
    picture: "testsrc2",
    video: ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18"],
    audio: ["-c:a", "aac", "-b:a", "128k"],
  },
  {
    file: "b.mov",
    size: "640x480",
    rate: "30000/1001",
    pixelFormat: "yuv422p",
    sampleRate: 48000,
    layout: "mono",
    gainDb: -30,
    tone: 330,
    picture: "mandelbrot",
    video: ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18"],
    audio: ["-c:a", "pcm_s16le"],
  },
  {
    file: "c.mkv",
    size: "1920x1080",
    rate: "60",
    pixelFormat: "yuv420p",
    sampleRate: 32000,
    layout: "stereo",
    gainDb: -20,
    tone: 440,
    picture: "smptehdbars",
    video: ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20"],
    audio: ["-c:a", "libmp3lame", "-b:a", "128k"],
  },
];

/** Seven seconds each: long enough for two ranges, short enough to be made in a moment. */
const lengthSec = 7;

export async function makeDemoClips(folder: string, ffmpeg: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(recipes.map((recipe) => makeClip(join(folder, recipe.file), recipe, ffmpeg)));
}

async function makeClip(path: string, recipe: Recipe, ffmpeg: string): Promise<string> {
  const { size, rate, pixelFormat, sampleRate, layout, gainDb, tone, picture, video, audio } = recipe;
  if (await stat(path).catch(() => undefined)) return path;
  // Syllables at four a second: a steady loudness wherever one cuts, with peaks that leave room for gain.
  const voice = `0.35*sin(2*PI*${tone}*t)*(0.6+0.4*sin(2*PI*4*t))+0.12*sin(2*PI*${tone * 3}*t)`;
  await execa(ffmpeg, [
    ...["-hide_banner", "-nostdin", "-v", "error", "-y"],
    ...["-f", "lavfi", "-i", `${picture}=size=${size}:rate=${rate}`],
    ...[
      "-f",
      "lavfi",
      "-i",
      `aevalsrc='${voice}':s=${sampleRate},volume=${gainDb}dB,aformat=channel_layouts=${layout}`,
    ],
    ...["-t", String(lengthSec), "-pix_fmt", pixelFormat, ...video, ...audio, path],
  ]);
  return path;
}
