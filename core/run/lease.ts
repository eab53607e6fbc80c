import type { RankedBid } from "../types.ts";
import type { Desk } from "./desk.ts";

/** Takes a slot on a device that has few; waits while all are taken. */
export async function lease({ backend, device, slots }: RankedBid, { leases, signal }: Desk): Promise<() => void> {
  if (slots === undefined) return () => undefined;
  const key = `${backend} ${device}`;
  while ((leases.get(key) ?? 0) >= slots && !signal?.aborted) await pause(200, signal);
  leases.set(key, (leases.get(key) ?? 0) + 1);
  return () => leases.set(key, (leases.get(key) ?? 1) - 1);
}

/** Waits, unless the run is cancelled. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
