import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { boundedLog } from "./bounded_log.ts";

export interface SpawnOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Ended when nothing is reported for this long; absent means no watchdog. */
  readonly stallSec?: number;
  /** Ended after this long, whatever it does. */
  readonly limitSec?: number;
  /** Between the polite signal and the forceful one. */
  readonly graceSec?: number;
  /** Where all of stderr goes, up to a bound. */
  readonly logFile?: string;
  /** Called with text from the progress pipe; its presence adds `-progress` on a pipe of its own. */
  readonly onProgress?: (text: string) => void;
  /** Called with the process once it runs, for those who look at it from outside. */
  readonly onStart?: (pid: number) => void;
  /** Leaves the processor to whoever else wants it. */
  readonly background?: boolean;
  /** Keeps stdout, which is otherwise thrown away. */
  readonly keepStdout?: boolean;
  /** Called with stdout as it comes, where it is too long to keep. */
  readonly onStdout?: (text: string) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** How much of the start and of the end of stderr is kept in memory. */
  readonly keepChars?: number;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  /** The first and the last of it, when it is long. */
  readonly stderr: string;
  readonly wallSec: number;
  readonly why: "exited" | "cancelled" | "stalled" | "timeout" | "unstartable";
}

/** Process groups now running, so that none outlives this process. */
const groups = new Set<number>();
export const runningPids = (): readonly number[] => [...groups];
process.once("exit", () => groups.forEach((pid) => kill(pid, "SIGKILL")));

/**
 * Runs one program to its end, without a shell. It gets its own process group, so that ending it ends its children
 * too, and on Linux the kernel ends it if we are killed. Never throws: how it ended is data.
 */
export async function spawnProgram(options: SpawnOptions, launcher: readonly string[]): Promise<Ended> {
  const {
    program,
    signal,
    stallSec,
    limitSec,
    graceSec = 5,
    logFile,
    onProgress,
    onStart,
    background = false,
    keepStdout = false,
    onStdout,
    env,
    keepChars = 128 * 1024,
  } = options;
  const args = [...(onProgress ? ["-progress", "pipe:3", "-stats_period", "0.25"] : []), ...options.args];
  const [file = program, ...rest] = [...launcher, program, ...args];
  const started = performance.now();
  if (signal?.aborted) return ended({ why: "cancelled" });
  // Commands that start nothing should not wait for it to load.
  const { execa } = await import("execa");

  const child = execa(file, rest, {
    stdio: ["ignore", keepStdout || onStdout ? "pipe" : "ignore", "pipe", ...(onProgress ? ["pipe" as const] : [])],
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
    stripFinalNewline: false,
    // CUDA counts cards fastest first unless told otherwise; everyone else counts them by slot.
    env: { CUDA_DEVICE_ORDER: "PCI_BUS_ID", ...env },
  });
  const { pid } = child;
  if (pid !== undefined) {
    groups.add(pid);
    if (background) yieldCores(pid);
    onStart?.(pid);
  }

  let why: Ended["why"] = "exited";
  let force: NodeJS.Timeout | undefined;
  function end(reason: Ended["why"], graceMs: number) {
    if (why !== "exited" || pid === undefined) return;
    why = reason;
    kill(pid, "SIGTERM");
    force = setTimeout(() => kill(pid, "SIGKILL"), graceMs);
  }
  const cancel = () => end("cancelled", graceSec * 1000);
  signal?.addEventListener("abort", cancel, { once: true });
  // It may have come while the program was being started; nobody is told twice.
  if (signal?.aborted) cancel();
  const limit = limitSec === undefined ? undefined : setTimeout(() => end("timeout", 2000), limitSec * 1000);
  const watchdog = stallSec === undefined ? undefined : newWatchdog(stallSec, () => end("stalled", 2000));

  const errors = newTail(keepChars);
  const log = logFile === undefined ? undefined : boundedLog(logFile);
  const outputs: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors.add(text);
    log?.add(text);
  });
  child.stdout?.setEncoding("utf8").on("data", onStdout ?? ((text: string) => outputs.push(text)));
  (child.stdio[3] as NodeJS.ReadableStream | undefined)?.setEncoding("utf8").on("data", (text: string) => {
    watchdog?.see(text);
    onProgress?.(text);
  });

  const result = await child;
  if (pid !== undefined) {
    // What a wrapper script left behind goes with it.
    if (why !== "exited") kill(pid, "SIGKILL");
    groups.delete(pid);
  }
  clearTimeout(force);
  clearTimeout(limit);
  watchdog?.stop();
  signal?.removeEventListener("abort", cancel);
  await log?.close();
  if (pid === undefined)
    return ended({ why: "unstartable", stderr: result.message ?? `${program} could not be started` });
  return ended({
    why,
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stdout: outputs.join(""),
    stderr: errors.text(),
  });

  function ended(part: Partial<Ended> & Pick<Ended, "why">): Ended {
    return {
      exitCode: null,
      signal: null,
      stdout: "",
      stderr: "",
      wallSec: (performance.now() - started) / 1000,
      ...part,
    };
  }
}

function kill(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // Gone already, which is what was wanted.
  }
}

/** Barks when the progress reports stop changing in anything but their own clocks. */
function newWatchdog(stallSec: number, bark: () => void) {
  let last = "";
  let timer = setTimeout(bark, stallSec * 1000);
  return {
    see(text: string) {
      const state = /(?:frame|out_time_us|total_size)=[^\n]*/g;
      const now = (text.match(state) ?? []).join();
      if (now === "" || now === last) return;
      last = now;
      clearTimeout(timer);
      timer = setTimeout(bark, stallSec * 1000);
    },
    stop: () => clearTimeout(timer),
  };
}

function newTail(keepChars: number) {
  let head = "";
  let tail = "";
  return {
    add(text: string) {
      const room = keepChars - head.length;
      head += text.slice(0, room);
      if (text.length > room) tail = (tail + text.slice(Math.max(0, room))).slice(-keepChars);
    },
    text: () => (tail === "" ? head : `${head}\n[...]\n${tail}`),
  };
}

/** It may have ended already, or the system may not let us: then it runs like any other. */
function yieldCores(pid: number): void {
  const nice = constants.priority.PRIORITY_BELOW_NORMAL;
  try {
    setPriority(pid, nice);
    // Linux may share the cores between sessions first, and each program has its own: there the session has to yield.
    if (process.platform === "linux") writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    return;
  }
}
