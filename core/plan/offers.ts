import { VendueError } from "../errors.ts";
import type { Offer, Pipeline, RankedBid, Task, Way } from "../types.ts";
import type { ChainOfBids } from "./assign.ts";
import type { Lot } from "./auction.ts";
import type { Work } from "./lower.ts";
import type { Split } from "./split.ts";
import { clipsOf } from "./timeline.ts";
import type { Considered } from "./ways.ts";

interface OfferDesk {
  readonly pipeline: Pipeline;
}

export function noBid(work: Work, lots: readonly Lot[], { pipeline }: OfferDesk): VendueError {
  const dry = lots.find(({ bids }) => bids.length === 0) ?? lots.at(-1);
  const reasons = (dry?.refusals ?? []).map(({ backend, reason }) => `${backend}: ${reason}`);
  const required = pipeline.accel === "required";
  return new VendueError(
    "NO_BID",
    `No backend can do ${dry?.task.id ?? work.id}${required ? " with accel: required" : ""}\n  ${reasons.join("\n  ")}`,
    {
      hint: required ? "say accel: preferred to allow the CPU, or see: vendue doctor" : "see: vendue doctor",
      data: { job: work.id, reasons },
    },
  );
}

/** The lots as they were sold: in two steps where a device decodes for an encoder in software. */
export function soldLots(lots: readonly Lot[], best: ChainOfBids | undefined): readonly Lot[] {
  return best?.helper ? lots.flatMap(({ split, ...lot }) => split ?? [lot]) : lots;
}

export function offersOf(
  { work, chosen, ways }: Considered,
  lots: readonly Lot[],
  { best, bids }: { readonly best: ChainOfBids | undefined; readonly bids: Bids },
): readonly Offer[] {
  const winners = new Map(best?.links.map((link, nth) => [lots[nth]?.task, link]));
  // A device that could have decoded, and was dearer than software alone, shows its bid too.
  const shown = lots.flatMap((lot) => (lot.split ? [{ ...lot.split[0], refusals: [] }, lot] : [lot]));
  const offers: Offer[] = [];
  for (const { task, bids, refusals } of shown) {
    const winner = winners.get(task);
    for (const { bidder, bid, terms } of bids) {
      const { name: backend } = bidder.backend;
      const cheapest = winner?.bidder.backend === bidder.backend ? winner : undefined;
      // What is copied is not encoded by those who bid for it; they stand by.
      const won = cheapest !== undefined && chosen === undefined;
      offers.push({ task: task.id, backend, kind: "bid", bid, terms: cheapest?.terms ?? terms, won });
    }
    offers.push(...refusals);
  }
  for (const { way, rendition, taken, reason } of ways) {
    const task = `${work.id}/${work.stage}${rendition === "" ? "" : `:${rendition}`}`;
    const backend = bidders[way];
    if (backend === undefined) continue;
    offers.push(taken ? coreOffer(task, backend, { work, bids }) : { task, backend, kind: "refused", reason });
  }
  return offers;
}

type Bids = readonly Pick<RankedBid, "backend" | "encoder" | "cost">[];

/** Core's own bidders, one for each way to spare an encode. */
const bidders: Readonly<Partial<Record<Way, "copy" | "smart">>> = {
  "whole copy": "copy",
  "keyframe copy": "copy",
  "smart cut": "smart",
};

function coreOffer(task: string, backend: string, { work, bids }: { readonly work: Work; readonly bids: Bids }): Offer {
  const { encoder = "copy", cost: sec = 0 } = bids.find((one) => one.backend === backend) ?? {};
  const seconds = Math.max(...work.outlets.map(({ durationSec }) => durationSec));
  const bid = { kind: "bid", speed: sec > 0 ? seconds / sec : 1000, quality: 1, encoder } as const;
  const terms = { sec, quality: 1, weight: 0, handoffSec: 0, cost: sec };
  return { task, backend, kind: "bid", bid, terms, won: true };
}

interface FusionOptions {
  readonly stages: readonly string[];
  readonly tasks: readonly Task[];
  readonly best: ChainOfBids | undefined;
  readonly split: Split;
}

export function fusion({ work, chosen }: Considered, { stages, tasks, best, split }: FusionOptions) {
  const names = [...new Set(best?.links.map(({ bidder }) => bidder.backend.name) ?? [])];
  const outputs = work.outlets.length > 1 ? `, ${work.outlets.length} encodes from one decode` : "";
  const how = chosen
    ? [
        chosen.way === "smart cut"
          ? "packets are moved as they are, only the edges are encoded"
          : "packets are moved as they are, no picture is decoded",
      ]
    : [
        `one decode, one encode${outputs}${names.length > 1 ? `, frames cross between ${names.join(" and ")}` : ""}`,
        leaving(work, tasks, best),
        split.reason,
      ];
  const gains = new Set(clipsOf(work.timeline.segments).flatMap(({ sound }) => sound.gains));
  const unfused = [...gains].map((gain) => ({
    between: [gain, work.id] as const,
    reason: "loudness is measured over the whole clip before a sample can be scaled; the pass reads sound only",
  }));
  const note = how.filter((part) => part !== undefined).join("; ");
  return { fused: [{ job: work.id, stages, note }], unfused };
}

/** Why frames that a device encodes are in host memory on the way, where they are. */
function leaving({ slots, outlets }: Work, tasks: readonly Task[], best: ChainOfBids | undefined): string | undefined {
  const surface = best?.encoder.backend.surface;
  if (best === undefined || surface === undefined) return undefined;
  const where = `frames are in host memory before ${best.encoder.backend.name}`;
  if (outlets.length > 1) return `${where}: they are shared out to ${outlets.length} encoders there`;
  if (slots.length > 1) return `${where}: ${slots.length} ranges are joined there`;
  if (slots.some(({ segment }) => segment.kind === "mix")) return `${where}: a fade is mixed there`;
  const at = best.links.findIndex(({ bidder }, nth) => !bidder.accel && (tasks[nth]?.ops.length ?? 0) > 0);
  const [soft, task] = [best.links[at], tasks[at]];
  return (
    soft && task && `${where}: ${soft.bidder.backend.name} does ${task.ops.map(({ kind }) => kind).join(", ")} there`
  );
}
