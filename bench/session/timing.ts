import { type Contender, type Failure, interleave, type Ledger } from "../harness/mod.ts";
import { runFfmpeg, type Seen } from "../measure/mod.ts";
import type { CaseResult, Noise, Sample } from "../types.ts";
import { isMeasured, type Measured, notMeasured } from "../types.ts";
import type { BenchDesk } from "./desk.ts";
import type { ReadyCase } from "./ready.ts";

export interface TimingWish {
  readonly rounds: number;
  /** No further round begins after this. */
  readonly budgetSec?: number;
  /** Runs once in every round, and makes CPU times of another day comparable. */
  readonly calibration: ReadyCase | undefined;
}

/** One turn of one case: the short run, where there is one, and the long. */
interface Turned {
  readonly long: Seen;
  readonly short?: Seen;
}

export interface Timings {
  readonly samplesOf: (id: string) => readonly Sample[];
  readonly failuresOf: (id: string) => CaseResult["failures"];
  readonly calibration: Measured<readonly Sample[]>;
  readonly noise: Noise;
  readonly cut: Ledger<unknown>["cut"];
  readonly rounds: number;
}

/** Of a session that times nothing round by round. */
export const noTimings: Timings = {
  samplesOf: () => [],
  failuresOf: () => [],
  calibration: notMeasured("nothing was timed"),
  noise: {
    pressure: notMeasured("nothing was timed"),
    steal: notMeasured("nothing was timed"),
    load: notMeasured("nothing was timed"),
  },
  cut: undefined,
  rounds: 0,
};

const calibrationName = "calibration";

/** Runs all cases in turns, round by round, and keeps every sample. */
export async function timeCases(cases: readonly ReadyCase[], wish: TimingWish, desk: BenchDesk): Promise<Timings> {
  const { rig, tell } = desk;
  const contenders: Record<string, Contender<Turned>> = {};
  for (const one of cases) contenders[one.id] = ({ signal }) => turn(one, signal, desk);
  const { calibration } = wish;
  if (calibration) contenders[calibrationName] = ({ signal }) => turn(calibration, signal, desk);
  const begun = performance.now();
  const names = Object.keys(contenders).length;
  const ledger = await interleave(contenders, {
    ...{ rounds: wish.rounds, warmups: 1, signal: rig.signal },
    ...(wish.budgetSec !== undefined && { budgetSec: wish.budgetSec }),
    onTurn: (entry, done, total) => {
      const elapsedSec = (performance.now() - begun) / 1000;
      // The warm-up took as long as a round, and is over.
      const perTurn = elapsedSec / (done + names);
      const toBudget = Math.max(0, (wish.budgetSec ?? Infinity) - elapsedSec);
      // A round that has begun is ended.
      const restOfRound = ((names - (done % names)) % names) * perTurn;
      const leftSec = Math.min((total - done) * perTurn, Math.max(restOfRound, toBudget));
      tell({ done, total, leftSec, doing: `round ${entry.round + 1}  ${entry.name}` });
    },
  });
  const samplesOf = (id: string) =>
    ledger.entries.filter(({ name }) => name === id).flatMap(({ round, seen }) => samples(round, seen));
  return {
    samplesOf,
    failuresOf: (id) => ledger.failures.filter(({ name }) => name === id).map(failure),
    calibration: calibration ? samplesOf(calibrationName) : notMeasured("no h264 software encoder works here"),
    noise: meanNoise(ledger.entries.map(({ seen }) => seen.long.noise)),
    cut: ledger.cut,
    rounds: Math.max(0, ...ledger.entries.map(({ round }) => round + 1)),
  };
}

async function turn(
  { long, short, plan: { accel } }: ReadyCase,
  signal: AbortSignal,
  { rig }: BenchDesk,
): Promise<Turned> {
  const brief = short && (await runFfmpeg({ ...short, accel, signal }, rig));
  return { long: await runFfmpeg({ ...long, accel, signal }, rig), ...(brief && { short: brief }) };
}

function samples(round: number, { long, short }: Turned): readonly Sample[] {
  const own = { side: "candidate", round } as const;
  return [...(short ? [{ ...short, ...own, length: "short" as const }] : []), { ...long, ...own, length: "long" }];
}

function failure({ round, reason }: Failure): CaseResult["failures"][number] {
  return { side: "candidate", round, reason };
}

export function meanNoise(all: readonly Noise[]): Noise {
  const mean = (pick: (noise: Noise) => Measured): Measured => {
    const values = all.map(pick);
    const known = values.filter((value): value is number => isMeasured(value));
    if (known.length > 0) return known.reduce((sum, one) => sum + one, 0) / known.length;
    return values[0] ?? notMeasured("nothing was run");
  };
  return {
    pressure: mean(({ pressure }) => pressure),
    steal: mean(({ steal }) => steal),
    load: mean(({ load }) => load),
  };
}
