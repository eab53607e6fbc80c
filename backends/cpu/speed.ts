import type { Effort, Encode, Op, Task } from "vendue/backend";
import type { SoftwareEncoder } from "./encoders.ts";

/** Pixels per second of two cores. */
const decodePixelsPerSec = 750e6;
const opPixelsPerSec: Readonly<Record<Op["kind"], number>> = {
  frames: Infinity,
  crop: 3e9,
  pad: 2e9,
  format: 1.5e9,
  mirror: 1.5e9,
  rotate: 800e6,
  scale: 500e6,
  deinterlace: 250e6,
  tonemap: 25e6,
  flatten: 150e6,
  subtitles: 150e6,
};

/** How many times real time a task runs, on a machine with so many cores. */
export function speedOf(
  task: Task,
  { cores, encoder }: { readonly cores: number; readonly encoder?: SoftwareEncoder },
): number {
  const { inputs, decodes, ops, encode } = task;
  const entering = mean(inputs.map(({ width, height, fps }) => (width * height * fps.num) / fps.den));
  let load = decodes ? entering / decodePixelsPerSec : 0;
  // A scale changes how much the ops after it have to do.
  let flowing = entering;
  for (const op of ops) {
    if ((op.kind === "scale" || op.kind === "pad") && inputs[0]) {
      const after = op.width * op.height * (inputs[0].fps.num / inputs[0].fps.den);
      load += Math.max(flowing, after) / opPixelsPerSec[op.kind];
      flowing = after;
    } else load += flowing / opPixelsPerSec[op.kind];
  }
  if (encode && encoder) load += encodeLoad(encode, encoder);
  // More cores help less and less.
  const speed = (cores / 2) ** 0.8 / Math.max(load, 1e-3);
  return Number(speed.toPrecision(3));
}

function encodeLoad(
  { width, height, fps, effort, bitDepth, rate }: Encode,
  { pixelsPerSec, pace }: SoftwareEncoder,
): number {
  const once = (width * height * (fps.num / fps.den)) / (pixelsPerSec * pace[effort]);
  const deep = bitDepth === 10 ? 1.4 : 1;
  return once * deep * (rate.kind === "bitrate" && rate.twoPass ? 1.8 : 1);
}

/** What the time spent buys, against the most careful preset. */
export const careOf: Readonly<Record<Effort, number>> = {
  fastest: 0.6,
  faster: 0.75,
  fast: 0.87,
  balanced: 0.92,
  slow: 0.96,
  slower: 0.98,
  best: 1,
};

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
