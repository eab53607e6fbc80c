import { outputPath } from "../ffmpeg/mod.ts";
import type { RankedBid } from "../types.ts";
import type { ChainOfBids } from "./assign.ts";
import { drawnClips } from "./branches.ts";
import { clipSteps, type Winners } from "./chain.ts";
import type { Work } from "./lower.ts";
import { copyBids, soundBid } from "./own.ts";
import { encoderFor } from "./render.ts";
import { expectedSec, firstRung, isStranger, type LadderDesk, rungBids } from "./rungs.ts";
import type { Considered } from "./ways.ts";

/** What a job's first rung takes, and all its rungs, best first. */
export interface Ladder {
  readonly sec: number;
  /** Built when they are first asked for, and kept: to write every command of a ladder out is most of planning. */
  readonly bids: () => readonly RankedBid[];
}

/** The ladder of a job, unless nobody can do it. */
export function ladderOf(considered: Considered, chains: readonly ChainOfBids[], desk: LadderDesk): Ladder | undefined {
  const { work } = considered;
  let built: readonly RankedBid[] | undefined;
  const bids = () => (built ??= bidsOf(considered, chains, desk));
  const first = firstRung(chains, desk.lots, desk.survey);
  // Copies may be refused, strangers may fail at a clip, and what a join of pieces takes is known when it is written.
  const waits = !work.copies && desk.split.parts.length === 1 && !chains.some((one) => isStranger(one, desk.survey));
  if (first && waits) {
    askOnce(work, first);
    return { sec: expectedSec(first), bids };
  }
  const [best] = bids();
  return best && { sec: best.commands.reduce((sum, { expectSec }) => sum + expectSec, 0), bids };
}

function bidsOf(considered: Considered, chains: readonly ChainOfBids[], desk: LadderDesk): readonly RankedBid[] {
  const { work, encoded } = considered;
  if (!work.copies && work.base === undefined) return [soundBid(work, desk.media)];
  const rungs = encoded ? rungBids(encoded, chains, desk) : [];
  return work.copies ? [...copyBids(considered, desk), ...rungs] : rungs;
}

/** Asks for every answer that a rung is built of, and keeps none: a fault is to show in the plan, not amid a run. */
function askOnce(work: Work, chain: Winners): void {
  const clips = work.base ? drawnClips(work.slots, work.base.rate) : [];
  for (const [clip, count] of clips) clipSteps(chain, work.ops(clip, count), { video: work.videos.get(clip.source) });
  for (const outlet of work.outlets) {
    encoderFor(outlet, work, chain);
    outputPath(outlet.target.part);
  }
}
