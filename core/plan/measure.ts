import { buildCommand, renderGraph } from "../ffmpeg/mod.ts";
import type { Media, MeasureJob } from "../types.ts";
import { drawSound, newCanvas } from "./branches.ts";
import { layOut } from "./grid.ts";
import { soundFormat } from "./sound.ts";
import type { GainWish } from "./stages.ts";
import { clipsOf, lengthSec } from "./timeline.ts";

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
    const known = jobs.get(key);
    const after = gains.filter(({ name }) => clipsOf(wish.segments).some(({ sound }) => sound.gains.includes(name)));
    jobs.set(
      key,
      known
        ? { ...known, gains: [...known.gains, gain], stages: [...new Set([...known.stages, wish.stage])] }
        : {
            kind: "measure",
            id: `measure ${wish.name}`,
            after: after.map(({ name }) => `measure ${name}`),
            cores: 1,
            memoryBytes: 80e6,
            command,
            gains: [gain],
            stages: [wish.stage],
          },
    );
  }
  return fixAfter([...jobs.values()]);
}

function measureCommand({ segments }: GainWish, media: Media) {
  const clips = clipsOf(segments);
  const format = soundFormat(clips, { codec: "pcm", tracks: "first" }, media) ?? {
    sampleRate: 48000,
    channels: 2,
    tracks: 1,
  };
  const canvas = newCanvas(media);
  const rate = { num: format.sampleRate, den: 1 };
  const pad = drawSound(canvas, layOut(segments, rate, format.sampleRate), { media, rate, format, track: 0 });
  canvas.chains.push({
    from: [pad],
    filters: [{ name: "ebur128", args: { peak: "true", framelog: "verbose" }, on: "any" }],
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

/** A gain that rides on another job's pass is named by that job. */
function fixAfter(jobs: readonly MeasureJob[]): readonly MeasureJob[] {
  return jobs.map((job) => ({
    ...job,
    after: jobsFor(
      job.after.map((id) => id.replace(/^measure /, "")),
      jobs,
    ).filter((id) => id !== job.id),
  }));
}

/** The jobs that yield these gains. */
export function jobsFor(names: readonly string[], jobs: readonly MeasureJob[]): readonly string[] {
  return jobs.filter(({ gains }) => gains.some(({ name }) => names.includes(name))).map(({ id }) => id);
}
