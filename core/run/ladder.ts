import type { Failure } from "../ffmpeg/mod.ts";
import type { Accel, Attempt, JobReport, RankedBid } from "../types.ts";

/** What happens after a failure: the same bid once more, the bid at `rung`, or nothing. */
export type NextStep =
  { readonly kind: "same" } | { readonly kind: "next-bid"; readonly rung: number } | { readonly kind: "stop" };

export interface Fall {
  readonly failure: Pick<Failure, "retry" | "code"> & Partial<Pick<Failure, "rule">>;
  readonly rung: number;
  /** How often the bid on this rung has been tried. */
  readonly tries: number;
}

/**
 * The failure's class decides, never hope: a broken source or a full disk stops at once, a busy device is asked once
 * more, for less where its bid has a form for that, and a variant is only worth a try after the very failures it is
 * meant for.
 */
export function nextStep(bids: readonly Rung[], { failure, rung, tries }: Fall): NextStep {
  const failed = bids[rung];
  // Our own bad arguments are a bug to be seen; a stranger's only cost it the job.
  const forgiven = failure.code === "ARGS_REJECTED" && failed?.stranger === true;
  if (failure.retry === "never" && !forgiven) return { kind: "stop" };
  if (failure.retry === "same" && tries < 2) {
    const leaner = bids.findIndex((bid, nth) => nth > rung && isLeaner(bid, failed, failure));
    if (leaner >= 0) return { kind: "next-bid", rung: leaner };
    const first = bids.find(({ backend }) => backend === failed?.backend);
    if (!isLeaner(failed, first, failure)) return { kind: "same" };
  }
  const next = bids.findIndex(
    (bid, nth) => nth > rung && (bid.variant === undefined || (failed !== undefined && mends(bid, failed, failure))),
  );
  return next < 0 ? { kind: "stop" } : { kind: "next-bid", rung: next };
}

/** A form of the same bid that asks the same device for less, and was made for this failure. */
function isLeaner(bid: Rung | undefined, than: Rung | undefined, failure: Fall["failure"]): boolean {
  return bid?.variant !== undefined && than !== undefined && bid.device === than.device && mends(bid, than, failure);
}

type Rung = Pick<RankedBid, "backend" | "variant"> & Partial<Pick<RankedBid, "device" | "stranger">>;

function mends({ backend, device, variant }: Rung, failed: Rung, { code, rule }: Fall["failure"]): boolean {
  // A picture is as large as it is: with fewer features the same device takes no other size.
  if (rule === "size" && device === failed.device) return false;
  return backend === failed.backend && (variant?.when.includes(code) ?? false);
}

/** The end of a ladder in words. Where only a device may do it, what counts is that none is left, and why each failed. */
export function giveUp(
  { code, line, hint, retry }: Failure,
  { accel, attempts }: { readonly accel: Accel; readonly attempts: readonly Attempt[] },
): NonNullable<JobReport["error"]> {
  if (accel !== "required" || retry === "never") return { code, message: line, ...(hint !== undefined && { hint }) };
  const reasons = new Set(attempts.map(({ backend, device, cause = "" }) => `\n  ${backend} ${device}: ${cause}`));
  return {
    code: "NO_BID",
    message: `No device could do it, and accel is required${[...reasons].join("")}`,
    hint: "say accel: preferred to allow the CPU, or see: vendue doctor",
  };
}
