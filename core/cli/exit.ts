import type { Threshold } from "../cost/mod.ts";
import type { ErrorCode } from "../errors.ts";
import type { Report } from "../types.ts";

/** What a script can tell from the exit code alone. */
export const exits = {
  done: 0,
  failed: 1,
  usage: 2,
  gate: 3,
  environment: 4,
  partial: 5,
  interrupted: 130,
  terminated: 143,
} as const;

/** `vendue cost` past a share of the month's budget, in per cent. */
export const budgetExits: Readonly<Record<Threshold, number>> = { 50: 6, 80: 7, 100: 8, 120: 9 };

const usage = new Set<ErrorCode>([
  "PIPELINE_INVALID",
  "SPECIFIER_REFUSED",
  "PERMISSION_DENIED",
  "RANGE_OUTSIDE",
  "OUTPUT_CLASH",
  "COPY_REFUSED",
  "INPUT_MISSING",
  "USAGE",
  "CONFIG_INVALID",
]);
const environment = new Set<ErrorCode>(["FFMPEG_MISSING", "NO_BID"]);

export function exitCodeOf(code: ErrorCode): number {
  if (usage.has(code)) return exits.usage;
  if (environment.has(code)) return exits.environment;
  return code === "VERIFY_FAILED" ? exits.gate : exits.failed;
}

/** Verification counts as its own outcome only where nothing else went wrong. */
export function exitCodeOfReport({ state, jobs }: Report): number {
  if (state === "done") return exits.done;
  if (state === "cancelled") return exits.interrupted;
  if (state === "partial") return exits.partial;
  const codes = jobs.flatMap(({ error }) => (error ? [error.code as ErrorCode] : []));
  const [first] = codes;
  return first === undefined ? exits.failed : codes.every((code) => code === first) ? exitCodeOf(first) : exits.failed;
}
