import { assign, type AssignOptions, type ChainOfBids } from "./assign.ts";
import type { Lot } from "./auction.ts";
import type { Task } from "../types.ts";

/**
 * Assigns the jobs of one plan. Tasks that ask the same share their bids, and who does what follows from bids alone: it
 * is found once for all jobs that were bid for alike, and told of each one's own tasks.
 */
export function assigner(options: Omit<AssignOptions, "through">) {
  const numbers = new Map<Lot["bids"], number>();
  const known = new Map<string, { readonly tasks: readonly Task[]; readonly chains: readonly ChainOfBids[] }>();

  function numberOf({ bids }: Lot): number {
    const number = numbers.get(bids) ?? numbers.size;
    numbers.set(bids, number);
    return number;
  }

  return (lots: readonly Lot[], through: boolean): readonly ChainOfBids[] => {
    const all = lots.flatMap((lot) => [lot, ...(lot.split ?? [])]);
    const name = `${all.map(numberOf).join()} ${through}`;
    const tasks = all.map(({ task }) => task);
    const met = known.get(name);
    if (met) return retold(met.chains, new Map(met.tasks.map((task, nth) => [task, tasks[nth] ?? task])));
    const chains = assign(lots, { ...options, through });
    known.set(name, { tasks, chains });
    return chains;
  };
}

function retold(chains: readonly ChainOfBids[], own: ReadonlyMap<Task, Task>): readonly ChainOfBids[] {
  return chains.map((chain) => ({
    ...chain,
    links: chain.links.map(({ task, bidder, bid, terms }) => ({ task: own.get(task) ?? task, bidder, bid, terms })),
  }));
}
