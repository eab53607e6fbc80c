import { toNumber } from "../media/mod.ts";
import type { Codec, Effort, Job, Media, Size, Task } from "../types.ts";
import type { Slot } from "./grid.ts";
import type { Work } from "./lower.ts";
import { audioKbps } from "./sound.ts";
import type { Split } from "./split.ts";
import { clipsOf } from "./timeline.ts";

/** An encoder splits a picture into rows; past a point more cores wait for each other. */
export function usefulCores({ base, copies }: Work): number {
  return base === undefined || copies ? 1 : Math.max(2, Math.round((base.size.width * base.size.height) / 150_000));
}

/** What a work takes while it runs: all of it in one process, or the pieces that run at once. */
export function memoryBytes(work: Work, { parts, atOnce }: Split): number {
  return parts
    .map((part) => pieceBytes(work, part))
    .sort((a, b) => b - a)
    .slice(0, atOnce)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes per pixel that an encoder holds back at medium effort, and the share of that at each effort; measured. */
const encoderBytes: Readonly<Record<Codec, number>> = { h264: 235, hevc: 215, av1: 420, vp9: 180 };
const effortShare: Readonly<Record<Effort, number>> = {
  ...{ fastest: 0.4, faster: 0.6, fast: 0.85, balanced: 1, slow: 1.2, slower: 1.6, best: 2 },
};

/** Frames in flight per range that is open, and what the encoders hold back; measured at 1080p. */
export function pieceBytes({ base, videos, outlets }: Work, slots: readonly Slot[]): number {
  if (base === undefined) return 100e6;
  const decoders = slots
    .flatMap(({ segment, comb }) => clipsOf([segment]).slice(0, comb ? 1 : undefined))
    .reduce((sum, { source }) => sum + area(videos.get(source) ?? base.size) * 30, 0);
  const encoders = outlets.reduce((sum, { format, encode }) => {
    if (format === undefined || encode === undefined) return sum;
    return sum + area(format.size) * encoderBytes[encode.codec] * effortShare[encode.effort];
  }, 0);
  return Math.round(60e6 + decoders + encoders * (base.bitDepth > 8 ? 1.6 : 1));
}

function area({ width, height }: Size): number {
  return width * height;
}

/** A cautious guess from the asked bitrate, or from bits per pixel at that quality. */
export function diskBytes(work: Work, media: Media): number {
  return work.outlets.reduce((sum, { encode, audio, sound, durationSec }) => {
    const soundKbps = audio && sound ? audioKbps(audio, sound) * sound.picks.length : 0;
    const pictureKbps = encode ? encodeKbps(encode) : work.copies ? sourceKbps(work, media) : 0;
    return sum + Math.round(((soundKbps + pictureKbps) * durationSec * 1000) / 8);
  }, 0);
}

function encodeKbps({ rate, width, height, fps }: NonNullable<Task["encode"]>): number {
  if (rate.kind === "bitrate") return rate.kbps;
  const quality = rate.kind === "quality" ? rate.quality : Math.max(0, 100 - (rate.crf - 14) * 3.3);
  return (width * height * toNumber(fps) * 0.11 * 2 ** ((quality - 70) / 18)) / 1000;
}

function sourceKbps({ seen }: Work, { files }: Media): number {
  const info = files[seen[0]?.clip.source ?? ""];
  return info && info.durationSec > 0 ? (info.sizeBytes * 8) / 1000 / info.durationSec : 0;
}

/** How long jobs take, each after what it waits for. */
export function longestPath(
  jobs: readonly { readonly job: Pick<Job, "kind" | "id" | "after">; readonly sec: number }[],
): number {
  const ends = new Map<string, number>();
  let renders = 0;
  for (const { job, sec } of jobs) {
    const start = Math.max(0, ...job.after.map((id) => ends.get(id) ?? 0));
    // Encodes fill the machine, so one follows another; measuring is cheap and runs beside.
    if (job.kind === "render") renders += sec;
    ends.set(job.id, start + sec);
  }
  return Math.max(renders, ...ends.values(), 0);
}
