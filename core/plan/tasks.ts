import type { Op, Pipeline, Stage, Task, VideoInfo } from "../types.ts";
import type { Outlet, Work } from "./lower.ts";
import type { TaggedOp } from "./picture.ts";
import { type Clip, clipsOf, lengthSec } from "./timeline.ts";

/** Every stage of a pipeline by its name, with where it stands. */
export type StageOrder = ReadonlyMap<string, { readonly stage: Stage; readonly nth: number }>;

export function orderOf({ stages }: Pipeline): StageOrder {
  return new Map(stages.map((stage, nth) => [stage.id, { stage, nth }]));
}

/** The stages that clips pass through, in the pipeline's order. */
export function stagesOf(clips: readonly Clip[], order: StageOrder): readonly Stage[] {
  return [...new Set(clips.flatMap(({ stages }) => stages))]
    .flatMap((id) => order.get(id) ?? [])
    .sort((a, b) => a.nth - b.nth)
    .map(({ stage }) => stage);
}

/**
 * What goes to auction: one task per stage that a work passes through, and one more per further rendition. Ops are
 * shown once per kind and stage, as the most demanding clip needs them; each clip's own come with `buildArgs`.
 */
export function tasksOf(work: Work, stages: readonly Stage[]): readonly Task[] {
  const clips = clipsOf(work.timeline.segments);
  const inputs = distinct(work.seen.map(({ video }) => video));
  const seconds = lengthSec(work.timeline.segments);
  const asked = opsByStage(clips.flatMap((clip) => work.ops(clip, 1)));
  const opsOf = (stage: string): readonly Op[] => [...(asked.get(stage)?.values() ?? [])];

  const others = stages.filter(({ id }) => id !== work.stage);
  const before = others.map(({ id, kind }, nth): Task => ({
    id: `${work.id}/${id}`,
    stage: kind,
    seconds,
    inputs,
    decodes: nth === 0,
    ops: opsOf(id),
  }));
  const last = stages.find(({ id }) => id === work.stage)?.kind ?? "export";
  const ends = work.outlets.map((outlet, nth): Task => ({
    id: `${work.id}/${work.stage}${outletSuffix(outlet, work)}`,
    stage: last,
    seconds: outlet.durationSec,
    inputs: base(work, inputs),
    decodes: before.length === 0 && nth === 0,
    ops: [...opsOf(work.stage), ...outlet.tail.map(({ op }) => op)],
    ...(outlet.encode && { encode: outlet.encode }),
  }));
  return [...before, ...ends];
}

/** The stage a task is of; an id reads `job/stage` or `job/stage:rendition`. */
export function stageOf(task: string): string {
  const [stage = ""] = task.slice(task.lastIndexOf("/") + 1).split(":", 1);
  return stage;
}

export function outletSuffix({ render }: Outlet, { outlets }: Work): string {
  return outlets.length > 1 ? `:${render.rendition.name}` : "";
}

/** After the first stage, frames look like the common format, whatever the sources were. */
function base({ base: format, seen }: Work, inputs: readonly VideoInfo[]): readonly VideoInfo[] {
  const [first] = seen;
  if (format === undefined || first === undefined) return inputs;
  return [
    {
      ...first.video,
      ...format.size,
      fps: format.rate,
      pixelFormat: format.pixelFormat,
      bitDepth: format.bitDepth,
      color: format.color,
      hdr: format.hdr,
      rotation: 0,
      sar: { num: 1, den: 1 },
      interlaced: "progressive",
      vfr: false,
    },
  ];
}

/** One op per kind and stage: the last one asked for. */
function opsByStage(tagged: readonly TaggedOp[]): ReadonlyMap<string, ReadonlyMap<Op["kind"], Op>> {
  const stages = new Map<string, Map<Op["kind"], Op>>();
  for (const { op, by } of tagged) {
    const ops = stages.get(by) ?? new Map<Op["kind"], Op>();
    stages.set(by, ops.set(op.kind, op));
  }
  return stages;
}

function distinct(videos: readonly VideoInfo[]): readonly VideoInfo[] {
  const met = [...new Set(videos)];
  return met.length > 1 ? [...new Map(met.map((video) => [JSON.stringify(video), video])).values()] : met;
}
