import { rename } from "node:fs/promises";
import { expect } from "vitest";
import { clapTimes, makeClapper, type Clapper } from "../support/clapper.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import type { Made, Row } from "./row.ts";

/** A clip that flashes and beeps at every full second, then made odd by what stands before and behind its input. */
function clap(
  more: Partial<Clapper>,
  { before = [], after = [] }: { before?: readonly string[]; after?: readonly string[] } = {},
) {
  return async (path: string) => {
    const plain = `${path}.plain.mkv`;
    const audio = ["-c:a", "flac"];
    await makeClapper({ path: plain, rate: "25", sampleRate: 48000, lengthSec: 2, audio, ...more });
    const encoders = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-bf", "2", "-c:a", "aac", "-b:a", "64k"];
    const odd = `${path}.odd${path.slice(path.lastIndexOf("."))}`;
    await ffmpeg([...before, "-i", plain, ...encoders, ...after, odd]);
    await rename(odd, path);
  };
}

/** The flash and the beep of this second of the output, within a frame and 10 ms of where they belong. */
function clapsAt(...wanted: readonly number[]) {
  return async ({ path, part }: Made) => {
    if (part === "whole") return;
    const claps = await clapTimes(path);
    // The plain clip behind it begins with a tone.
    const [flashes, beeps] = [claps.flashes, claps.beeps].map((times) => times.filter((sec) => sec < 1.15));
    expect(flashes, "flashes").toHaveLength(wanted.length);
    expect(beeps, "beeps").toHaveLength(wanted.length);
    wanted.forEach((sec, nth) => {
      expect(Math.abs((flashes?.[nth] ?? 0) - sec), `flash ${flashes?.[nth]}`).toBeLessThanOrEqual(1 / 25);
      expect(Math.abs((beeps?.[nth] ?? 0) - sec), `beep ${beeps?.[nth]}`).toBeLessThanOrEqual(0.01);
    });
  };
}

/** The clap of second 1 of the file, which is cut from 0.4 on. */
const check = clapsAt(0.6);

/** Odd in their time. */
export const timeRows: readonly Row[] = [
  {
    name: "variable frame rate",
    file: "phone.mp4",
    make: clap({ rate: "30" }, { after: ["-vf", "select='not(eq(mod(n,7),3)+eq(mod(n,5),2))'", "-fps_mode", "vfr"] }),
    check,
  },
  {
    name: "starts at ten seconds",
    file: "late.mkv",
    make: clap({}, { after: ["-output_ts_offset", "10"] }),
    check,
  },
  {
    name: "time stamps that wrap",
    file: "wrap.ts",
    // 33 bits of a 90 kHz clock end at 95443.7 s.
    make: clap({}, { after: ["-output_ts_offset", "95442"] }),
    check,
  },
  {
    name: "an edit list that hides the start",
    file: "edited.mp4",
    make: async (path) => {
      const whole = `${path}.whole.mp4`;
      await makeClapper({ path: whole, rate: "25", sampleRate: 48000, lengthSec: 4 });
      await ffmpeg(["-ss", "1.3", "-i", whole, "-t", "2", "-c", "copy", path]);
    },
    check: clapsAt(0.3),
  },
  {
    name: "sound that starts late",
    file: "late_sound.mp4",
    make: clap({}, { after: ["-af", "atrim=start=0.7"] }),
    check,
  },
  {
    name: "sound that starts before the picture",
    file: "early_sound.mkv",
    make: clap({}, { after: ["-vf", "trim=start=0.6", "-c:a", "flac"] }),
    check,
  },
  {
    name: "holes in the sound",
    file: "holes.mkv",
    make: clap({}, { after: ["-af", "aselect='not(between(t,0.3,0.8))'", "-c:a", "flac"] }),
    check,
  },
  {
    name: "sound that ends before the picture",
    file: "short_sound.ts",
    make: clap({}, { after: ["-af", "atrim=end=1.3"] }),
    check,
  },
];
