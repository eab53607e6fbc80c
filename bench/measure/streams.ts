import { classify, noProgress, readProgress } from "../../core/ffmpeg/mod.ts";
import { createSensors } from "../../core/host/mod.ts";
import { type GpuUse, isMeasured, type Measured, notMeasured } from "../types.ts";
import { watchGpu } from "./gpu.ts";
import type { Rig } from "./rig.ts";

export interface StreamsWish {
  /** One command for each stream. */
  readonly streams: readonly (readonly string[])[];
  readonly accel: boolean;
  readonly windowSec: number;
  /** When streams that do not start are given up. */
  readonly startSec?: number;
}

export type StreamsSeen =
  | {
      readonly ok: true;
      readonly fps: readonly number[];
      /** Of the device that encodes, or of the processor, meanwhile; gross, idle included. */
      readonly watts: Measured;
    }
  /** A stream was refused or died: in ffmpeg's words. */
  | { readonly ok: false; readonly reason: string };

interface Mark {
  readonly atMs: number;
  readonly frame: number;
}

/**
 * Runs several encodes at once and counts each one's frames over a time in which all of them run: from the moment the
 * last has begun. They are ended then, so the commands may be as long as they like.
 */
export async function runStreams(
  { streams, accel, windowSec, startSec = 60 }: StreamsWish,
  rig: Rig,
): Promise<StreamsSeen> {
  const { host, signal } = rig;
  const over = new AbortController();
  const marks = streams.map((): Mark[] => []);
  const watch = watchGpu(accel);
  const energy = await watchEnergy();
  let timer = setTimeout(() => over.abort(), startSec * 1000);
  let fromMs: number | undefined;
  const see = (nth: number, frame: number) => {
    if (frame > 0) marks[nth]?.push({ atMs: performance.now(), frame });
    if (fromMs !== undefined || marks.some((own) => own.length === 0)) return;
    fromMs = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => over.abort(), windowSec * 1000);
  };
  const ended = await Promise.all(
    streams.map(async (args, nth) => {
      let state = noProgress;
      const end = await host.spawn({
        ...{ program: host.tools.ffmpeg, args, graceSec: 0, signal: AbortSignal.any([signal, over.signal]) },
        ...(nth === 0 && { onStart: watch.see }),
        onProgress: (text) => {
          const read = readProgress(state, text);
          state = read.state;
          for (const { frame } of read.reports) see(nth, frame);
        },
      });
      // One that fails would leave the others with more than their share.
      if (end.why === "exited" && end.exitCode !== 0) over.abort();
      return end;
    }),
  );
  clearTimeout(timer);
  const watts = accel ? powerOf(await watch.end()) : await energy();
  signal.throwIfAborted();
  const dead = ended.find(({ why, exitCode }) => why !== "cancelled" && exitCode !== 0);
  if (dead) {
    const { exitCode, signal: by, stderr } = dead;
    return { ok: false, reason: classify(stderr, { reads: [], writes: [], exitCode, signal: by, accel }).line };
  }
  const begun = fromMs;
  if (begun === undefined) return { ok: false, reason: `not every stream began within ${startSec} s` };
  return { ok: true, fps: marks.map((own) => rateOf(own.filter(({ atMs }) => atMs >= begun))), watts };
}

function rateOf(marks: readonly Mark[]): number {
  const [first] = marks;
  const last = marks.at(-1);
  if (!first || !last || last.atMs <= first.atMs) return 0;
  return ((last.frame - first.frame) * 1000) / (last.atMs - first.atMs);
}

/** The processor's own counter, from now on; most systems show it to root only. */
async function watchEnergy(): Promise<() => Promise<Measured>> {
  const sensors = createSensors({});
  const joules = async () => (await sensors.read({ gpu: false })).find((one) => one.kind === "cpu")?.joules;
  const [before, begunMs] = [await joules(), performance.now()];
  return async () => {
    const after = await joules();
    if (before === undefined || after === undefined)
      return notMeasured("this system does not tell the processor's energy (RAPL; root only on most)");
    return ((after - before) * 1000) / (performance.now() - begunMs);
  };
}

function powerOf(gpu: Measured<GpuUse>): Measured {
  return isMeasured(gpu) ? gpu.powerW : gpu;
}

/** Joules for a minute of video, from the power and what was made of it. */
export function joulesPerMinute(watts: Measured, sumFps: number, videoFps: number): Measured {
  if (!isMeasured(watts)) return watts;
  return sumFps > 0 ? (watts * 60 * videoFps) / sumFps : notMeasured("nothing was encoded");
}
