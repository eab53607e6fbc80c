import type { Failure } from "./classify.ts";

/** How a process ended. */
export interface Ending {
  readonly exitCode: number | null;
  readonly signal?: string | null;
}

/** A failure that can be told from the way the process ended alone; undefined where it cannot. */
export function endedBy(ending: Ending): Failure | undefined {
  const signal = signalOf(ending);
  const line = endingOf(ending);
  if (signal === "SIGXFSZ") {
    const hint = "a limit of this user does not take a file this large";
    return { code: "DISK_FULL", retry: "never", line, hint, rule: "file-limit" };
  }
  if (signal === "SIGKILL") {
    const hint = "the system probably ran out of memory; run fewer jobs at once, or give it more";
    return { code: "CRASHED", retry: "next-bid", line, hint, rule: "killed" };
  }
  if (crashes.has(signal ?? "") || (ending.exitCode ?? 0) >= ntStatus) {
    const hint = "a driver or a library crashed; update it, or leave this backend out";
    return { code: "CRASHED", retry: "next-bid", line, hint, rule: "crashed" };
  }
  return undefined;
}

/** The ending in words, for when ffmpeg said nothing. */
export function endingOf(ending: Ending): string {
  const signal = signalOf(ending);
  if (signal !== undefined) return `ffmpeg was ended by ${signal}`;
  const { exitCode } = ending;
  if (exitCode === null) return "ffmpeg ended without an exit code";
  return `ffmpeg ended with exit code ${exitCode >= ntStatus ? `0x${exitCode.toString(16)}` : exitCode}`;
}

const crashes: ReadonlySet<string> = new Set(["SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"]);

/** From here on, an exit code on Windows is an exception that nobody caught. */
const ntStatus = 0xc0000000;

/** A launcher such as a sandbox reports the signal of its child as 128 and its number. */
const signals: Readonly<Record<number, string>> = {
  132: "SIGILL",
  134: "SIGABRT",
  135: "SIGBUS",
  136: "SIGFPE",
  137: "SIGKILL",
  139: "SIGSEGV",
  153: "SIGXFSZ",
};

function signalOf({ exitCode, signal }: Ending): string | undefined {
  return signal ?? signals[exitCode ?? 0];
}
