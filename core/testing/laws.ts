import { type Backend, backendTroubles, type ProbeContext, type Trial } from "../backend/mod.ts";
import type { Task } from "../types.ts";
import { type Answered, answerTask } from "./answering.ts";
import { emptyMachine, type Machine } from "./machine.ts";
import { aboutFacts, probeOn } from "./probing.ts";
import { sampleTasks } from "./tasks.ts";

/** What every backend keeps to, by number. */
export const laws = {
  1: "it is ready on its own machine, and absent with a reason on an empty one",
  2: "its facts survive a round trip through JSON",
  3: "score and buildArgs give equal answers twice",
  4: "its bids stay on the axes, and its passes give a reason",
  5: "its parts hold plain strings, and none that core owns",
  6: "it encodes exactly when asked to, on surfaces that are known",
  7: "where its hardware is, one second is really encoded",
} as const;

export type LawNumber = keyof typeof laws;

export interface Verdict {
  /** Number and text. */
  readonly law: string;
  readonly ok: boolean | "skipped";
  /** What broke it, or why it was skipped; empty when it holds. */
  readonly why: string;
}

export interface LawOptions {
  readonly backend: Backend;
  /** A computer where the backend is ready. */
  readonly machine: Machine;
  /** Encodes on the real machine; without it the seventh law is skipped. */
  readonly tryEncode?: ProbeContext["tryEncode"];
  /** Laws that are not asked, each with its reason. */
  readonly skip?: Readonly<Partial<Record<LawNumber, string>>>;
  readonly probeLimitSec?: number;
}

/** Holds a backend against the seven laws, without a test runner. Never throws. */
export async function checkLaws({
  backend,
  machine,
  tryEncode,
  skip = {},
  probeLimitSec = 5,
}: LawOptions): Promise<readonly Verdict[]> {
  const verdict = (number: LawNumber, ok: Verdict["ok"], why = ""): Verdict =>
    skip[number] === undefined
      ? { law: `${number} ${laws[number]}`, ok, why }
      : { law: `${number} ${laws[number]}`, ok: "skipped", why: skip[number] };
  const judge = (number: LawNumber, wrong: readonly string[]) =>
    verdict(number, wrong.length === 0, [...new Set(wrong)].slice(0, 3).join("; "));
  const rest = (why: string) => ([2, 3, 4, 5, 6, 7] as const).map((number) => verdict(number, "skipped", why));

  const shape = backendTroubles(backend);
  if (shape.length > 0) return [judge(1, shape), ...rest("it is no backend")];
  const limitMs = probeLimitSec * 1000;
  const own = await probeOn(backend, machine, limitMs);
  const other = await probeOn(backend, emptyMachine, limitMs);
  const [lost, home] = [own.wrong.filter(aboutFacts), own.wrong.filter((why) => !aboutFacts(why))];
  const unready = own.probe?.state === "absent" ? [`absent on its own machine: ${own.probe.reason}`] : [];
  const eager =
    other.probe?.state === "ready"
      ? ["ready on an empty machine"]
      : other.wrong.map((why) => `on an empty machine ${why}`);
  const first = judge(1, [...home, ...unready, ...eager]);
  if (own.probe?.state !== "ready") return [first, ...rest("it was never ready")];

  const { facts } = own.probe;
  // The second time facts come back from JSON, as they do from the cache.
  const kept: unknown = lost.length > 0 ? facts : JSON.parse(JSON.stringify(facts));
  const answers = sampleTasks.map((task) => answerTask(backend, task, [facts, kept]));
  const every = (pick: (one: Answered) => readonly string[]) => answers.flatMap(pick);
  return [
    first,
    judge(2, lost),
    judge(
      3,
      every(({ unequal }) => unequal),
    ),
    judge(
      4,
      every(({ offLimits }) => offLimits),
    ),
    judge(
      5,
      every(({ parts }) => parts.filter((why) => !aboutSurface(why))),
    ),
    judge(
      6,
      every(({ parts, ends }) => [...parts.filter(aboutSurface), ...ends]),
    ),
    verdict(7, ...(await encodeForReal({ backend, machine, tryEncode, limitMs }))),
  ];
}

const aboutSurface = (why: string) => why.includes("on the surface");

interface RealDesk {
  readonly backend: Backend;
  readonly machine: Machine;
  readonly tryEncode: ProbeContext["tryEncode"] | undefined;
  readonly limitMs: number;
}

/** Probes again with real trials, so that only what this machine has is asked for. */
async function encodeForReal({
  backend,
  machine,
  tryEncode,
  limitMs,
}: RealDesk): Promise<readonly [Verdict["ok"], string]> {
  if (tryEncode === undefined) return ["skipped", "no way to encode for real was given"];
  const { probe } = await probeOn(backend, machine, Math.max(limitMs, 60_000), tryEncode);
  if (probe?.state !== "ready") return ["skipped", probe ? probe.reason : "its probe failed on the real machine"];
  const failures: string[] = [];
  for (const task of sampleTasks) {
    const { encode } = task;
    // One second of each codec at the size every encoder takes: the plainest task, not the largest.
    if (encode === undefined || task.id !== `sample/export ${encode.codec}`) continue;
    const asked: Task = { ...task, ops: [], decodes: false, encode: { ...encode, width: 640, height: 480 } };
    const trial = await tryTask(asked, { backend, facts: probe.facts, tryEncode });
    if (!trial.ok) failures.push(`${encode.codec}: ${trial.line}`);
  }
  return [failures.length === 0, failures.join("; ")];
}

interface TrialDesk {
  readonly backend: Backend;
  readonly facts: unknown;
  readonly tryEncode: ProbeContext["tryEncode"];
}

/** A pass is no failure; a backend that throws here has broken another law already. */
async function tryTask(task: Task, { backend, facts, tryEncode }: TrialDesk): Promise<Trial> {
  try {
    if (backend.score(task, facts).kind !== "bid") return { ok: true };
    return await tryEncode(backend.buildArgs(task, facts), { width: 640, height: 480, frames: 30 });
  } catch (error) {
    return { ok: false, code: "BACKEND_BROKEN", line: error instanceof Error ? error.message : String(error) };
  }
}
