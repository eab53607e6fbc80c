import { assign, type AssignOptions, type ChainOfBids } from "./assign.ts";
import type { Lot } from "./auction.ts";

/**
 * Assigns the jobs of one plan. Tasks that ask the same share their bids, and who does what follows from bids alone: it
 * is found once for all jobs that were bid for alike.
 */
export function assigner(options: Omit<AssignOptions, "through">) {
  const numbers = new Map<Lot["bids"], number>();
  const known = new Map<string, readonly ChainOfBids[]>();

  function numberOf({ bids }: Lot): number {
    const number = numbers.get(bids) ?? numbers.size;
    numbers.set(bids, number);
    return number;
  }

  return (lots: readonly Lot[], through: boolean): readonly ChainOfBids[] => {
    const all = lots.flatMap((lot) => [lot, ...(lot.split ?? [])]);
    const name = `${all.map(numberOf).join()} ${through}`;
    const chains = known.get(name) ?? assign(lots, { ...options, through });
    known.set(name, chains);
    return chains;
  };
}
