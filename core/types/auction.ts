/**
 * Offers and what they cost.
 * @module
 */

/** A claim, not a priority: the planner weighs it, the bench room checks it. */
export interface Bid {
  readonly kind: "bid";
  /** Estimated multiple of real time for this task on this machine. */
  readonly speed: number;
  /** 0..1 against the best software encoder at the same size. */
  readonly quality: number;
  readonly encoder?: string;
  readonly device?: string;
  /** How many encodes the device takes at once; absent where it does not say. */
  readonly slots?: number;
  /** Whether the speed was claimed by the backend or measured by bench. Core says so; a backend cannot. */
  readonly basis?: Basis;
  readonly qualityBasis?: Basis;
  /** The quality to ask of this encoder for a picture like the one that was asked for, where bench found it out. */
  readonly equalQuality?: number;
  readonly note?: string;
  /** What the same backend could still try after certain failures, in order. */
  readonly variants?: readonly Variant[];
}

export type Basis = "claimed" | "measured";

/** A rung inside one backend: fewer features, another decode path, another device. */
export interface Variant {
  readonly name: string;
  /** The failure classes (ErrorCode) that lead here; any other failure skips it. */
  readonly when: readonly string[];
  readonly device?: string;
}

export interface Pass {
  readonly kind: "pass";
  readonly reason: string;
}

/** One answer of one backend to one task, as `plan` prints it. */
export type Offer =
  | {
      readonly task: string;
      readonly backend: string;
      readonly kind: "bid";
      readonly bid: Bid;
      readonly terms: Terms;
      readonly won: boolean;
    }
  | {
      readonly task: string;
      readonly backend: string;
      readonly kind: "refused";
      readonly reason: string;
      readonly hint?: string;
    };

/** How a bid became a cost: `cost = sec * (1 + weight * (1 - quality)) + handoffSec`. */
export interface Terms {
  readonly sec: number;
  readonly quality: number;
  readonly weight: number;
  readonly handoffSec: number;
  readonly cost: number;
}
