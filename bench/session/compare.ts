import type { Codec, Effort, Size } from "../../core/types.ts";
import type { SourceClip } from "../clips/mod.ts";
import { type Contender, interleave } from "../harness/mod.ts";
import { type Checkout, checkOut } from "../measure/mod.ts";
import type { BenchResult, CaseResult, Sample, Side } from "../types.ts";
import { laneOf, wantsMore } from "../verdict/mod.ts";
import { openClips } from "./clips.ts";
import type { BenchDesk } from "./desk.ts";
import { assemble } from "./result.ts";
import { isDeterministic } from "./scoring.ts";
import { meanNoise, noTimings } from "./timing.ts";
import { emptyResult, runSide, scoresOf, type Work, writeWorks } from "./works.ts";

export interface CompareWish {
  readonly base: string;
  readonly head: string;
  readonly clips?: readonly string[];
  readonly codecs?: readonly Codec[];
  readonly effort: Effort;
  readonly size?: Size;
  readonly frames?: number;
  readonly rounds?: number;
}

interface Kept {
  readonly work: Work;
  readonly samples: Sample[];
  readonly failures: CaseResult["failures"][number][];
}

/**
 * Builds two commits and runs the same pipelines with both, in turns: whole runs, as a user starts them, with everything
 * they start counted. What the first rounds leave open is run as often again, and once more.
 */
export async function compareBench(wish: CompareWish, desk: BenchDesk): Promise<BenchResult> {
  const started = desk.rig.host.now();
  const { clips: names, size, frames, rounds = 7 } = wish;
  desk.tell({ done: 0, total: 1, leftSec: 20, doing: `building ${wish.base} and ${wish.head}` });
  const sides = await checkOut(wish, desk.folder, desk.rig);
  try {
    const clips = await openClips({ ...(names && { names }), ...(size && { size }), ...(frames && { frames }) }, desk);
    const works = await writeWorks(clips, wish, desk);
    const kept = works.map((work): Kept => ({ work, samples: [], failures: [] }));
    const checkouts = { base: sides.base, candidate: sides.head };
    await runRounds(kept, { rounds, from: 0, checkouts }, desk);
    let result = await resultOf(kept, { started, sides, clips }, desk);
    for (let from = rounds; from < 3 * rounds; from += rounds) {
      const open = new Set(wantsMore(result));
      const again = kept.filter(({ work }) => open.has(laneOf(emptyResult(work))));
      if (again.length === 0) break;
      await runRounds(again, { rounds, from, checkouts }, desk);
      result = await resultOf(kept, { started, sides, clips }, desk);
    }
    return result;
  } finally {
    await sides.remove();
  }
}

interface RoundsWish {
  readonly rounds: number;
  /** The number of the first round. */
  readonly from: number;
  readonly checkouts: Readonly<Record<Side, Checkout>>;
}

async function runRounds(
  kept: readonly Kept[],
  { rounds, from, checkouts }: RoundsWish,
  desk: BenchDesk,
): Promise<void> {
  const { rig, tell } = desk;
  const contenders: Record<string, Contender<Omit<Sample, "round">>> = {};
  const owners = new Map<string, readonly [Kept, Side]>();
  for (const one of kept)
    for (const side of ["base", "candidate"] as const) {
      const name = `${one.work.part.id} ${side}`;
      owners.set(name, [one, side]);
      contenders[name] = ({ signal }) => runSide(one.work, { side, checkout: checkouts[side], signal }, desk);
    }
  const begun = performance.now();
  const names = owners.size;
  await interleave(contenders, {
    ...{ rounds, warmups: from === 0 ? 1 : 0, signal: rig.signal },
    onTurn: (entry, done, total) => {
      const perTurn = (performance.now() - begun) / 1000 / (done + (from === 0 ? names : 0));
      tell({ done, total, leftSec: (total - done) * perTurn, doing: `round ${from + entry.round + 1}  ${entry.name}` });
      const [owner, side] = owners.get(entry.name) ?? [];
      if (owner === undefined || side === undefined) return;
      const round = from + entry.round;
      if ("seen" in entry) owner.samples.push({ ...entry.seen, round });
      else owner.failures.push({ side, round, reason: entry.reason });
    },
  });
  rig.signal.throwIfAborted();
}

async function resultOf(
  kept: readonly Kept[],
  {
    started,
    sides,
    clips,
  }: {
    readonly started: Date;
    readonly sides: Awaited<ReturnType<typeof checkOut>>;
    readonly clips: readonly SourceClip[];
  },
  desk: BenchDesk,
): Promise<BenchResult> {
  const cases: CaseResult[] = [];
  for (const { work, samples, failures } of kept) {
    const [candidate, base] = [
      await scoresOf(work, "candidate", samples, desk),
      await scoresOf(work, "base", samples, desk),
    ];
    const own = samples.filter(({ side }) => side === "candidate");
    cases.push({
      ...emptyResult(work),
      args: ["vendue", "run", "<pipeline>"],
      samples,
      failures,
      scores: candidate,
      baseScores: base,
      deterministic: isDeterministic(own),
    });
  }
  const noise = meanNoise(kept.flatMap(({ samples }) => samples.map((one) => one.noise)));
  const absent = desk.survey.backends.flatMap(({ name, probe }) =>
    probe.state === "absent" ? [{ backend: name, reason: probe.reason }] : [],
  );
  const timings = { ...noTimings, noise };
  const made = await assemble(
    { ...{ started, quick: false, timings, cases: [], scores: new Map(), clips, absent } },
    desk,
  );
  return { ...made, cases, run: { ...made.run, commit: sides.head.commit, base: sides.base.commit } };
}
