import type { Accel, Override, Prefer, Task, Terms } from "../types.ts";
import type { Bidder, Lot, TaskBid } from "./auction.ts";

/** Who does a task, and what it costs. */
export interface Link {
  readonly bidder: Bidder;
  readonly bid: TaskBid["bid"];
  readonly terms: Terms;
}

export interface ChainOfBids {
  /** The backend that encodes: the name of this rung of the ladder. */
  readonly encoder: Bidder;
  /** A device that only decodes, and perhaps filters, for an encoder in software. */
  readonly helper?: Bidder;
  /** In the order of the tasks as they were sold; which these are is another matter for every job. */
  readonly links: readonly Link[];
  readonly cost: number;
}

/** The one device of a chain, where it has one. */
export function deviceOf({ encoder, helper }: Pick<ChainOfBids, "encoder" | "helper">): Bidder {
  return helper ?? encoder;
}

/** Pixels that cross between a device and host memory in a second, as a cautious guess for PCIe and shared memory. */
const handoffPixelsPerSec = 1.2e9;

export interface AssignOptions {
  readonly prefer: Prefer;
  readonly accel?: Accel;
  readonly overrides?: readonly Override[];
  /** Whether frames go straight from one source to one encoder, so that nothing else takes them off a device. */
  readonly through?: boolean;
}

/**
 * The cheapest chain of bids for every backend that can encode, best first. Within one process only that backend
 * and software may work, so the choice per task is a shortest path over those two; handing frames over costs.
 *
 * An operator's `force` goes before any cost, and so does the wish for a GPU: software that would be a little faster
 * is not what `accel: preferred` asks for, neither as an encoder nor in front of one: frames that are not joined or shared
 * out stay on a device from decode to encode. Only who prefers quality lets software win by it.
 *
 * A device that encodes nothing of this may still decode for software, where that is cheaper than software alone.
 */
export function assign(
  lots: readonly Lot[],
  { prefer, accel = "preferred", overrides = [], through = false }: AssignOptions,
): readonly ChainOfBids[] {
  const last = lots.at(-1);
  if (last === undefined) return [];
  const forced = overrides.find(({ kind }) => kind === "force")?.value;
  const gpuFirst = accel !== "off" && prefer !== "quality";
  const isForced = ({ encoder, links }: ChainOfBids) =>
    forced !== undefined && (encoder.backend.name === forced || links.some(({ bid }) => bid.encoder === forced));
  const rank = (chain: ChainOfBids) => (isForced(chain) ? 2 : 0) + (gpuFirst && chain.encoder.accel ? 1 : 0);
  const helpers = helpersIn(lots);
  const chains: ChainOfBids[] = [];
  for (const { bidder } of last.bids) {
    const links = cheapest(lots, bidder, { stays: through && gpuFirst && bidder.accel });
    const alone = links && { encoder: bidder, links, cost: paceOf({ links }, ({ terms }) => terms.cost) };
    const helped = bidder.accel ? [] : helpers.flatMap((helper) => withHelper(lots, { bidder, helper }));
    chains.push(...helped.filter(({ cost }) => cost < (alone?.cost ?? Infinity)), ...(alone ? [alone] : []));
  }
  return chains.sort((a, b) => rank(b) - rank(a) || a.cost - b.cost || compareNames(a, b));
}

/** Devices that decode the sources of these lots and have no encoder for what comes of them. */
function helpersIn(lots: readonly Lot[]): readonly Bidder[] {
  const [first] = lots;
  const last = lots.at(-1);
  const readers = (first?.split?.[0] ?? first)?.bids ?? [];
  return readers
    .filter(({ bidder, decodes }) => decodes && bidder.accel && !last?.bids.some((one) => same(one.bidder, bidder)))
    .map(({ bidder }) => bidder);
}

interface Pair {
  readonly bidder: Bidder;
  readonly helper: Bidder;
}

/** A device that helps works beside the encoder, so the slower side counts; every other chain is one after the other. */
export function paceOf(
  { links, helper }: Pick<ChainOfBids, "links" | "helper">,
  valueOf: (link: Link) => number,
): number {
  let [own, helped] = [0, 0];
  for (const link of links)
    if (helper !== undefined && same(link.bidder, helper)) helped += valueOf(link);
    else own += valueOf(link);
  return Math.max(own, helped);
}

function withHelper(lots: readonly Lot[], { bidder, helper }: Pair): readonly ChainOfBids[] {
  const steps = lots.flatMap(({ split, ...lot }) => split ?? [lot]);
  const [first, ...others] = steps;
  if (first === undefined) return [];
  const reads = { ...first, bids: first.bids.filter((one) => same(one.bidder, helper)) };
  const links = cheapest([reads, ...others], bidder, { helper });
  if (links === undefined) return [];
  return [{ encoder: bidder, helper, links, cost: paceOf({ links, helper }, ({ terms }) => terms.cost) }];
}

/** A way to the task it ends on. Ways share their beginnings, so that a long chain costs no more per stage. */
interface Path {
  readonly before: Path | undefined;
  readonly link: Link;
  readonly cost: number;
}

interface Company {
  readonly helper?: Bidder;
  /** Whether the encoder's device does all that it can, so that frames stay on it and the processor is free. */
  readonly stays?: boolean;
}

function cheapest(
  lots: readonly Lot[],
  encoder: Bidder,
  { helper, stays = false }: Company,
): readonly Link[] | undefined {
  let paths: readonly (Path | undefined)[] = [undefined];
  for (const { task, bids } of lots) {
    const own = bids.filter(({ bidder }) => same(bidder, encoder));
    const alone = task.encode !== undefined || (stays && own.length > 0);
    const others = ({ bidder }: TaskBid) =>
      !same(bidder, encoder) && (!bidder.accel || (helper !== undefined && same(bidder, helper)));
    const allowed = alone ? own : own.concat(bids.filter(others));
    if (allowed.length === 0) return undefined;
    const before = paths;
    paths = allowed.map((bid) => goOn(before, task, bid));
  }
  const links: Link[] = [];
  for (let path = least(paths); path !== undefined; path = path.before) links.push(path.link);
  return links.reverse();
}

/** The cheapest of the ways on which this bid can come next. */
function goOn(paths: readonly (Path | undefined)[], task: Task, { bidder, bid, terms }: TaskBid): Path {
  let [before, handoffSec, cost] = [paths[0], 0, Infinity];
  for (const path of paths) {
    const crossing = path === undefined || same(path.link.bidder, bidder) ? 0 : crossingSec(task);
    const sum = (path?.cost ?? 0) + (terms.cost + crossing);
    if (sum < cost) [before, handoffSec, cost] = [path, crossing, sum];
  }
  const due = handoffSec === 0 ? terms : { ...terms, handoffSec, cost: terms.cost + handoffSec };
  return { before, link: { bidder, bid, terms: due }, cost };
}

function least(paths: readonly (Path | undefined)[]): Path | undefined {
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
