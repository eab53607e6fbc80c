import { type InputSpec, openCommand } from "../ffmpeg/mod.ts";
import type { AuxFile, Command, Encode, Media, MediaInfo, Task } from "../types.ts";
import { buildParts, type Winners } from "./chain.ts";
import { burnFile, containerArgs, stampArgs, streamArgs } from "./container.ts";
import { type Ground, groundOf } from "./ground.ts";
import { labelArgs } from "./label.ts";
import type { Outlet, Work } from "./lower.ts";
import { type Encoder, type Pictures, picturesOf } from "./pictures.ts";
import { audioArgs } from "./sound.ts";
import { clipsOf } from "./timeline.ts";
import { labelOf } from "./tracks.ts";

export interface RenderDesk {
  readonly media: Media;
  /** What this ffmpeg decodes with. */
  readonly decoders?: readonly string[];
}

export interface RenderOptions {
  readonly expectSec: number;
  /** Written into the file as the tool that made it, where tags are kept. */
  readonly stamp?: string;
}

export type Renderer = (chain: Winners | undefined, options: RenderOptions) => readonly Command[];

/**
 * Makes the commands that render one work with one chain of bids: one, or two where an encode needs two passes. What is
 * the same on every rung of a ladder is found once.
 */
export function rendererOf(work: Work, desk: RenderDesk): Renderer {
  const frame = frameOf(work, desk);
  return (chain, options) => {
    const software = chain === undefined || !chain.encoder.accel;
    if (!software || !work.outlets.some(({ encode }) => twoPasses(encode)))
      return [renderCommand(frame, chain, options)];
    const share = { ...options, expectSec: options.expectSec / 2 };
    return [renderCommand(frame, chain, { ...share, pass: 1 }), renderCommand(frame, chain, { ...share, pass: 2 })];
  };
}

/** All of a command but for its pictures and its stamp. */
interface Frame extends Required<RenderDesk> {
  readonly work: Work;
  readonly ground: Ground;
  /** What is read beside the sources. */
  readonly added: readonly InputSpec[];
  readonly files: readonly AuxFile[];
  /** What follows the picture of each outlet. */
  readonly ends: readonly ((stamp: string | undefined) => readonly string[])[];
  /** Commands begun so far, by their pictures. */
  readonly begun: Map<Pictures | undefined, ReturnType<typeof openCommand>>;
}

function frameOf(work: Work, { media, decoders = [] }: RenderDesk): Frame {
  const ground = groundOf(work, media);
  const files = burnFiles(work.outlets);
  const inputs: InputSpec[] = [...ground.canvas.inputs];
  const ends = work.outlets.map((outlet, nth) => {
    const sound = soundArgs(outlet, ground.sound.pads[nth] ?? [], work, media);
    const others = streamArgs(outlet, inputs, files);
    const container = containerArgs(outlet.render.rendition);
    const kept = [...sound, ...others];
    return (stamp: string | undefined) => kept.concat(stampArgs(outlet, stamp), container);
  });
  const added = inputs.slice(ground.canvas.inputs.length);
  return { work, media, decoders, ground, added, files, ends, begun: new Map() };
}

function burnFiles(outlets: readonly Outlet[]): AuxFile[] {
  return outlets.flatMap(({ streams, target }) => (streams.burn ? [burnFile(target, streams.burn)] : []));
}

function renderCommand(
  frame: Frame,
  chain: Winners | undefined,
  { expectSec, stamp, pass }: RenderOptions & { readonly pass?: 1 | 2 },
): Command {
  const { work, media, decoders, ground, files, ends, begun } = frame;
  const outlets = pass === 1 ? work.outlets.filter(({ encode }) => twoPasses(encode)) : work.outlets;
  const encoders = outlets.map((outlet) => encoderFor(outlet, work, chain, pass));
  const picture = work.base && chain && picturesOf(work, { chain, media, ground, outlets, encoders, decoders });
  const video = (nth: number) => {
    const pad = picture?.pads[nth];
    return pad ? ["-map", `[${pad}]`, ...(encoders[nth]?.args ?? []), "-fps_mode", "passthrough"] : ["-vn"];
  };
  // libvpx and libaom write nothing in a first pass, so there is no progress for a watchdog to see.
  const silent = pass === 1 && outlets.some(({ encode }) => encode?.codec === "vp9" || encode?.codec === "av1");
  const mediaSec = silent ? 0 : Math.max(...outlets.map(({ durationSec }) => durationSec));
  if (pass === 1) {
    const outputs = outlets.map((_, nth) => ({ args: [...video(nth), "-an", "-sn"] }));
    // A first pass reads no sound.
    return begin(frame, picture, { sound: "", added: [] })({ outputs, files: burnFiles(outlets), mediaSec, expectSec });
  }
  const finish = begun.get(picture) ?? begin(frame, picture, { sound: ground.sound.graph, added: frame.added });
  begun.set(picture, finish);
  const outputs = outlets.map(({ target }, nth) => ({
    args: video(nth).concat(ends[nth]?.(stamp) ?? []),
    path: target.part,
  }));
  return finish({ outputs, files, mediaSec, expectSec });
}

function begin(
  { ground, media }: Frame,
  picture: Pictures | undefined,
  { sound, added }: { readonly sound: string; readonly added: readonly InputSpec[] },
) {
  const opened = ground.canvas.inputs;
  const inputs = opened.map((input) => {
    const decode = picture?.decodes.get(input.path) ?? [];
    return { ...input, args: inputArgs(media.files[input.path], { decode, inputs: opened.length }) };
  });
  const graph = [picture?.graph ?? "", sound, sound === "" ? detach(picture) : ""].filter((part) => part !== "");
  return openCommand({ device: picture?.device ?? [], inputs: [...inputs, ...added], graph: graph.join(";") });
}

/**
 * Up to 6.0 a graph with a single input passes that stream's display matrix and HDR notes on to the output, whatever
 * was done about them. A second pad that takes the same frames nowhere stops that, and costs nothing.
 */
function detach({ reads = [] }: Partial<Pictures> = {}): string {
  const [pad, ...others] = reads;
  return pad === undefined || others.length > 0 ? "" : `[${pad}]nullsink`;
}

export function encoderFor(outlet: Outlet, work: Work, chain: Winners | undefined, pass?: 1 | 2): Encoder | undefined {
  // Encodes come last.
  const link = chain?.links.findLast(({ task }) => task.encode !== undefined && endsOutlet(task, outlet, work));
  if (link === undefined || outlet.encode === undefined) return undefined;
  const encode =
    pass && twoPasses(outlet.encode)
      ? { ...outlet.encode, pass: { nth: pass, log: `${outlet.target.part}-pass` } }
      : outlet.encode;
  const ops = outlet.tail.map(({ op }) => op);
  const { device = [], filters = ops, encode: own } = buildParts(link, { ...link.task, ops, decodes: false, encode });
  const { on = "system", args = [], pixelFormat } = own ?? {};
  // A device converts on the way up; an encoder that reads host memory gets what it asked for.
  const converts = on === "system" && pixelFormat !== undefined && pixelFormat !== encode.pixelFormat;
  return { on, args, device, steps: converts ? [...filters, { kind: "format", pixelFormat }] : filters };
}

function endsOutlet({ id }: Task, { render }: Outlet, { outlets, stage }: Work): boolean {
  return id.endsWith(outlets.length > 1 ? `/${stage}:${render.rendition.name}` : `/${stage}`);
}

/**
 * Several inputs decode one after another, so few threads each are enough and save memory; a second one keeps decoding
 * beside filters and encoder where ffmpeg, up to 6.1, does everything else in one thread.
 */
function inputArgs(
  info: MediaInfo | undefined,
  { decode, inputs }: { readonly decode: readonly string[]; readonly inputs: number },
): readonly string[] {
  const threads = inputs > 2 && !decode.includes("-threads") ? ["-threads", "2"] : [];
  return [...threads, ...decode, ...(info?.video ? ["-noautorotate"] : [])];
}

/** Maps, codec and names of the tracks on these pads. */
export function soundArgs(
  { audio, sound, render }: Outlet,
  pads: readonly string[],
  { timeline }: Work,
  media: Media,
): readonly string[] {
  if (audio === undefined || sound === undefined || pads.length === 0) return ["-an"];
  const { container } = render.rendition;
  const clips = clipsOf(timeline.segments);
  return [
    ...pads.flatMap((pad) => ["-map", `[${pad}]`]),
    ...audioArgs(audio, sound),
    ...sound.picks.flatMap((pick, nth) =>
      labelArgs("a", nth, { container, isDefault: nth === 0, ...labelOf(pick, clips, media) }),
    ),
  ];
}

function twoPasses(encode: Encode | undefined): boolean {
  return encode?.rate.kind === "bitrate" && encode.rate.twoPass === true;
}
