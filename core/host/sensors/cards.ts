import { join } from "node:path";
import type { GpuReading, Vendor } from "../../types.ts";
import { busyEngines } from "./engines.ts";
import { known } from "./nvidia.ts";
import { type Delta, leadsTo, namesIn, numberIn, textIn } from "./tree.ts";

/** A graphics card as the kernel shows it. */
export interface Card {
  readonly gpu: string;
  readonly vendor: Exclude<Vendor, "nvidia">;
  readonly folder: string;
  /** Its address on the bus, and the node that encoders open. */
  readonly address: string;
  readonly node?: string;
}

const vendors: Readonly<Record<string, Card["vendor"]>> = { "0x1002": "amd", "0x8086": "intel" };

/** AMD and Intel cards, counted by slot; NVIDIA's own tool knows more of its cards than the kernel does. */
export async function findCards(sys: string): Promise<readonly Card[]> {
  const drm = join(sys, "class/drm");
  const cards: Card[] = [];
  for (const name of (await namesIn(drm)).filter((one) => /^card\d+$/.test(one))) {
    const folder = join(drm, name);
    const vendor = vendors[(await textIn(folder, "device/vendor")) ?? ""];
    if (vendor === undefined) continue;
    const node = (await namesIn(folder, "device/drm")).find((one) => one.startsWith("renderD"));
    const address = await leadsTo(folder, "device");
    cards.push({ gpu: "", vendor, folder, address, ...(node !== undefined && { node }) });
  }
  const sorted = cards.sort((a, b) => (a.address < b.address ? -1 : 1));
  return sorted.map((card, nth) => ({
    ...card,
    gpu: `${card.vendor}${sorted.slice(0, nth).filter(({ vendor }) => vendor === card.vendor).length}`,
  }));
}

/** Plain file reads, no rights needed. Loads and powers that are only counters need a look before this one. */
export async function readCard(
  card: Card,
  { proc, pids, delta }: { readonly proc: string; readonly pids: readonly number[]; readonly delta: Delta },
): Promise<GpuReading> {
  const { gpu, vendor, folder, address, node } = card;
  const device = join(folder, "device");
  const [first] = await namesIn(device, "hwmon");
  const hwmon = join(device, "hwmon", first ?? "none");
  const engines = await busyEngines({ proc, pids, address, delta });
  const memory = await memoryOf(card);
  const celsius = await numberIn(hwmon, "temp1_input");
  const name = await textIn(device, "product_name");
  return {
    kind: "gpu",
    gpu,
    vendor,
    ...(node !== undefined && { node }),
    ...(name !== undefined && name !== "" && { name }),
    ...known("utilization", (await utilizationOf(card, delta)) ?? engines.most),
    ...known("encoder", engines.encoder),
    ...known("decoder", engines.decoder),
    ...memory,
    ...known("celsius", celsius === undefined ? undefined : celsius / 1000),
    ...known("watts", await wattsOf(hwmon, { gpu, delta })),
  };
}

async function utilizationOf({ vendor, folder, gpu }: Card, delta: Delta): Promise<number | undefined> {
  if (vendor === "amd") {
    const percent = await numberIn(folder, "device/gpu_busy_percent");
    return percent === undefined ? undefined : percent / 100;
  }
  // Intel counts the milliseconds its card slept; what is left is work. The two drivers keep them apart.
  const idle = [
    ["gt/gt0/rc6_residency_ms"],
    ["power/rc6_residency_ms"],
    ["device/tile0/gt0/gtidle/idle_residency_ms"],
  ] as const;
  for (const [path] of idle) {
    const slept = delta(`${gpu} ${path}`, await numberIn(folder, path));
    if (slept) return clamp(1 - slept.grown / slept.ms);
  }
  return undefined;
}

async function memoryOf({ vendor, folder }: Card): Promise<Pick<GpuReading, "memory_bytes" | "memory_used_bytes">> {
  if (vendor === "amd")
    return {
      ...known("memory_bytes", await numberIn(folder, "device/mem_info_vram_total")),
      ...known("memory_used_bytes", await numberIn(folder, "device/mem_info_vram_used")),
    };
  const total = await numberIn(folder, "lmem_total_bytes");
  const free = await numberIn(folder, "lmem_avail_bytes");
  return {
    ...known("memory_bytes", total),
    ...known("memory_used_bytes", total !== undefined && free !== undefined ? total - free : undefined),
  };
}

/** Microwatts where the driver has them, else what its count of microjoules grew by. */
async function wattsOf(
  hwmon: string,
  { gpu, delta }: { readonly gpu: string; readonly delta: Delta },
): Promise<number | undefined> {
  const microwatts = (await numberIn(hwmon, "power1_average")) ?? (await numberIn(hwmon, "power1_input"));
  if (microwatts !== undefined) return microwatts / 1e6;
  const used = delta(`${gpu} energy`, await numberIn(hwmon, "energy1_input"));
  return used && used.grown >= 0 ? used.grown / 1e3 / used.ms : undefined;
}

function clamp(ratio: number): number {
  return Math.min(1, Math.max(0, ratio));
}
