import { readFile } from "node:fs/promises";
import { type Counters, readCounters } from "../readings/mod.ts";
import { isMeasured, type Measured, type Noise } from "../types.ts";

/** The machine's counters at this moment. */
export async function counters(): Promise<Counters> {
  const [pressure, stat, loadavg] = await Promise.all(
    ["/proc/pressure/cpu", "/proc/stat", "/proc/loadavg"].map((path) => readFile(path, "utf8").catch(() => "")),
  );
  return readCounters({ pressure: pressure ?? "", stat: stat ?? "", loadavg: loadavg ?? "" });
}

/** How busy it was between two looks. */
export function noiseBetween(before: Counters, after: Counters, wallSec: number): Noise {
  return {
    pressure: share(before.waitedUs, after.waitedUs, wallSec * 1e6),
    steal: share(before.stolen, after.stolen, wallSec * 100),
    load: after.load,
  };
}

function share(before: Measured, after: Measured, whole: number): Measured {
  if (!isMeasured(before)) return before;
  if (!isMeasured(after)) return after;
  return whole > 0 ? (after - before) / whole : 0;
}
