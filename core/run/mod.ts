/**
 * Walks a plan: jobs side by side as far as the machine allows, each down its ladder, every output verified before it
 * takes its name. What happens is told in events; the report is the account of it.
 *
 * ```ts
 * import { nextStep } from "./mod.ts";
 *
 * const full = nextStep([{ backend: "nvenc" }, { backend: "cpu" }], { failure: { retry: "never", code: "DISK_FULL" }, rung: 0, tries: 1 });
 * console.assert(full.kind === "stop");
 * ```
 * @module
 */
export { gainFor, readLoudness, type LoudnessReading } from "./gain.ts";
export { lease } from "./lease.ts";
export { levelChecks } from "./level.ts";
export { nextStep, type NextStep } from "./ladder.ts";
export { newChannel } from "./channel.ts";
export { checkFresh, difference, type Freshness } from "./rerun.ts";
export type { RunOptions } from "./desk.ts";
export { startRun, type Run } from "./run.ts";
export { startable } from "./schedule.ts";
export { verifyFile, type Verified } from "./verify.ts";
