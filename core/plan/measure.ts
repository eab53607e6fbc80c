import { buildCommand, renderGraph } from "../ffmpeg/mod.ts";
import type { Media, MeasureJob } from "../types.ts";
import { newCanvas } from "./canvas.ts";
import { drawSound } from "./soundtrack.ts";
import { layOut } from "./grid.ts";
import { amplify, limit, soundFormat } from "./sound.ts";
import type { GainWish } from "./stages.ts";
import { clipsOf, lengthSec } from "./timeline.ts";
import { mainTrack } from "./tracks.ts";

/** Decoding and weighing sound runs at some two hundred times real time on one core. */
const measureSpeed = 200;

/**
 * One audio-only pass for each different sound whose loudness is wanted; no picture is decoded for it. Wishes on the
 * same sound share a pass.
 */
export function measureJobs(gains: readonly GainWish[], media: Media): readonly MeasureJob[] {
  const jobs = new Map<string, MeasureJob>();
  for (const wish of gains) {
    const command = measureCommand(wish, media);
    const key = JSON.stringify(command.args);
    const gain = { name: wish.name, loudness: wish.loudness };
    const limited = wish.loudness.limiter && { limited: measureCommand(wish, media, "limited") };
    const known = jobs.get(key);
    const after = [...new Set(clipsOf(wish.segments).flatMap(({ sound }) => sound.gains))];
    jobs.set(
      key,
      known
        ? { ...known, ...limited, gains: [...known.gains, gain], stages: [...new Set([...known.stages, wish.stage])] }
        : {
            kind: "measure",
            id: `measure ${wish.name}`,
            after,
            cores: 1,
            memoryBytes: 80e6,
            command,
            ...limited,
            gains: [gain],
            stages: [wish.stage],
          },
    );
  }
  return fixAfter([...jobs.values()]);
}

/** The late values that a limiter is tried with. */
const trial = "trial";

function measureCommand({ segments }: GainWish, media: Media, how: "plain" | "limited" = "plain") {
  const clips = clipsOf(segments);
  const format = soundFormat(clips, { codec: "pcm", tracks: "first" }, media) ?? {
    sampleRate: 48000,
    channels: 2,
    picks: [mainTrack],
  };
  const canvas = newCanvas(media, { picture: false, picks: [mainTrack] });
  const rate = { num: format.sampleRate, den: 1 };
  const pad = drawSound(canvas, layOut(segments, rate, format.sampleRate), { media, rate, format, pick: mainTrack });
  canvas.chains.push({
    from: [pad],
    filters: [
      ...(how === "limited" ? [amplify(trial), limit(trial)] : []),
      { name: "ebur128", args: { peak: "true", framelog: "verbose" }, on: "any" },
    ],
    to: ["m"],
  });
  const seconds = lengthSec(segments);
  return buildCommand({
    inputs: canvas.inputs.map((input) => ({ ...input, args: ["-vn"] })),
    graph: renderGraph(canvas.chains),
    outputs: [{ args: ["-map", "[m]"] }],
    logLevel: "info",
    mediaSec: seconds,
    expectSec: seconds / measureSpeed,
  });
}

/** So far jobs name the gains they wait for; a gain may be measured by the pass of another one. */
function fixAfter(jobs: readonly MeasureJob[]): readonly MeasureJob[] {
  const measuredBy = gainJobs(jobs);
  return jobs.map((job) => ({
    ...job,
    after: [...new Set(job.after.flatMap((gain) => measuredBy.get(gain) ?? []))].filter((id) => id !== job.id),
  }));
}

/** Gains by name, and the id of the job that yields each. */
export function gainJobs(jobs: readonly MeasureJob[]): ReadonlyMap<string, string> {
  return new Map(jobs.flatMap(({ id, gains }) => gains.map(({ name }) => [name, id] as const)));
}
