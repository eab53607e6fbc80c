import { type Measured, notMeasured } from "../types.ts";

/** Counters of the whole machine at one moment; the difference of two is what happened between them. */
export interface Counters {
  /** Microseconds since boot that some task waited for a core. */
  readonly waitedUs: Measured;
  /** Hundredths of a second that the hypervisor gave to others. */
  readonly stolen: Measured;
  readonly load: Measured;
}

export interface CounterTexts {
  readonly pressure: string;
  readonly stat: string;
  readonly loadavg: string;
}

/** From the texts of /proc/pressure/cpu, /proc/stat and /proc/loadavg; empty where there is no such file. */
export function readCounters({ pressure, stat, loadavg }: CounterTexts): Counters {
  const waited = /^some .*total=(\d+)/m.exec(pressure)?.[1];
  const stolen = stat.split("\n")[0]?.trim().split(/\s+/)[8];
  const load = Number.parseFloat(loadavg);
  return {
    waitedUs: waited === undefined ? notMeasured("this kernel does not tell its pressure") : Number(waited),
    stolen: stolen === undefined ? notMeasured("this system does not tell stolen time") : Number(stolen),
    load: Number.isNaN(load) ? notMeasured("this system does not tell its load") : load,
  };
}
