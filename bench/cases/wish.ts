import type { Backend } from "../../core/backend/mod.ts";
import { isVendueError } from "../../core/errors.ts";
import { toNumber } from "../../core/media/mod.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import type {
  Bid,
  Codec,
  Command,
  Container,
  Effort,
  MediaInfo,
  Pipeline,
  Size,
  Survey,
  Task,
} from "../../core/types.ts";
import type { SourceClip } from "../clips/mod.ts";

/** How the bits are set: what a pipeline may say of them. */
export type RateWish =
  | { readonly kind: "bitrate"; readonly kbps: number }
  | { readonly kind: "quality"; readonly quality: number }
  | { readonly kind: "crf"; readonly crf: number };

/** One encode to be measured, as a pipeline would ask for it. */
export interface EncodeWish {
  readonly backend: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly rate: RateWish;
  readonly clip: Pick<SourceClip, "path" | "info" | "frames">;
  /** Fewer frames than the clip has, to tell start-up from slope. */
  readonly frames?: number;
  readonly size?: Size;
  /** Where the output goes; its name is the case's own. */
  readonly folder: string;
  readonly name: string;
  readonly container?: Container;
}

/** What the planner made of a wish: exactly what a run would start. */
export interface PlannedEncode {
  readonly commands: readonly Command[];
  readonly output: string;
  readonly encoder: string;
  readonly device: string;
  readonly accel: boolean;
  readonly bid: Bid;
  readonly task: Task;
}

export interface CaseDesk {
  readonly survey: Survey;
  readonly backends: readonly Backend[];
}

export type Planned =
  { readonly ok: true; readonly plan: PlannedEncode } | { readonly ok: false; readonly reason: string };

/**
 * Asks the planner for the command, with one backend in the room. Nothing is written by hand for any backend, so what
 * is measured is what a pipeline would run.
 */
export function planEncode(wish: EncodeWish, { survey, backends }: CaseDesk): Planned {
  const surveyed = survey.backends.filter(({ name }) => name === wish.backend);
  const [found] = surveyed;
  if (found === undefined) return { ok: false, reason: "it was not asked" };
  if (found.probe.state === "absent") return { ok: false, reason: found.probe.reason };
  // Measured values would hide what is to be measured.
  const { measured: _, ...plain } = survey;
  try {
    const pipeline = pipelineOf(wish);
    const media = { inputs: { clip: [wish.clip.path] }, files: { [wish.clip.path]: shortened(wish) }, analyses: [] };
    const plan = makePlan(pipeline, media, { ...plain, backends: surveyed }, { backends });
    const [job] = plan.jobs.filter((one) => one.kind === "render");
    const [rung] = job?.bids ?? [];
    const [offer] = plan.offers.flatMap((one) => (one.kind === "bid" && one.won ? [one] : []));
    const [output] = job?.outputs ?? [];
    const [task] = plan.tasks;
    if (!rung || !offer || !output || !task) return { ok: false, reason: "the planner made no command of it" };
    const { encoder, device, accel, commands } = rung;
    return { ok: true, plan: { commands, output: output.part, encoder, device, accel, bid: offer.bid, task } };
  } catch (error) {
    if (!isVendueError(error)) throw error;
    const { reasons } = error.data as { readonly reasons?: readonly string[] };
    return { ok: false, reason: (reasons?.[0] ?? error.message).replace(`${wish.backend}: `, "") };
  }
}

function pipelineOf({ codec, effort, rate, size, folder, name, container = "mp4" }: EncodeWish): Pipeline {
  const spent =
    rate.kind === "bitrate" ? { bitrate: `${rate.kbps}k` } : { [rate.kind]: "crf" in rate ? rate.crf : rate.quality };
  const sized = size ? { size: `${size.width}x${size.height}` } : {};
  const video = { codec, effort, ...spent, ...sized };
  // JSON is YAML, and needs no care for names.
  const text = JSON.stringify({
    version: 1,
    name: "bench",
    inputs: { clip: "clip" },
    stages: [{ id: "out", export: { input: "clip", output: `${name}.${container}`, video, audio: "none" } }],
  });
  return parse(text, { file: `${folder}/bench.yaml` });
}

function shortened({ clip: { info, frames: all }, frames = all }: EncodeWish): MediaInfo {
  const { video } = info;
  if (video === undefined || frames >= all) return info;
  const durationSec = frames / toNumber(video.fps);
  return { ...info, durationSec, video: { ...video, endSec: video.startSec + durationSec } };
}
