import { type Backend, checkParts, checkScore } from "../backend/mod.ts";
import { overrule } from "./measured.ts";
import { questions } from "./questions.ts";
import type { Accel, ArgParts, Bid, Offer, Override, Prefer, Survey, Task, Terms } from "../types.ts";

/** A backend that may be asked, with the facts its probe left. */
export interface Bidder {
  readonly backend: Backend;
  readonly facts: unknown;
  readonly accel: boolean;
}

export interface TaskBid {
  readonly bidder: Bidder;
  readonly bid: Bid;
  /** What it comes to where nothing is handed over. */
  readonly terms: Terms;
  /** Whether its device decodes what enters. */
  readonly decodes: boolean;
}

/** One task after everyone was asked. */
export interface Lot {
  readonly task: Task;
  readonly bids: readonly TaskBid[];
  readonly refusals: readonly Extract<Offer, { kind: "refused" }>[];
  /** The same in two steps, decoding and encoding, where a device that does not encode it could still decode. */
  readonly split?: readonly [Lot, Lot];
}

/** How much a second of encoding may cost to gain quality. */
const weights: Readonly<Record<Prefer, number>> = { speed: 0.25, balanced: 2, quality: 25 };

export interface AuctionOptions {
  readonly backends: readonly Backend[];
  readonly accel: Accel;
  readonly prefer: Prefer;
}

/** Asks every surveyed backend to bid on a task. Nobody is left out silently, and nothing is asked twice. */
export function auctioneer(survey: Survey, { backends, accel, prefer }: AuctionOptions): (task: Task) => Lot {
  const byName = new Map(backends.map((backend) => [backend.name, backend]));
  const overruled = overruler(survey.overrides ?? []);
  const wanted = wantedDevice(survey.overrides);
  const onWanted = (bid: Bid) => wanted === undefined || devicesOf(bid).some((device) => isNamed(device, wanted.value));
  const { measured = [] } = survey;
  const nameOf = questions();
  const answers = new Map<string, Lot>();
  return (task) => {
    const lot = askAll(task);
    const split = splitUp(lot);
    return split ? { ...lot, split } : lot;
  };

  /** A device may pass for want of an encoder alone; whoever encodes then has only that left to do. */
  function splitUp({ task, bids }: Lot): Lot["split"] {
    const idle = survey.backends.some(
      ({ name, accel: accelerates, probe }) =>
        accelerates && probe.state === "ready" && !bids.some(({ bidder }) => bidder.backend.name === name),
    );
    if (!idle || !task.encode || !task.decodes) return undefined;
    const { encode: _, ...rest } = task;
    const reads = askAll({ ...rest, id: task.id.replace(/(:[^/]*)?$/, ":decode") });
    if (!reads.bids.some(({ bidder, decodes }) => bidder.accel && decodes)) return undefined;
    return [reads, askAll({ ...task, decodes: false, ops: [] })];
  }

  function askAll(task: Task): Lot {
    const name = nameOf(task);
    const known = answers.get(name);
    const { bids, refusals } = known ?? askEach(task);
    if (!known) answers.set(name, { task, bids, refusals });
    return { task, bids, refusals: refusals.map((refusal) => ({ ...refusal, task: task.id })) };
  }

  function askEach(task: Task): Pick<Lot, "bids" | "refusals"> {
    const bids: TaskBid[] = [];
    const refusals: Extract<Offer, { kind: "refused" }>[] = [];
    const shown = frozenCopy(task);
    for (const { name, accel: accelerates, probe } of survey.backends) {
      const refuse = (reason: string, hint?: string) =>
        refusals.push({ task: task.id, backend: name, kind: "refused", reason, ...(hint !== undefined && { hint }) });
      const backend = byName.get(name);
      const forbidden = overruled({ name, accel: accelerates });
      if (accelerates && accel === "off") refuse("accel is off");
      else if (forbidden !== undefined) refuse(forbidden);
      else if (probe.state === "absent") refuse(probe.reason, probe.hint);
      else if (backend === undefined) refuse("surveyed but not loaded here");
      else if (!accelerates && accel === "required" && task.encode) refuse("accel is required, and this is software");
      else {
        const bidder = { backend, facts: probe.facts, accel: accelerates };
        const answer = ask(bidder, shown);
        const banned =
          "refused" in answer ? undefined : overruled({ name: answer.bid.encoder ?? name, accel: accelerates });
        if ("refused" in answer) refuse(answer.refused);
        else if (banned !== undefined) refuse(banned);
        else if (accelerates && task.encode && !onWanted(answer.bid))
          refuse(
            `gpu_device is ${wanted?.value} (by ${wanted?.from}), and here is ${devicesOf(answer.bid).join(", ") || "no device with a name"}`,
          );
        else {
          const alone = () => claimAlone(bidder, shown);
          const claim = { measured, backend: name, accel: accelerates, alone };
          const bid = overrule(answer.bid, shown, claim);
          bids.push({ bidder, bid, terms: priceBid(task, bid, prefer), decodes: answer.decodes });
        }
      }
    }
    return { bids, refusals };
  }
}

/** The one device an operator named. */
export function wantedDevice(overrides: readonly Override[] = []): Override | undefined {
  return overrides.find(({ kind }) => kind === "gpu_device");
}

/** Whether a device goes by that name: its number, its UUID, words of its name, or its node with or without a path. */
export function isNamed(device = "", name: string): boolean {
  return ` ${device} `.includes(` ${name.replace(/^\/dev\/dri\//, "").trim()} `);
}

function devicesOf({ device, variants = [] }: Bid): readonly string[] {
  return [device, ...variants.map((one) => one.device)].flatMap((one) => one ?? []);
}

/** Why an operator's word keeps a backend or an encoder out, if it does. */
function overruler(overrides: readonly Override[]) {
  const off = overrides.find(({ kind, value }) => kind === "enable_gpu" && value === "false");
  const banned = overrides.filter(({ kind }) => kind === "disable");
  return ({ name, accel }: { readonly name: string; readonly accel: boolean }): string | undefined => {
    if (accel && off) return `the GPU is turned off (enable_gpu by ${off.from})`;
    const by = banned.find(({ value }) => value.split(",").some((one) => one.trim() === name));
    return by && `${name} is disabled (disable by ${by.from})`;
  };
}

/** Turns a claim into seconds, dearer where quality is lower. Quality only counts where something is encoded. */
export function priceBid(task: Task, { speed, quality }: Bid, prefer: Prefer): Terms {
  const sec = task.seconds / speed;
  const weight = task.encode ? weights[prefer] : 0;
  return { sec, quality, weight, handoffSec: 0, cost: sec * (1 + weight * (1 - quality)) };
}

/** A backend that throws or talks nonsense loses its bid, with the reason; the run goes on. */
function ask({ backend, facts }: Bidder, task: Task): Pick<TaskBid, "bid" | "decodes"> | { readonly refused: string } {
  let method = "score";
  const broken = (what: string) => ({ refused: `broken backend: ${method}() ${what}` });
  try {
    const answer = backend.score(task, facts);
    const wrong = troubles(answer, checkScore);
    if (wrong.length > 0) return broken(wrong.join("; "));
    if (answer.kind === "pass") return { refused: answer.reason };
    // Its arguments are asked for now: once it has won, nobody could take its place any more.
    method = "buildArgs";
    const forms = [task, ...(answer.variants ?? []).map(({ name }) => ({ ...task, variant: name }))];
    const parts = forms.map((form) => backend.buildArgs(Object.freeze(form), facts));
    const lies = parts.flatMap((one) => partsTroubles(one, task, backend));
    if (lies.length > 0) return broken([...new Set(lies)].join("; "));
    // What JSON cannot carry would break the plan.
    return { bid: JSON.parse(JSON.stringify(answer)) as Bid, decodes: parts[0]?.decode !== undefined };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return broken(`threw ${text.trim().replace(/\s*\n\s*/g, " ")}`);
  }
}

/** What it would bid if the frames lay ready and there was nothing to do but encode them. */
function claimAlone({ backend, facts }: Bidder, task: Task): Bid | undefined {
  try {
    const answer = backend.score(frozenCopy({ ...task, ops: [], decodes: false }), facts);
    return troubles(answer, checkScore).length === 0 && answer.kind === "bid" ? answer : undefined;
  } catch {
    return undefined;
  }
}

function partsTroubles(parts: ArgParts, { encode }: Task, backend: Backend): readonly string[] {
  const wrong = troubles(parts, (one) => checkParts(one, backend));
  if (wrong.length > 0 || encode === undefined || parts.encode !== undefined) return wrong;
  return ["encodes nothing, though it is asked to"];
}

/** Both methods answer at once. A promise that fails while nobody waits for it would end the process. */
function troubles(answer: unknown, check: (answer: unknown) => readonly string[]): readonly string[] {
  if (!(answer instanceof Promise)) return check(answer);
  answer.catch(() => undefined);
  return ["gave a promise, and has to answer at once"];
}

/** What one backend does to its task is not for the next one to see. */
function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? value.map(frozenCopy)
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, frozenCopy(one)]));
  return Object.freeze(copy) as Value;
}
