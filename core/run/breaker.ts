import { join } from "node:path";
import { type Host, readJson, shortHash, writeJson } from "../host/mod.ts";
import type { BreakerStatus } from "../types.ts";

/** What is remembered of a device that failed. JSON, kept in the state folder, shared by every run. */
export interface BreakerState {
  /** Failures that were the device's own, each with the input it happened on. */
  readonly failures: readonly { readonly input: string; readonly atMs: number }[];
  /** Out of rotation until then; a trial decides whether it comes back. */
  readonly openUntilMs?: number;
  /** How often it was taken out since it last worked. */
  readonly trips: number;
}

const windowMs = 10 * 60_000;
/** One odd file must not condemn a device: it takes two different inputs. */
const inputsToTrip = 2;
const restMs = [10, 30, 60].map((minutes) => minutes * 60_000);

export const closedBreaker: BreakerState = { failures: [], trips: 0 };

export function statusOf({ openUntilMs }: BreakerState, nowMs: number): BreakerStatus {
  if (openUntilMs === undefined) return "closed";
  return nowMs < openUntilMs ? "open" : "half-open";
}

/** A device failed: out for ten minutes after two different inputs, then thirty, then an hour at a time. */
export function noteFailure(
  state: BreakerState,
  { input, nowMs }: { readonly input: string; readonly nowMs: number },
): BreakerState {
  const failures = [...state.failures.filter(({ atMs }) => nowMs - atMs < windowMs), { input, atMs: nowMs }];
  const isTrial = statusOf(state, nowMs) === "half-open";
  if (!isTrial && new Set(failures.map((one) => one.input)).size < inputsToTrip) return { ...state, failures };
  const rest = restMs[Math.min(state.trips, restMs.length - 1)] ?? windowMs;
  return { failures, openUntilMs: nowMs + rest, trips: state.trips + 1 };
}

export async function readBreaker(device: string, host: Host): Promise<BreakerState> {
  return ((await readJson(breakerFile(device, host))) as BreakerState | undefined) ?? closedBreaker;
}

export async function writeBreaker(device: string, state: BreakerState, host: Host): Promise<void> {
  // What cannot be remembered is found out again.
  await writeJson(breakerFile(device, host), state).catch(() => undefined);
}

function breakerFile(device: string, { settings }: Host): string {
  return join(settings.state_dir, "devices", `${shortHash(device)}.json`);
}
