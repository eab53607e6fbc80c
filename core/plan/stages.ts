import { basename, extname } from "node:path";
import { type ErrorCode, PipelineError, type Problem } from "../errors.ts";
import type { Loudness, Media, MediaInfo, Pipeline, Position, Ref, Rendition, Stage } from "../types.ts";
import { cutTimeline } from "./edit.ts";
import { dress, join, lengthSec, markStage, type Segment, type Timeline, wholeClip } from "./timeline.ts";

/** A gain that must be measured before anything can be rendered with it. */
export interface GainWish {
  readonly name: string;
  readonly stage: string;
  readonly loudness: Loudness;
  /** The sound it is measured on: everything up to this stage. */
  readonly segments: readonly Segment[];
}

/** One file to be written. */
export interface Render {
  readonly stage: string;
  readonly timeline: Timeline;
  readonly rendition: Rendition;
  readonly index: number;
}

export interface Staged {
  readonly renders: readonly Render[];
  readonly gains: readonly GainWish[];
}

/** Runs the pipeline on paper: every stage is a pure function from timelines to timelines. */
export function stage(pipeline: Pipeline, media: Media): Staged {
  const values = new Map<string, readonly Timeline[]>();
  const problems: Problem[] = [];
  const gains = new Map<string, GainWish>();
  const renders: Render[] = [];

  for (const { name } of pipeline.inputs) values.set(name, nameClips(name, media.inputs[name] ?? [], media));
  const ordered = inOrder(pipeline.stages);
  const names = new Set([...values.keys(), ...ordered.map(({ id }) => id)]);
  const readOf = ({ name }: Ref) => (names.has(name) ? name : name.slice(0, name.indexOf(".")));
  const lastReader = new Map(ordered.flatMap((one) => one.inputs.map((ref) => [readOf(ref), one] as const)));
  for (const one of ordered) {
    const inputs = one.inputs.flatMap((ref) => find(values, ref, problems));
    // Kept any longer, the clips of a long chain fill memory with the square of its stages.
    for (const ref of one.inputs) if (lastReader.get(readOf(ref)) === one) values.delete(readOf(ref));
    const made = apply(one, inputs, { media, problems, gains });
    values.set(one.id, made);
    for (const rendition of one.renders)
      made.forEach((timeline, index) => renders.push({ stage: one.id, timeline, rendition, index: index + 1 }));
  }
  if (problems.length > 0) throw new PipelineError(pipeline.file, problems);
  if (renders.length === 0)
    throw new PipelineError(pipeline.file, [
      {
        code: "PIPELINE_INVALID",
        message: "Nothing would be written: no stage exports and none has an output",
        hint: "add an export stage, or give the last stage an output",
        line: 1,
        column: 1,
      },
    ]);
  return { renders, gains: [...gains.values()] };
}

interface Desk {
  readonly media: Media;
  readonly problems: Problem[];
  readonly gains: Map<string, GainWish>;
}

function apply(one: Stage, inputs: readonly Timeline[], { media, problems, gains }: Desk): readonly Timeline[] {
  switch (one.kind) {
    case "normalize":
      return inputs.map((timeline) => {
        const { loudness, video, audio } = one;
        const gain = loudness && hasSound(timeline, media) ? gainName(one.id, timeline, gains) : undefined;
        const heard = dress(timeline, one.id, { ...(video && { video }), ...(audio && { audio }) });
        if (gain === undefined || loudness === undefined) return heard;
        // Measured as it will be heard: a channel more or less changes the level.
        gains.set(gain, { name: gain, stage: one.id, loudness, segments: heard.segments });
        return dress(heard, one.id, { gain, limiter: loudness.limiter === true });
      });
    case "cut":
      return inputs.flatMap((timeline) => {
        const made = cutTimeline(timeline, one, media);
        if ("segments" in made) return [made];
        problems.push(...made);
        return [];
      });
    case "concat": {
      const short =
        one.crossfadeSec > 0
          ? inputs.find((part, nth) => lengthSec(part.segments) < need(nth, inputs.length) * one.crossfadeSec)
          : undefined;
      if (short) {
        problems.push(
          problem(
            "RANGE_OUTSIDE",
            `The crossfade of ${one.crossfadeSec} s is longer than ${short.name} allows, which is ${lengthSec(short.segments).toFixed(3)} s long`,
            one.at,
            "shorten the crossfade; a clip between two others needs twice its length",
          ),
        );
        return [];
      }
      if (inputs.length === 0) return [];
      const segments = join(
        inputs.map((part) => part.segments),
        one.crossfadeSec,
      );
      return [{ name: one.id, segments: markStage(segments, one.id) }];
    }
    case "export":
      return inputs.map((timeline) => ({ ...timeline, segments: markStage(timeline.segments, one.id) }));
  }
}

/** A word that needs no quoting in a graph, whatever the clip's file is called. */
function gainName(stageId: string, { name }: Timeline, taken: ReadonlyMap<string, unknown>): string {
  const plain = `${stageId}.${name.replace(/[^\w-]+/g, "_")}`;
  let free = plain;
  for (let nth = 2; taken.has(free); nth += 1) free = `${plain}-${nth}`;
  return free;
}

function need(nth: number, count: number): number {
  return count === 1 ? 0 : nth === 0 || nth === count - 1 ? 1 : 2;
}

/** The clips of an input, named after it, or after their files where it stands for several. */
function nameClips(input: string, paths: readonly string[], media: Media): readonly Timeline[] {
  const seen = new Map<string, number>();
  return paths.map((path) => {
    const info = media.files[path];
    const stem = paths.length === 1 ? input : basename(path, extname(path));
    const nth = (seen.get(stem) ?? 0) + 1;
    seen.set(stem, nth);
    return { name: nth === 1 ? stem : `${stem}-${nth}`, segments: [wholeClip(path, info ? clipLength(info) : 0)] };
  });
}

/** A clip is as long as its picture; sound beyond it is cut, missing sound becomes silence. */
function clipLength({ video, audio, durationSec }: MediaInfo): number {
  return video?.endSec ?? audio.at(0)?.endSec ?? durationSec;
}

function hasSound({ segments }: Timeline, media: Media): boolean {
  return segments.some((one) =>
    one.kind === "clip"
      ? (media.files[one.source]?.audio.length ?? 0) > 0
      : hasSound({ name: "", segments: [...one.from, ...one.to] }, media),
  );
}

function find(
  values: ReadonlyMap<string, readonly Timeline[]>,
  { name, at }: Ref,
  problems: Problem[],
): readonly Timeline[] {
  const whole = values.get(name);
  if (whole) return whole;
  const dot = name.indexOf(".");
  const clips = values.get(name.slice(0, dot)) ?? [];
  const clip = clips.filter((one) => one.name === name.slice(dot + 1));
  if (clip.length === 0)
    problems.push(
      problem(
        "PIPELINE_INVALID",
        `There is no clip ${name}`,
        at,
        `${name.slice(0, dot)} holds ${clips.map((one) => one.name).join(", ") || "nothing"}`,
      ),
    );
  return clip;
}

/** Stages after everything they read; the parser has refused cycles. */
function inOrder(stages: readonly Stage[]): readonly Stage[] {
  const byId = new Map(stages.map((one) => [one.id, one]));
  const out = new Set<Stage>();
  function visit(one: Stage) {
    for (const { name } of one.inputs) {
      const source = byId.get(name) ?? byId.get(name.slice(0, name.indexOf(".")));
      if (source && !out.has(source)) visit(source);
    }
    out.add(one);
  }
  stages.forEach(visit);
  return [...out];
}

function problem(code: ErrorCode, message: string, at: Position, hint: string): Problem {
  return { code, message, hint, ...at };
}
