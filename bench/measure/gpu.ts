import { readdir, readFile } from "node:fs/promises";
import { environment, findProgram, spawnProgram } from "../../core/host/mod.ts";
import {
  type DrmClient,
  mediaSec,
  nvidiaArgs,
  type NvidiaReading,
  readDrmClient,
  readNvidia,
} from "../readings/mod.ts";
import { type GpuUse, type Measured, notMeasured } from "../types.ts";

const lookMs = 100;

/** Looks at what a process does with GPUs while it runs; `end` says what was seen. */
export interface Watch {
  see(pid: number): void;
  end(): Promise<Measured<GpuUse>>;
}

/** For software there is nothing to see, and that is no gap. */
export function watchGpu(accel: boolean): Watch {
  if (!accel) return { see: () => undefined, end: async () => notMeasured("it runs on the processor") };
  const stopNvidia = new AbortController();
  const nvidia = watchNvidia(stopNvidia.signal);
  let clients: readonly DrmClient[] = [];
  let timer: NodeJS.Timeout | undefined;
  return {
    see(pid) {
      timer = setInterval(() => {
        // The counters vanish with the process, so the last look counts.
        void drmClients(pid).then((found) => (found.length > 0 ? (clients = found) : undefined));
      }, lookMs);
    },
    async end() {
      clearInterval(timer);
      stopNvidia.abort();
      const readings = await nvidia;
      if (clients.length === 0 && readings.length === 0)
        return notMeasured("no driver here tells what its engines do (fdinfo, nvidia-smi)");
      const dark = notMeasured("this driver does not tell");
      return {
        engineSec: clients.length > 0 ? mediaSec(clients) : dark,
        powerW: mean(readings.flatMap(({ powerW }) => powerW ?? [])) ?? dark,
        clockMhz: mean(readings.flatMap(({ videoMhz }) => videoMhz ?? [])) ?? dark,
        throttled: readings.some(({ throttled }) => throttled !== undefined)
          ? readings.some(({ throttled }) => throttled === true)
          : dark,
      };
    },
  };
}

async function drmClients(pid: number): Promise<readonly DrmClient[]> {
  const folder = `/proc/${pid}/fdinfo`;
  const names = await readdir(folder).catch(() => [] as string[]);
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, "utf8").catch(() => "")));
  return texts.flatMap((text) => readDrmClient(text) ?? []);
}

async function watchNvidia(signal: AbortSignal): Promise<readonly NvidiaReading[]> {
  const program = findProgram("nvidia-smi", environment());
  if (program === undefined) return [];
  const { stdout } = await spawnProgram({ program, args: nvidiaArgs, keepStdout: true, signal, graceSec: 1 }, []);
  return readNvidia(stdout);
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length;
}
