import { Bench } from "tinybench";
import { newTurnstile } from "./turnstile.ts";

/** What a job is told of its turn. Round -1 warms up and is not kept. */
export interface Turn {
  readonly round: number;
  readonly signal: AbortSignal;
}

/** Does the work once and says what it saw. It may fail: that costs one round of one name. */
export type Contender<Seen> = (turn: Turn) => Promise<Seen>;

export interface Entry<Seen> {
  readonly name: string;
  readonly round: number;
  readonly seen: Seen;
}

export interface Failure {
  readonly name: string;
  readonly round: number;
  readonly reason: string;
}

/** Everything that happened, in the order it happened. */
export interface Ledger<Seen> {
  readonly entries: readonly Entry<Seen>[];
  readonly failures: readonly Failure[];
  /** Set where it ended before its rounds were done. */
  readonly cut?: "budget" | "cancelled";
}

export interface InterleaveOptions<Seen> {
  readonly rounds: number;
  readonly warmups?: number;
  /** No round begins after this many seconds, once there is one of each. */
  readonly budgetSec?: number;
  readonly signal: AbortSignal;
  readonly onTurn?: (entry: Entry<Seen> | Failure, done: number, total: number) => void;
}

/** After this many failures in a row a contender is not asked again. */
const patience = 3;

/**
 * Runs contenders in turns, round by round. tinybench drives the loops; the turnstile makes them interleave, and the
 * ledger keeps every sample in order, which tinybench's own statistics do not (it sorts them, and drops all of a task
 * that failed once).
 */
export async function interleave<Seen>(
  contenders: Readonly<Record<string, Contender<Seen>>>,
  { rounds, warmups = 1, budgetSec = Infinity, signal, onTurn }: InterleaveOptions<Seen>,
): Promise<Ledger<Seen>> {
  const names = Object.keys(contenders);
  const begun = performance.now();
  const entries: Entry<Seen>[] = [];
  const failures: Failure[] = [];
  let cut: Ledger<Seen>["cut"];
  let done = 0;
  const gate = newTurnstile(names, (round) => {
    const late = round > warmups && (performance.now() - begun) / 1000 > budgetSec;
    if (late && cut === undefined) cut = "budget";
    return !late;
  });
  const stop = () => {
    cut = "cancelled";
    gate.open();
  };
  signal.addEventListener("abort", stop, { once: true });

  const bench = new Bench({
    ...{ time: 0, iterations: rounds + warmups, warmup: false, concurrency: "bench", throws: false },
    // Runs also where an iteration threw, which afterAll does not.
    teardown: (task) => {
      if (task) gate.leave(task.name);
    },
  });
  for (const [name, contend] of Object.entries(contenders)) {
    let turn = 0 - warmups;
    let lost = 0;
    const once = async () => {
      if (gate.isOpen()) throw new Error("the rounds are over");
      const round = turn++;
      try {
        const seen = await contend({ round: Math.max(-1, round), signal });
        lost = 0;
        if (round < 0) return;
        const entry = { name, round, seen };
        entries.push(entry);
        onTurn?.(entry, ++done, names.length * rounds);
      } catch (error) {
        if (signal.aborted) throw error;
        const failure = { name, round, reason: error instanceof Error ? error.message : String(error) };
        failures.push(failure);
        onTurn?.(failure, round < 0 ? done : ++done, names.length * rounds);
        // Thrown, it ends this task's loop and no other's.
        if (++lost >= patience) throw error;
      }
    };
    // Unless told that it is asynchronous, tinybench runs the function once to find out.
    bench.add(name, once, {
      async: true,
      beforeEach: () => gate.enter(name),
      afterEach: () => gate.next(name),
    });
  }
  await bench.run();
  signal.removeEventListener("abort", stop);
  return { entries, failures, ...(cut !== undefined && { cut }) };
}
