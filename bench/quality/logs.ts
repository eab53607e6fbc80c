import { mean, quantile } from "../stats/mod.ts";
import type { Planes, Pooled } from "../types.ts";

/** Identical frames are infinitely alike; a number that can be averaged stands for that. */
const identicalDb = 100;

export interface FrameLevels extends Planes {
  /** Luma that a tenth of the pixels lies below, and that a tenth lies above. */
  readonly dark: number;
  readonly bright: number;
}

/** The file that the psnr filter writes: one line a frame. */
export function readPsnr(text: string): readonly Planes[] {
  return lines(text, /psnr_y:(\S+) psnr_u:(\S+) psnr_v:(\S+)/).map(([y, cb, cr]) => ({
    ...{ y: decibel(y), cb: decibel(cb), cr: decibel(cr) },
  }));
}

/** Of luma, in decibel. */
export function readSsim(text: string): readonly number[] {
  return lines(text, /Y:(\S+)/).map(([y]) => Math.min(identicalDb, -10 * Math.log10(1 - Number(y))));
}

/** What signalstats said of each frame, in code values of its own depth. */
export function readLevels(text: string): readonly FrameLevels[] {
  const frames = text.split(/^frame:/m).slice(1);
  return frames.map((frame) => {
    const value = (key: string) => Number(new RegExp(`signalstats\\.${key}=([\\d.]+)`).exec(frame)?.[1]);
    return { y: value("YAVG"), cb: value("UAVG"), cr: value("VAVG"), dark: value("YLOW"), bright: value("YHIGH") };
  });
}

/** The scores of one model, frame by frame. */
export function readVmaf(json: string, model: string): readonly number[] {
  const { frames } = JSON.parse(json) as { frames: readonly { metrics: Readonly<Record<string, number>> }[] };
  return frames.flatMap(({ metrics }) => metrics[model] ?? []);
}

/** Frame 0 has no motion before it and usually scores lowest, so only the mean counts it. */
export function pool(frames: readonly number[]): Pooled {
  const rest = frames.length > 1 ? frames.slice(1) : frames;
  return { mean: mean(frames), p5: quantile(rest, 0.05), min: Math.min(...rest) };
}

export function averagePlanes(frames: readonly Planes[]): Planes {
  return {
    y: mean(frames.map(({ y }) => y)),
    cb: mean(frames.map(({ cb }) => cb)),
    cr: mean(frames.map(({ cr }) => cr)),
  };
}

function lines(text: string, pattern: RegExp): readonly (readonly string[])[] {
  return text.split("\n").flatMap((line) => {
    const found = pattern.exec(line);
    return found ? [found.slice(1)] : [];
  });
}

function decibel(text = ""): number {
  return text === "inf" ? identicalDb : Number(text);
}
