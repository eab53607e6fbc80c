import type { Accel, Override, Prefer, Task, Terms } from "../types.ts";
import { priceBid, type Bidder, type Lot, type TaskBid } from "./auction.ts";

/** Who does what, in task order, and what it costs. */
export interface ChainLink {
  readonly task: Task;
  readonly bidder: Bidder;
  readonly bid: TaskBid["bid"];
  readonly terms: Terms;
}

export interface ChainOfBids {
  /** The backend that encodes: the name of this rung of the ladder. */
  readonly encoder: Bidder;
  readonly links: readonly ChainLink[];
  readonly cost: number;
}

/** Pixels that cross between a device and host memory in a second, as a cautious guess for PCIe and shared memory. */
const handoffPixelsPerSec = 1.2e9;

export interface AssignOptions {
  readonly prefer: Prefer;
  readonly accel?: Accel;
  readonly overrides?: readonly Override[];
}

/**
 * The cheapest chain of bids for every backend that can encode, best first. Within one process only that backend
 * and software may work, so the choice per task is a shortest path over those two; handing frames over costs.
 *
 * An operator's `force` goes before any cost, and so does the wish for a GPU: software that would be a little faster
 * is not what `accel: preferred` asks for. Only who prefers quality lets software win by it.
 */
export function assign(
  lots: readonly Lot[],
  { prefer, accel = "preferred", overrides = [] }: AssignOptions,
): readonly ChainOfBids[] {
  const last = lots.at(-1);
  if (last === undefined) return [];
  const forced = overrides.find(({ kind }) => kind === "force")?.value;
  const gpuFirst = accel !== "off" && prefer !== "quality";
  const rank = ({ encoder, links }: ChainOfBids) =>
    (encoder.backend.name === forced || links.some(({ bid }) => bid.encoder === forced && forced !== undefined)
      ? 2
      : 0) + (gpuFirst && encoder.accel ? 1 : 0);
  return last.bids
    .flatMap(({ bidder }) => {
      const links = cheapest(lots, bidder, prefer);
      return links ? [{ encoder: bidder, links, cost: links.reduce((sum, { terms }) => sum + terms.cost, 0) }] : [];
    })
    .sort((a, b) => rank(b) - rank(a) || a.cost - b.cost || compareNames(a, b));
}

/** A way to the task it ends on. Ways share their beginnings, so that a long chain costs no more per stage. */
interface Path {
  readonly before: Path | undefined;
  readonly link: ChainLink;
  readonly cost: number;
}

function cheapest(lots: readonly Lot[], encoder: Bidder, prefer: Prefer): readonly ChainLink[] | undefined {
  let paths: readonly (Path | undefined)[] = [undefined];
  for (const { task, bids } of lots) {
    const allowed = bids.filter(
      ({ bidder }) => bidder === encoder || same(bidder, encoder) || (!bidder.accel && task.encode === undefined),
    );
    const grown = allowed.map(({ bidder, bid }) =>
      least(
        paths.map((before): Path => {
          const crosses = before !== undefined && !same(before.link.bidder, bidder);
          const terms = priceBid(task, bid, { prefer, handoffSec: crosses ? crossingSec(task) : 0 });
          return { before, link: { task, bidder, bid, terms }, cost: (before?.cost ?? 0) + terms.cost };
        }),
      ),
    );
    if (grown.length === 0) return undefined;
    paths = grown;
  }
  const links: ChainLink[] = [];
  for (let path = least(paths); path !== undefined; path = path.before) links.push(path.link);
  return links.reverse();
}

function least<One extends Path | undefined>(paths: readonly One[]): One {
  return paths.reduce((best, path) => ((path?.cost ?? 0) < (best?.cost ?? 0) ? path : best));
}

function crossingSec({ inputs, seconds }: Task): number {
  const [first] = inputs;
  if (first === undefined) return 0;
  return (first.width * first.height * (first.fps.num / first.fps.den) * seconds) / handoffPixelsPerSec;
}

function same(a: Bidder, b: Bidder): boolean {
  return a.backend.name === b.backend.name;
}

function compareNames(a: ChainOfBids, b: ChainOfBids): number {
  return a.encoder.backend.name < b.encoder.backend.name ? -1 : 1;
}
