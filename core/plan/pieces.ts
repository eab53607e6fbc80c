import { concatEntry, type InputSpec, openCommand } from "../ffmpeg/mod.ts";
import { formatSec, toNumber } from "../media/mod.ts";
import type { AuxFile, Command, Media, Pieces } from "../types.ts";
import type { Winners } from "./chain.ts";
import { outletFrames, tailOps } from "./common.ts";
import { containerArgs, stampArgs, streamArgs } from "./container.ts";
import { countFrames, type Slot } from "./grid.ts";
import { groundOf } from "./ground.ts";
import type { Outlet, Work } from "./lower.ts";
import { type RenderDesk, type RenderOptions, rendererOf, soundArgs } from "./render.ts";
import type { Split } from "./split.ts";

/** A part of the programme, its pictures only, encoded like every other part. */
interface Part {
  readonly work: Work;
  readonly first: number;
}

/**
 * Makes the commands of a rung that is made in pieces: one for each part of the programme, side by side, and one that
 * joins them without another encode. Sound is encoded once over the whole, while it is joined.
 */
export function piecesOf(work: Work, split: Split, desk: RenderDesk) {
  const parts = partsOf(work, split);
  const frames = countFrames(work.slots);
  const makers = parts.map(({ work: part }) => {
    const render = rendererOf(part, desk);
    const share = countFrames(part.slots);
    return (chain: Winners, expectSec: number) => render(chain, { expectSec: (expectSec * share) / frames });
  });
  const join = joinOf(work, parts, desk.media);
  const list = parts.map(({ work: part, first }) => ({
    path: part.outlets[0]?.target.part ?? "",
    frames: [first, first + countFrames(part.slots)] as const,
  }));
  const pieces: Pieces = { atOnce: split.atOnce, list };
  return (chain: Winners, { expectSec, stamp }: RenderOptions) => ({
    commands: [...makers.flatMap((make) => make(chain, expectSec)), join(stamp)],
    pieces,
  });
}

function partsOf(work: Work, { parts }: Split): readonly Part[] {
  let first = 0;
  return parts.map((slots, nth) => {
    const part = { work: partOf(work, slots, nth), first };
    first += countFrames(slots);
    return part;
  });
}

function partOf(work: Work, slots: readonly Slot[], nth: number): Work {
  const outlets = work.outlets.map((outlet): Outlet => {
    const { base } = work;
    const { format, render, target } = outlet;
    const frames = base && format ? outletFrames(slots, base, format) : countFrames(slots);
    return {
      ...outlet,
      // What is in a piece is the picture; everything else is for the whole.
      target: { ...target, part: `${target.part}-${nth}.mp4` },
      render: { ...render, rendition: { ...render.rendition, container: "mp4", fastStart: false, metadata: "drop" } },
      tail: base && format ? tailOps(base, format, frames, render.stage) : [],
      streams: { ...outlet.streams, ...nothing },
      audio: undefined,
      sound: undefined,
      frames,
      durationSec: format ? frames / toNumber(format.rate) : outlet.durationSec,
    };
  });
  return { ...work, slots, sound: undefined, outlets };
}

const nothing = { inputs: [], args: [] } as const;

/** Pieces of each output one after another, each as long as its frames, so that no seam gains or loses any. */
function joinOf(work: Work, parts: readonly Part[], media: Media): (stamp: string | undefined) => Command {
  const ground = groundOf(work, media, { pictures: false });
  const inputs: InputSpec[] = ground.canvas.inputs.map((input) => ({ ...input, args: ["-vn"] }));
  const files: AuxFile[] = [];
  const opens: string[] = [];
  const outputs = work.outlets.map((outlet, nth) => {
    const own = parts.flatMap(({ work: part }) => part.outlets[nth] ?? []);
    const path = `${outlet.target.part}-list`;
    files.push({ path, text: listOf(own) });
    opens.push(...own.map(({ target }) => target.part));
    const index =
      inputs.push({ path, args: ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file"], trusted: true }) - 1;
    const args = [
      ...["-map", `${index}:v:0`, "-c:v", "copy", ...tagOf(outlet)],
      ...soundArgs(outlet, ground.sound.pads[nth] ?? [], work, media),
      ...streamArgs(outlet, inputs, files),
    ];
    return { outlet, args };
  });
  const mediaSec = Math.max(...work.outlets.map(({ durationSec }) => durationSec));
  const finish = openCommand({ inputs, graph: ground.sound.graph, opens });
  return (stamp) =>
    finish({
      outputs: outputs.map(({ outlet, args }) => ({
        args: [...args, ...stampArgs(outlet, stamp), ...containerArgs(outlet.render.rendition)],
        path: outlet.target.part,
      })),
      files,
      mediaSec,
      expectSec: 0.2 + mediaSec / (work.sound ? 100 : 2000),
    });
}

/** Each piece is said to last until the next one begins: rounded on the whole, so that no error adds up. */
function listOf(own: readonly Outlet[]): string {
  let frames = 0;
  const lines = own.flatMap(({ target, format, frames: count }) => {
    const perSec = toNumber(format?.rate ?? { num: 1, den: 1 });
    const fromSec = Number(formatSec(frames / perSec));
    frames += count;
    return [concatEntry(target.part), `duration ${formatSec(Number(formatSec(frames / perSec)) - fromSec)}`];
  });
  return ["ffconcat version 1.0", ...lines, ""].join("\n");
}

/** What Apple players open; pieces may come from a container where it was not asked for. */
function tagOf({ encode, render }: Outlet): readonly string[] {
  return encode?.codec === "hevc" && /^(mp4|mov)$/.test(render.rendition.container) ? ["-tag:v", "hvc1"] : [];
}
