import { type Measured, notMeasured } from "../types.ts";

export interface Usage {
  /** User and system time of the whole process. */
  readonly cpuSec: Measured;
  readonly peakBytes: Measured;
}

const silent = "ffmpeg did not print its own account (-benchmark)";

/** The account that ffmpeg gives of itself with `-benchmark`; 5.1 writes kB where 7.0 writes KiB, and means the same. */
export function readUsage(stderr: string): Usage {
  const times = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
  const peak = /bench: maxrss=(\d+)\s*Ki?B/i.exec(stderr);
  return {
    cpuSec: times ? Number(times[1]) + Number(times[2]) : notMeasured(silent),
    peakBytes: peak ? Number(peak[1]) * 1024 : notMeasured(silent),
  };
}

/** What a shell says of its children with `times`: the second line, user and system. For any program whatever. */
export function readShellTimes(text: string): Measured {
  const rows = [...text.matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)];
  const [, minutes, seconds, systemMinutes, systemSeconds] = rows.at(-1)?.map(Number) ?? [];
  return minutes === undefined || rows.length < 2
    ? notMeasured("the shell did not print its times")
    : minutes * 60 + (seconds ?? 0) + (systemMinutes ?? 0) * 60 + (systemSeconds ?? 0);
}
