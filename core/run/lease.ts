import type { RankedBid } from "../types.ts";
import type { Desk } from "./desk.ts";

/** Takes its slots on a device that has few; waits while others hold them. One that needs more than there are takes all. */
export async function lease(
  { backend, device, slots, sessions = 1 }: Pick<RankedBid, "backend" | "device" | "slots" | "sessions">,
  { leases, signal }: Pick<Desk, "leases" | "signal">,
): Promise<() => void> {
  if (slots === undefined) return () => undefined;
  const key = `${backend} ${device}`;
  const needed = Math.min(sessions, slots);
  const taken = () => leases.get(key) ?? 0;
  while (taken() + needed > slots && !signal?.aborted) await pause(200, signal);
  leases.set(key, taken() + needed);
  return () => leases.set(key, taken() - needed);
}

/** Waits, unless the run is cancelled. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
