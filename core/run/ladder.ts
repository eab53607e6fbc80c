import type { Failure } from "../ffmpeg/mod.ts";
import type { RankedBid } from "../types.ts";

/** What happens after a failure: the same bid once more, the bid at `rung`, or nothing. */
export type NextStep =
  { readonly kind: "same" } | { readonly kind: "next-bid"; readonly rung: number } | { readonly kind: "stop" };

export interface Fall {
  readonly failure: Pick<Failure, "retry" | "code">;
  readonly rung: number;
  /** How often the bid on this rung has been tried. */
  readonly tries: number;
}

/**
 * The failure's class decides, never hope: a broken source or a full disk stops at once, a busy device is asked once
 * more, and a variant is only worth a try after the very failures it is meant for.
 */
export function nextStep(
  bids: readonly Pick<RankedBid, "backend" | "variant">[],
  { failure, rung, tries }: Fall,
): NextStep {
  if (failure.retry === "never") return { kind: "stop" };
  if (failure.retry === "same" && tries < 2) return { kind: "same" };
  const failed = bids[rung]?.backend;
  const next = bids.findIndex(
    ({ backend, variant }, nth) =>
      nth > rung && (variant === undefined || (backend === failed && variant.when.includes(failure.code))),
  );
  return next < 0 ? { kind: "stop" } : { kind: "next-bid", rung: next };
}
