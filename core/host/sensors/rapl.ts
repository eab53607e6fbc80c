import { join } from "node:path";
import { namesIn, numberIn, textIn } from "./tree.ts";

/**
 * Joules that processors and their memory have used since the first look. The kernel's counts start over when they
 * are full; most systems show them to root alone.
 */
export function newRapl(sys: string): () => Promise<number | undefined> {
  const root = join(sys, "class/powercap");
  const last = new Map<string, number>();
  let joules = 0;
  return async () => {
    let found = false;
    for (const zone of (await namesIn(root)).filter((name) => /^intel-rapl:\d+(?::\d+)?$/.test(name))) {
      const name = (await textIn(root, zone, "name")) ?? "";
      // Cores and graphics are parts of their package; memory is not.
      if (!/^package|^dram$/.test(name)) continue;
      const now = await numberIn(root, zone, "energy_uj");
      if (now === undefined) continue;
      found = true;
      const before = last.get(zone) ?? now;
      const range = (await numberIn(root, zone, "max_energy_range_uj")) ?? 0;
      joules += (now >= before ? now - before : now + range - before) / 1e6;
      last.set(zone, now);
    }
    return found ? joules : undefined;
  };
}
