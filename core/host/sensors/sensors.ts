import { statfs } from "node:fs/promises";
import type { GpuReading, Reading } from "../../types.ts";
import { type Card, findCards, readCard } from "./cards.ts";
import { nvidiaFields, readNvidia } from "./nvidia.ts";
import { newRapl } from "./rapl.ts";
import { newDelta } from "./tree.ts";

export interface SensorOptions {
  /** Where the kernel shows its devices and its processes; another tree in tests. */
  readonly sys?: string;
  readonly proc?: string;
  /** Runs NVIDIA's own tool; absent where it is not installed. */
  readonly nvidiaSmi?:
    ((args: readonly string[]) => Promise<{ readonly ok: boolean; readonly text: string }>) | undefined;
  /** Our own processes now running. */
  readonly pids?: () => readonly number[];
  readonly nowMs?: () => number;
}

export interface Sensors {
  /** What the machine tells now. `gpu: false` leaves every card alone; `settle` waits for a slow first answer. */
  read(wishes?: { readonly gpu?: boolean; readonly settle?: boolean }): Promise<readonly Reading[]>;
  /** Room on the disk of a folder; nothing where there is no such folder yet. */
  disk(folder: string | undefined): Promise<readonly Reading[]>;
}

/** One question of NVIDIA's tool takes up to a second, so its answers are asked for in the background and kept. */
const nvidiaEveryMs = 2000;

export function createSensors({
  sys = "/sys",
  proc = "/proc",
  nvidiaSmi,
  pids = () => [],
  nowMs = () => performance.now(),
}: SensorOptions): Sensors {
  const delta = newDelta(nowMs);
  const rapl = newRapl(sys);
  const nvidia = nvidiaSmi && newNvidia(nvidiaSmi, nowMs);
  let cards: Promise<readonly Card[]> | undefined;
  return {
    async read({ gpu = true, settle = false } = {}) {
      const readings: Reading[] = [];
      if (gpu) {
        readings.push(...((await nvidia?.(settle)) ?? []));
        cards ??= findCards(sys);
        for (const card of await cards) readings.push(await readCard(card, { proc, pids: pids(), delta }));
      }
      const joules = await rapl();
      if (joules !== undefined) readings.push({ kind: "cpu", joules });
      return readings;
    },
    disk: (folder) => (folder === undefined ? Promise.resolve([]) : roomOn(folder)),
  };
}

function newNvidia(ask: NonNullable<SensorOptions["nvidiaSmi"]>, nowMs: () => number) {
  let level = 0;
  let kept: readonly GpuReading[] = [];
  let askedMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  async function refresh(): Promise<void> {
    for (; level < nvidiaFields.length; level += 1) {
      const fields = nvidiaFields[level] ?? [];
      const { ok, text } = await ask([`--query-gpu=${fields.join(",")}`, "--format=csv,noheader,nounits"]);
      kept = ok ? readNvidia(text, fields) : [];
      if (ok) return;
    }
  }
  return async (settle: boolean): Promise<readonly GpuReading[]> => {
    // Where no form of the question was answered, it is not asked again.
    if (asking === undefined && level < nvidiaFields.length && nowMs() - askedMs >= nvidiaEveryMs) {
      askedMs = nowMs();
      asking = refresh().finally(() => (asking = undefined));
    }
    if (settle && kept.length === 0) await asking;
    return kept;
  };
}

async function roomOn(folder: string): Promise<readonly Reading[]> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return [{ kind: "disk", free_bytes: bavail * bsize, size_bytes: blocks * bsize }];
  } catch {
    return [];
  }
}
