import { classify, type Failure, noProgress, readProgress } from "../ffmpeg/mod.ts";
import { type Host, writeWhole } from "../host/mod.ts";
import type { Command } from "../types.ts";
import { fillIn } from "./gain.ts";

export interface Tick {
  /** Media seconds done, of the command's own length. */
  readonly mediaSec: number;
  readonly speed: number;
  readonly fps: number;
}

export interface AttemptOptions {
  readonly host: Host;
  readonly gains: ReadonlyMap<string, number>;
  readonly accel: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly logFile: string;
  readonly onTick: (tick: Tick) => void;
}

export type AttemptEnd =
  | { readonly outcome: "done"; readonly stderr: string }
  | { readonly outcome: "cancelled" }
  | { readonly outcome: "failed" | "stalled"; readonly failure: Failure };

/** Runs the commands of one bid in order; the first that fails ends the attempt. */
export async function attempt(commands: readonly Command[], options: AttemptOptions): Promise<AttemptEnd> {
  let doneSec = 0;
  let stderr = "";
  const totalSec = commands.reduce((sum, { mediaSec }) => sum + mediaSec, 0);
  for (const command of commands) {
    const share = totalSec > 0 ? command.mediaSec / totalSec : 0;
    const before = doneSec;
    const end = await runCommand(command, {
      ...options,
      onTick: (tick) => options.onTick({ ...tick, mediaSec: before + tick.mediaSec * share }),
    });
    if (end.outcome !== "done") return end;
    doneSec += command.mediaSec * share;
    stderr = end.stderr;
  }
  return { outcome: "done", stderr };
}

async function runCommand(command: Command, options: AttemptOptions): Promise<AttemptEnd> {
  const { host, gains, accel, signal, logFile, onTick } = options;
  const { args, reads, writes, files } = command;
  for (const { path, text } of files) await writeWhole(path, text);
  let progress = noProgress;
  const ended = await host.spawn({
    program: host.tools.ffmpeg,
    args: fillIn(args, gains),
    signal,
    ...(command.mediaSec > 0 && { stallSec: host.settings.stall_sec }),
    graceSec: host.settings.grace_sec,
    logFile,
    onProgress(text) {
      const { state, reports } = readProgress(progress, text);
      progress = state;
      const last = reports.at(-1);
      if (last) onTick({ mediaSec: last.mediaSec, speed: last.speed, fps: last.fps });
    },
  });
  const { why, exitCode, stderr } = ended;
  if (why === "cancelled") return { outcome: "cancelled" };
  if (why === "stalled" || why === "timeout") return { outcome: "stalled", failure: stalled(host.settings.stall_sec) };
  if (why === "unstartable")
    return {
      outcome: "failed",
      failure: {
        code: "FFMPEG_MISSING",
        retry: "never",
        line: stderr,
        rule: "unstartable",
        hint: "check the path of ffmpeg: vendue config",
      },
    };
  // 5.1 ends with zero when the disk fills up at the very end.
  const lateError = /Error (?:writing trailer|closing file)/.test(stderr);
  if (exitCode === 0 && !lateError) return { outcome: "done", stderr };
  return { outcome: "failed", failure: classify(stderr, { reads, writes, exitCode, signal: ended.signal, accel }) };
}

function stalled(stallSec: number): Failure {
  return {
    code: "STALLED",
    retry: "next-bid",
    line: `no progress for ${stallSec} s, so the process was ended`,
    rule: "stall",
    hint: "a driver or a disk may hang; raise stall_sec if the machine is only slow",
  };
}
