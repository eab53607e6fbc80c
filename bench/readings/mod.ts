/**
 * What the machine and its programs say about themselves, read from text to numbers. Pure.
 *
 * ```ts
 * import { readUsage } from "./mod.ts";
 *
 * const { cpuSec } = readUsage("bench: utime=1.50s stime=0.25s rtime=2.0s\nbench: maxrss=61076KiB\n");
 * console.assert(cpuSec === 1.75);
 * ```
 * @module
 */
export { type DrmClient, mediaSec, readDrmClient } from "./engines.ts";
export { type Counters, type CounterTexts, readCounters } from "./machine.ts";
export { nvidiaArgs, type NvidiaReading, readNvidia } from "./nvidia.ts";
export { readShellTimes, readUsage, type Usage } from "./process.ts";
