import pLimit from "p-limit";
import { classify, type Failure, noProgress, readProgress } from "../ffmpeg/mod.ts";
import { type Host, writeWhole } from "../host/mod.ts";
import type { Command, RankedBid } from "../types.ts";
import { spillGraph } from "./long_graph.ts";
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
  /** Leaves the processor to whoever else wants it. */
  readonly background?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly logFile: string;
  readonly onTick: (tick: Tick) => void;
  /** Called when every piece is made, and what is left takes one command at a time. */
  readonly onJoin?: () => void;
}

export type AttemptEnd =
  | { readonly outcome: "done"; readonly stderr: string }
  | { readonly outcome: "cancelled" }
  | { readonly outcome: "failed" | "stalled"; readonly failure: Failure };

/** Runs the commands of one bid: those that make pieces side by side, the others in order. A failure ends them all. */
export async function attempt(
  { commands, pieces }: Pick<RankedBid, "commands" | "pieces">,
  options: AttemptOptions,
): Promise<AttemptEnd> {
  const making = commands.slice(0, pieces?.list.length ?? 0);
  const onTick = addUp(commands, options.onTick);
  const made = await sideBySide(making, pieces?.atOnce ?? 1, { ...options, onTick });
  if (made.outcome !== "done") return made;
  options.onJoin?.();
  let { stderr } = made;
  for (const command of commands.slice(making.length)) {
    const end = await runCommand(command, { ...options, onTick: (tick) => onTick(command, tick) });
    if (end.outcome !== "done") return end;
    ({ stderr } = end);
  }
  return { outcome: "done", stderr };
}

type TellTick = (command: Command, tick: Tick) => void;

/** Many commands as one, each with the share of the time that it was expected to take. */
function addUp(commands: readonly Command[], tell: (tick: Tick) => void): TellTick {
  const wholeSec = commands.reduce((sum, { expectSec }) => sum + expectSec, 0);
  const longestSec = Math.max(...commands.map(({ mediaSec }) => mediaSec));
  const spent = new Map<Command, number>();
  return (command, tick) => {
    const { mediaSec, expectSec } = command;
    spent.set(command, mediaSec > 0 ? Math.min(1, tick.mediaSec / mediaSec) * expectSec : 0);
    const spentSec = [...spent.values()].reduce((sum, one) => sum + one, 0);
    tell({ ...tick, mediaSec: wholeSec > 0 ? (spentSec / wholeSec) * longestSec : 0 });
  };
}

/** The first that fails stops the others, and is the one that is told of. */
async function sideBySide(
  commands: readonly Command[],
  atOnce: number,
  { signal, onTick, ...options }: Omit<AttemptOptions, "onTick"> & { readonly onTick: TellTick },
): Promise<AttemptEnd> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const limit = pLimit(Math.max(1, atOnce));
  let failed: AttemptEnd | undefined;
  await Promise.all(
    commands.map((command) =>
      limit(async () => {
        if (either.aborted) return;
        const tick = (one: Tick) => onTick(command, one);
        const end = await runCommand(command, { ...options, signal: either, onTick: tick });
        if (end.outcome === "done" || failed) return;
        failed = end;
        stop.abort();
      }),
    ),
  );
  return failed ?? (signal?.aborted ? { outcome: "cancelled" } : { outcome: "done", stderr: "" });
}

async function runCommand(command: Command, options: AttemptOptions): Promise<AttemptEnd> {
  const { host, gains, accel, background = false, signal, logFile, onTick } = options;
  const { args, reads, writes, files } = command;
  for (const { path, text } of files) await writeWhole(path, text);
  let progress = noProgress;
  const filled = fillIn(args, gains);
  const beside = writes[0];
  const ready =
    beside === undefined ? filled : await spillGraph(filled, { beside, release: (await host.build()).release });
  const ended = await host.spawn({
    program: host.tools.ffmpeg,
    args: ready,
    signal,
    ...(command.mediaSec > 0 && { stallSec: host.settings.stall_sec }),
    graceSec: host.settings.grace_sec,
    logFile,
    background,
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
