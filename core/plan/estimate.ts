import { toNumber } from "../media/mod.ts";
import type { Media, Plan, Task } from "../types.ts";
import type { Work } from "./lower.ts";
import { audioKbps } from "./sound.ts";
import { clipsOf } from "./timeline.ts";

/** An encoder splits a picture into rows; past a point more cores wait for each other. */
export function usefulCores({ base, copies }: Work): number {
  return base === undefined || copies ? 1 : Math.max(2, Math.round((base.size.width * base.size.height) / 150_000));
}

/** Frames in flight per input, and what an encoder at medium effort holds back; measured at 1080p. */
export function memoryBytes({ base, seen, slots, outlets }: Work): number {
  if (base === undefined) return 100e6;
  const opened = new Set(slots.flatMap(({ segment }) => clipsOf([segment])));
  const decoders = seen
    .filter(({ clip }) => opened.has(clip))
    .reduce((sum, { video }) => sum + video.width * video.height * 18, 0);
  const encoders = outlets.reduce(
    (sum, { format }) => sum + (format ? format.size.width * format.size.height * 220 : 0),
    0,
  );
  return Math.round(60e6 + decoders + encoders);
}

/** A cautious guess from the asked bitrate, or from bits per pixel at that quality. */
export function diskBytes(work: Work, media: Media): number {
  return work.outlets.reduce((sum, { encode, audio, sound, durationSec }) => {
    const soundKbps = audio && sound ? audioKbps(audio, sound) * sound.tracks : 0;
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

export function longestPath(jobs: Plan["jobs"]): number {
  const ends = new Map<string, number>();
  let renders = 0;
  for (const job of jobs) {
    const start = Math.max(0, ...job.after.map((id) => ends.get(id) ?? 0));
    const own =
      job.kind === "measure"
        ? job.command.expectSec
        : (job.bids[0]?.commands ?? []).reduce((sum, { expectSec }) => sum + expectSec, 0);
    // Encodes fill the machine, so one follows another; measuring is cheap and runs beside.
    if (job.kind === "render") renders += own;
    ends.set(job.id, start + own);
  }
  return Math.max(renders, ...ends.values(), 0);
}
