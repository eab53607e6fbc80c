import type { Op, Pipeline, StageKind, Task, VideoInfo } from "../types.ts";
import type { Outlet, Work } from "./lower.ts";
import { clipsOf, lengthSec } from "./timeline.ts";

/**
 * What goes to auction: one task per stage that a work passes through, and one more per further rendition. Ops are
 * shown once per kind and stage, as the most demanding clip needs them; each clip's own come with `buildArgs`.
 */
export function tasksOf(work: Work, pipeline: Pipeline): readonly Task[] {
  const clips = clipsOf(work.timeline.segments);
  const passed = new Set(clips.flatMap(({ stages }) => stages));
  const stages = pipeline.stages.filter(({ id }) => passed.has(id) && id !== work.stage);
  const inputs = distinct(work.seen.map(({ video }) => video));
  const seconds = lengthSec(work.timeline.segments);
  const tagged = clips.flatMap((clip) => work.ops(clip, 1));
  const opsOf = (stage: string): readonly Op[] =>
    onePerKind(tagged.filter(({ by }) => by === stage).map(({ op }) => op));

  const before = stages.map(({ id, kind }, nth): Task => ({
    id: `${work.id}/${id}`,
    stage: kind,
    seconds,
    inputs,
    decodes: nth === 0,
    ops: opsOf(id),
  }));
  const last = stageKind(pipeline, work.stage);
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
  return task.slice(task.lastIndexOf("/") + 1).replace(/:.*$/, "");
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

function stageKind({ stages }: Pipeline, id: string): StageKind {
  return stages.find((one) => one.id === id)?.kind ?? "export";
}

function onePerKind(ops: readonly Op[]): readonly Op[] {
  return [...new Map(ops.map((op) => [op.kind, op])).values()];
}

function distinct(videos: readonly VideoInfo[]): readonly VideoInfo[] {
  return [...new Map(videos.map((video) => [JSON.stringify(video), video])).values()];
}
