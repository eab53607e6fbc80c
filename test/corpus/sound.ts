import { expect } from "vitest";
import { samples } from "../support/ffmpeg.ts";
import type { Made, Row } from "./row.ts";
import { picture, scene } from "./scene.ts";

const movie = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=2"];
/** A tone at full scale in each of these channels. */
const loud = (channels: number, layout: string) => [
  ...["-f", "lavfi", "-i"],
  `aevalsrc='${Array.from({ length: channels }, () => "0.98*sin(2*PI*400*t)").join("|")}':s=48000:d=2:c=${layout}`,
];
const tone = (hertz: number) => ["-f", "lavfi", "-i", `sine=frequency=${hertz}:sample_rate=48000:duration=2`];

const loudest = (sound: Float32Array) => sound.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

/** The peak of the file's own part, which the cut leaves at the start; a plain clip follows. */
function peak(least: number, most: number) {
  return async ({ path }: Made) => {
    // Read as one channel, two that are alike add up to 3 dB more.
    const found = loudest((await samples(path)).slice(800, 8000)) / Math.SQRT2;
    expect(found).toBeGreaterThanOrEqual(least);
    expect(found).toBeLessThanOrEqual(most);
  };
}

/** Which of these tones is heard in a track, by how much of it there is. */
async function hears(path: string, track: number, hertz: number): Promise<number> {
  const rate = 8000;
  const sound = (await samples(path, rate, track)).slice(800, 7200);
  const part = (wave: (at: number) => number) =>
    sound.reduce((sum, one, nth) => sum + one * wave((2 * Math.PI * hertz * nth) / rate), 0) / sound.length;
  return 2 * Math.hypot(part(Math.sin), part(Math.cos));
}

/** Two languages and a commentary, each with a tone of its own. */
const three = [
  ...[...movie, ...tone(300), ...tone(500), ...tone(900), "-map", "0:v", "-map", "1:a", "-map", "2:a", "-map", "3:a"],
  ...[...picture, "-c:a", "aac", "-b:a", "64k"],
  ...["-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=spa", "-metadata:s:a:2", "language=eng"],
  ...["-disposition:a:0", "default", "-disposition:a:1", "0", "-disposition:a:2", "comment"],
];

/** Odd in their sound. */
export const soundRows: readonly Row[] = [
  {
    name: "mono at 8 kHz",
    file: "phone.mkv",
    make: [...movie, ...loud(1, "mono"), ...picture, "-c:a", "pcm_s16le", "-ar", "8000"],
    // From both speakers as loud as from the one.
    check: peak(0.85, 1.05),
  },
  {
    name: "5.1 at full scale",
    file: "surround.mkv",
    make: [...movie, ...loud(6, "5.1"), ...picture, "-c:a", "flac"],
    // All of it at once would clip if it were only added up; an encoder adds a little.
    check: peak(0.85, 1.05),
  },
  {
    name: "several audio tracks, all kept",
    file: "three.mkv",
    make: three,
    exports: "audio: { tracks: all }",
    joined: { sound: ["48000 Hz stereo", "48000 Hz stereo", "48000 Hz stereo"] },
    check: async ({ path, info }) => {
      expect(info.audio.map(({ language }) => language)).toEqual(["eng", "spa", "eng"]);
      for (const [track, hertz] of [300, 500, 900].entries())
        expect(await hears(path, track, hertz)).toBeGreaterThan(0.08);
    },
  },
  {
    name: "several audio tracks, two chosen",
    file: "chosen.mkv",
    make: three,
    exports: "audio: { tracks: [spa, eng commentary] }",
    joined: {
      sound: ["48000 Hz stereo", "48000 Hz stereo"],
      warns: [/has no spa track/, /has no eng commentary track/],
    },
    check: async ({ path }) => {
      expect(await hears(path, 0, 500)).toBeGreaterThan(0.08);
      expect(await hears(path, 1, 900)).toBeGreaterThan(0.08);
      expect(await hears(path, 0, 300)).toBeLessThan(0.01);
    },
  },
  {
    name: "several audio tracks, mixed",
    file: "mixed.mkv",
    make: three,
    exports: "audio: { tracks: mix }",
    check: async ({ path }) => {
      for (const hertz of [300, 500, 900]) expect(await hears(path, 0, hertz)).toBeGreaterThan(0.03);
    },
  },
  {
    name: "no sound",
    file: "silent.mp4",
    make: [...scene().slice(0, 4), ...picture, "-an"],
    check: peak(0, 0.001),
  },
];
