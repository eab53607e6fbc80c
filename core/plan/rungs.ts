import { BackendError } from "../errors.ts";
import type { RankedBid, Survey, Variant } from "../types.ts";
import { type ChainOfBids, deviceOf, paceOf } from "./assign.ts";
import { isNamed, type Lot, wantedDevice } from "./auction.ts";
import { type ChainLink, type Winners, winnersOf } from "./chain.ts";
import type { Work } from "./lower.ts";
import { defaultDevice } from "./measured.ts";
import { soldLots } from "./offers.ts";
import type { BidDesk } from "./own.ts";
import { piecesOf } from "./pieces.ts";
import { relevelOf } from "./relevel.ts";
import { type RenderDesk, type RenderOptions, rendererOf } from "./render.ts";
import type { Split } from "./split.ts";

/** One rung of the ladder before its commands are built. */
interface Rung {
  readonly chain: ChainOfBids;
  readonly variant?: Variant | undefined;
}

/** A chain as it was bid, then the reduced forms its encoder offers for certain failures. */
function rungsOf(chain: ChainOfBids, overrides: Survey["overrides"] = []): readonly Rung[] {
  const { variants = [], device } = chain.links.at(-1)?.bid ?? {};
  const wanted = wantedDevice(overrides)?.value;
  const all: readonly Rung[] = [{ chain }, ...variants.map((variant) => ({ chain, variant }))];
  if (wanted === undefined || !deviceOf(chain).accel) return all;
  // One device was named: only what works on it stays, and the first of that leads.
  if (chain.helper) return isNamed(chain.links[0]?.bid.device, wanted) ? all : [];
  return all.filter(({ variant }) => isNamed(variant?.device ?? device, wanted));
}

/** Who does what on a rung; a variant is its encoder's. */
function linksOf({ chain, variant }: Rung, lots: readonly Lot[]): readonly ChainLink[] {
  const sold = soldLots(lots, chain);
  return chain.links.flatMap((link, nth): readonly ChainLink[] => {
    const task = sold[nth]?.task;
    if (task === undefined) return [];
    const varies = variant !== undefined && link.bidder.backend === chain.encoder.backend;
    return [{ ...link, task: varies ? { ...task, variant: variant.name } : task }];
  });
}

/** The winners of the rung that leads; its commands are not built. */
export function firstRung(
  chains: readonly ChainOfBids[],
  lots: readonly Lot[],
  { overrides }: Survey,
): Winners | undefined {
  for (const chain of chains) {
    const [rung] = rungsOf(chain, overrides);
    if (rung) return winnersOf(chain, linksOf(rung, lots));
  }
  return undefined;
}

function rankBid({ chain, variant }: Rung, { lots, make, relevel, leads, fallback, stranger }: RankOptions): RankedBid {
  const { backend } = chain.encoder;
  const { accel } = deviceOf(chain);
  const expectSec = expectedSec(chain);
  const [first, last] = [chain.links[0]?.bid, chain.links.at(-1)?.bid];
  const device = variant?.device ?? (chain.helper ? first : last)?.device ?? defaultDevice(accel);
  const links = linksOf({ chain, variant }, lots);
  const encoding = links.filter(({ bid, task }) => task.encode && bid.encoder);
  const encoder = [...new Set(encoding.map(({ bid }) => bid.encoder))].join("+");
  const stamp = `vendue; backend=${backend.name}; encoder=${encoder}; gpu_accel=${accel}; gpu_fallback=${fallback}`;
  const made = make(winnersOf(chain, links), { expectSec, stamp });
  const encodes = links.filter(({ task }) => task.encode !== undefined).length;
  return {
    backend: backend.name,
    encoder,
    device,
    ...(chain.helper && { helper: chain.helper.backend.name }),
    ...(last?.slots === undefined ? made : withinSlots(made, { slots: last.slots, encodes })),
    ...(variant && !leads && { variant: { name: variant.name, when: variant.when } }),
    accel,
    ...(stranger && { stranger }),
    cost: chain.cost,
    ...relevel(stamp),
  };
}

/** A device with few slots makes few pieces at once; each of their encodes takes a slot from other jobs. */
function withinSlots(
  { commands, pieces }: ReturnType<Maker>,
  { slots, encodes }: { readonly slots: number; readonly encodes: number },
): Pick<RankedBid, "slots" | "sessions" | "commands" | "pieces"> {
  const atOnce = Math.max(1, Math.min(pieces?.atOnce ?? 1, Math.floor(slots / encodes)));
  const sessions = encodes * atOnce;
  return { slots, ...(sessions > 1 && { sessions }), commands, ...(pieces && { pieces: { ...pieces, atOnce } }) };
}

export function expectedSec(chain: ChainOfBids): number {
  return paceOf(chain, ({ terms }) => terms.sec + terms.handoffSec);
}

type Maker = (chain: Winners, options: RenderOptions) => Pick<RankedBid, "commands" | "pieces">;

function makerOf(work: Work, split: Split, desk: RenderDesk): Maker {
  if (split.parts.length > 1) return piecesOf(work, split, desk);
  const render = rendererOf(work, desk);
  return (chain, options) => ({ commands: render(chain, options) });
}

interface RankOptions {
  readonly lots: readonly Lot[];
  readonly make: Maker;
  readonly relevel: ReturnType<typeof relevelOf>;
  /** Whether it is the first of its chain, and so no reduced form of anything. */
  readonly leads: boolean;
  /** Whether a GPU was tried before. */
  readonly fallback: boolean;
  readonly stranger: boolean;
}

/** Whether a rung is by a backend that is no built-in. */
export function isStranger(chain: ChainOfBids, { backends }: Survey): boolean {
  const names = [chain.encoder, deviceOf(chain)].map(({ backend }) => backend.name);
  return backends.some(({ name, specifier }) => specifier !== name && names.includes(name));
}

export interface LadderDesk extends BidDesk {
  /** The tasks of the job, and who bid for them. */
  readonly lots: readonly Lot[];
  readonly split: Split;
  readonly warn: (text: string) => void;
}

/** Every rung of an encode, best first. */
export function rungBids(
  work: Work,
  chains: readonly ChainOfBids[],
  { media, survey, lots, split, warn }: LadderDesk,
): readonly RankedBid[] {
  const make = makerOf(work, split, { media, decoders: survey.ffmpeg.decoders });
  const relevel = relevelOf(work, media);
  const bids: RankedBid[] = [];
  let triedAccel = false;
  for (const chain of chains) {
    const { accel } = deviceOf(chain);
    const stranger = isStranger(chain, survey);
    for (const [nth, rung] of rungsOf(chain, survey.overrides).entries())
      try {
        const fallback = !accel && triedAccel;
        bids.push(rankBid(rung, { lots, make, relevel, leads: nth === 0, fallback, stranger }));
      } catch (error) {
        // It answered well when it was asked at the auction, so this is about one clip: a rung less, not a plan less.
        if (!stranger || !(error instanceof BackendError)) throw error;
        warn(`${error.message}; it is left out`);
      } finally {
        triedAccel ||= accel;
      }
  }
  return bids;
}
