import { type Backend, checkParts } from "../backend/mod.ts";
import { BackendError } from "../errors.ts";
import { inSoftware } from "../ffmpeg/mod.ts";
import { hasAlpha } from "../media/mod.ts";
import type { ArgParts, Filter, Op, Surface, Task, VideoInfo } from "../types.ts";
import type { ChainOfBids, Link } from "./assign.ts";
import type { TaggedOp } from "./picture.ts";
import { toldTask } from "./measured.ts";
import { stageOf } from "./tasks.ts";

/** Filters of one chain of ops, before anything is uploaded or downloaded. */
export interface Steps {
  readonly from: Surface;
  readonly decode: readonly string[];
  readonly device: readonly string[];
  readonly steps: readonly (Filter | Op)[];
}

/** Who does what. */
export interface ChainLink extends Link {
  readonly task: Task;
}

/** A chain with the tasks of one job, that tells who won which stage. */
export interface Winners extends ChainOfBids {
  readonly links: readonly ChainLink[];
  readonly winner: (stage: string) => ChainLink | undefined;
}

export function winnersOf(chain: ChainOfBids, links: readonly ChainLink[]): Winners {
  const byStage = new Map<string, ChainLink>();
  // A stage of several renditions is its first one's.
  for (const link of links) {
    const stage = stageOf(link.task.id);
    if (!byStage.has(stage)) byStage.set(stage, link);
  }
  return { ...chain, links, winner: (stage) => byStage.get(stage) ?? links.at(-1) };
}

const progressive: Filter = { name: "setparams", args: { field_mode: "prog" }, on: "any" };

interface StepsDesk {
  readonly video: VideoInfo | undefined;
  /** What this ffmpeg decodes with. */
  readonly decoders?: readonly string[];
}

/** Square pixels, said aloud: a scale keeps the shape of the picture in the shape of its pixels. */
export const square: Filter = { name: "setsar", args: { sar: 1 }, on: "any" };

/** Asks the winners for their share of one clip: each gets its own run of neighbouring ops. */
export function clipSteps(
  { links, winner }: Winners,
  tagged: readonly TaggedOp[],
  { video, decoders = [] }: StepsDesk,
): Steps {
  const runs = runsByLink(winner, tagged);
  const [first] = links;
  const ask = (link: ChainLink, ops: readonly Op[]) =>
    buildParts(link, clipTask(link, { video, ops, decodes: link === first }));
  const parts = runs.map(({ link, ops }) => ask(link, ops));
  const decoder = runs[0]?.link === first ? parts[0] : first && ask(first, []);
  const from = decoder?.decode?.on ?? "system";
  const falsely = video?.flagged !== undefined && video.interlaced === "progressive";
  const steps = runs.reduce<readonly (Filter | Op)[]>(
    (all, { ops }, nth) => all.concat(parts[nth]?.filters ?? ops),
    [],
  );
  // Flags that its frames have given the lie would be written into the output.
  const ends = falsely ? [square, progressive] : [square];
  const held = from === "system" && video !== undefined;
  return {
    from,
    decode: (decoder?.decode?.args ?? []).concat(
      held ? [...alphaDecoder(video, decoders), "-reinit_filter:v", "0"] : [],
    ),
    device: parts.find((part) => part.device)?.device ?? decoder?.device ?? [],
    steps: (held ? holdSize(steps, video) : steps).concat(ends),
  };
}

/** The task of a stage as far as it concerns one clip. */
function clipTask(
  { task }: ChainLink,
  { video, ops, decodes }: Pick<Task, "ops" | "decodes"> & Pick<StepsDesk, "video">,
): Task {
  const { id, stage, seconds, inputs, variant } = task;
  return {
    id,
    stage,
    seconds,
    inputs: video ? [video] : inputs,
    decodes,
    ops,
    ...(variant !== undefined && { variant }),
  };
}

/** ffmpeg's own decoders of these two leave the transparency out. */
function alphaDecoder({ codec, alpha, pixelFormat }: VideoInfo, decoders: readonly string[]): readonly string[] {
  const name = { vp8: "libvpx", vp9: "libvpx-vp9" }[codec];
  return alpha && !hasAlpha(pixelFormat) && name && decoders.includes(name) ? ["-c:v", name] : [];
}

/** Filters that take no notice of size and format, so that a change of either passes them by; `frames` is made of these. */
const shapeless = new Set(["fps", "tpad", "trim", "setpts"]);

/**
 * A stream may change its size or pixel format on the way. ffmpeg would start the whole graph anew, counters and all,
 * so it is told not to, and the one filter that follows such changes comes before the first that would notice. No
 * sooner: it may be told to convert pixels too, and of all that is decoded before a range `frames` lets one through.
 */
function holdSize(steps: readonly (Filter | Op)[], { width, height }: VideoInfo): readonly (Filter | Op)[] {
  const found = steps.findIndex((step) => ("kind" in step ? step.kind !== "frames" : !shapeless.has(step.name)));
  const at = found < 0 ? steps.length : found;
  const first = steps[at];
  const name = first && ("kind" in first ? inSoftware(first)[0] : first)?.name;
  if (name === "scale") return steps;
  return [...steps.slice(0, at), { name: "scale", args: { w: width, h: height }, on: "system" }, ...steps.slice(at)];
}

/** A backend's answer, checked: a lie here is the backend's fault and says so. */
export function buildParts({ bidder, bid }: ChainLink, task: Task): ArgParts {
  const { backend, facts } = bidder;
  const parts = answer(backend, toldTask(task, bid), facts);
  const wrong = checkParts(parts, backend);
  if (wrong.length > 0)
    throw new BackendError(
      "BACKEND_BROKEN",
      `${backend.name} built arguments that core cannot use: ${wrong.join("; ")}`,
      {
        hint: `check ${backend.name} with: vendue backends test`,
        data: { backend: backend.name, method: "buildArgs", task: task.id },
      },
    );
  return parts;
}

function answer(backend: Backend, task: Task, facts: unknown): ArgParts {
  try {
    return backend.buildArgs(task, facts);
  } catch (cause) {
    throw new BackendError(
      "BACKEND_BROKEN",
      `${backend.name} threw in buildArgs: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
        data: { backend: backend.name, method: "buildArgs", task: task.id },
      },
    );
  }
}

function runsByLink(winner: Winners["winner"], tagged: readonly TaggedOp[]) {
  const runs: { link: ChainLink; ops: Op[] }[] = [];
  for (const { op, by } of tagged) {
    const link = winner(by);
    const last = runs.at(-1);
    if (link === undefined) continue;
    if (last?.link.bidder.backend === link.bidder.backend) last.ops.push(op);
    else runs.push({ link, ops: [op] });
  }
  return runs;
}
