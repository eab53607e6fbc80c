import { VendueError } from "../../core/errors.ts";
import { classify, noProgress, readProgress } from "../../core/ffmpeg/mod.ts";
import type { Ended } from "../../core/host/mod.ts";
import { readShellTimes, readUsage, type Usage } from "../readings/mod.ts";
import { notMeasured, type Sample } from "../types.ts";
import { watchGpu } from "./gpu.ts";
import { counters, noiseBetween } from "./machine.ts";
import { type Rig, sizeOf } from "./rig.ts";

/** A sample before it is known which side and round it belongs to. */
export type Seen = Omit<Sample, "side" | "round" | "length">;

export interface FfmpegRun {
  /** With `-benchmark`, so that ffmpeg gives its own account. */
  readonly args: readonly string[];
  readonly output?: string;
  /** Whether a GPU is at work, which then is looked at. */
  readonly accel: boolean;
  /** Another build than the host's. */
  readonly program?: string;
  /** A run that hangs ends as a failure. */
  readonly limitSec?: number;
  readonly signal?: AbortSignal;
}

/** Runs ffmpeg once and says what it took. It throws where ffmpeg failed; cancelling ends the whole process group. */
export async function runFfmpeg(run: FfmpegRun, { host, signal }: Rig): Promise<Seen> {
  const { args, output, accel, program = host.tools.ffmpeg, limitSec = 600 } = run;
  const watch = watchGpu(accel);
  const before = await counters();
  let progress = noProgress;
  const ended = await host.spawn({
    ...{ program, args, limitSec, graceSec: 0, onStart: watch.see, signal: run.signal ?? signal },
    onProgress: (text) => (progress = readProgress(progress, text).state),
  });
  const gpu = await watch.end();
  throwIfFailed(ended, { args, accel, limitSec });
  const noise = noiseBetween(before, await counters(), ended.wallSec);
  const bytes = output === undefined ? 0 : await sizeOf(output);
  return {
    ...{ wallSec: ended.wallSec, bytes, frames: progress.report.frame, noise, gpu },
    ...readUsage(ended.stderr),
  };
}

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly limitSec?: number;
  readonly signal?: AbortSignal;
}

/** Runs any program once; a shell around it keeps account of it and of every process it waited for. */
export async function runProgram(
  run: ProgramRun,
  { host, signal }: Rig,
): Promise<Pick<Seen, "wallSec" | "noise"> & Usage> {
  const { program, args, env = {}, limitSec = 600 } = run;
  const before = await counters();
  const script = '"$@"; code=$?; times >&2; exit $code';
  const ended = await host.spawn({
    ...{ program: "/bin/sh", args: ["-c", script, "sh", program, ...args] },
    ...{ env, limitSec, graceSec: 0, signal: run.signal ?? signal },
  });
  throwIfFailed(ended, { args: [program, ...args], accel: false, limitSec });
  const noise = noiseBetween(before, await counters(), ended.wallSec);
  const peakBytes = notMeasured("a shell does not tell memory");
  return { wallSec: ended.wallSec, noise, cpuSec: readShellTimes(ended.stderr), peakBytes };
}

function throwIfFailed(
  { why, exitCode, signal, stderr }: Ended,
  { args, accel, limitSec }: { readonly args: readonly string[]; readonly accel: boolean; readonly limitSec: number },
): void {
  if (why === "exited" && exitCode === 0) return;
  if (why === "cancelled") throw new VendueError("CANCELLED", "The measurement was cancelled");
  if (why === "timeout") throw new VendueError("STALLED", `It did not end within ${limitSec} s`, { data: { args } });
  const { code, line } = classify(stderr, { reads: [], writes: [], exitCode, signal, accel });
  throw new VendueError(code, line, { data: { args, stderr: stderr.slice(-2000) } });
}
