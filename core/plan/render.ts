import { bridge, buildCommand, type Chain, type InputSpec, type OutputSpec, renderGraph } from "../ffmpeg/mod.ts";
import type { AuxFile, Command, Encode, Filter, Media, MediaInfo, Op, Surface, Task, VideoInfo } from "../types.ts";
import type { ChainLink, ChainOfBids } from "./assign.ts";
import { type Canvas, drawPicture, drawSound, newCanvas } from "./branches.ts";
import { buildParts, clipSteps, winnersOf } from "./chain.ts";
import { containerArgs, stampArgs, streamArgs } from "./container.ts";
import type { Outlet, Work } from "./lower.ts";
import { audioArgs, layoutName, type SoundFormat } from "./sound.ts";
import { clipsOf } from "./timeline.ts";

export interface RenderOptions {
  readonly media: Media;
  readonly ground: Ground;
  readonly expectSec: number;
  /** Written into the file as the tool that made it, where tags are kept. */
  readonly stamp?: string;
}

/** What is the same on every rung of a ladder, drawn once: what is read, and the sound, which is always core's. */
export interface Ground {
  readonly canvas: Canvas;
  readonly graph: string;
  /** The pads of each outlet's tracks. */
  readonly pads: readonly (readonly string[])[];
}

export function groundOf(work: Work, media: Media): Ground {
  const canvas = newCanvas(media);
  const pads = work.sound === undefined ? [] : drawSounds(canvas, work, work.sound, media);
  return { canvas, graph: renderGraph(canvas.chains), pads };
}

/** The commands that render one work with one chain of bids: one, or two where an encode needs two passes. */
export function renderCommands(work: Work, chain: ChainOfBids | undefined, options: RenderOptions): readonly Command[] {
  const software = chain === undefined || !chain.encoder.accel;
  const twoPass = software && work.outlets.some(({ encode }) => encode?.rate.kind === "bitrate" && encode.rate.twoPass);
  if (!twoPass) return [renderCommand(work, chain, options)];
  const share = { ...options, expectSec: options.expectSec / 2 };
  return [renderCommand(work, chain, { ...share, pass: 1 }), renderCommand(work, chain, { ...share, pass: 2 })];
}

function renderCommand(
  work: Work,
  chain: ChainOfBids | undefined,
  options: RenderOptions & { readonly pass?: 1 | 2 },
): Command {
  const { media, ground, expectSec, pass, stamp } = options;
  const outlets = pass === 1 ? work.outlets.filter(({ encode }) => twoPasses(encode)) : work.outlets;
  const encoders = outlets.map((outlet) => encoderFor(outlet, work, chain, pass));
  const decodes = new Map<string, readonly string[]>();
  // A first pass reads no sound.
  const canvas = newCanvas(media, pass === 1 ? undefined : ground.canvas);
  const device: string[] = [];

  const picture = work.base && chain ? drawPictures(canvas, work, { chain, outlets, encoders, decodes, device }) : [];
  const files: AuxFile[] = [];
  const inputs: InputSpec[] = canvas.inputs.map((input) => ({
    ...input,
    args: inputArgs(media.files[input.path], { decode: decodes.get(input.path) ?? [], inputs: canvas.inputs.length }),
  }));
  const outputs = outlets.map((outlet, nth): OutputSpec => {
    const video = picture[nth]
      ? ["-map", `[${picture[nth]}]`, ...(encoders[nth]?.args ?? []), "-fps_mode", "passthrough"]
      : ["-vn"];
    if (pass === 1) return { args: [...video, "-an", "-sn"] };
    return {
      args: [
        ...video,
        ...soundArgs(outlet, ground.pads[nth] ?? [], work, media),
        ...streamArgs(outlet, inputs, files),
        ...stampArgs(outlet.render.rendition, stamp),
        ...containerArgs(outlet.render.rendition),
      ],
      path: outlet.target.part,
    };
  });
  // libvpx and libaom write nothing in a first pass, so there is no progress for a watchdog to see.
  const silent = pass === 1 && outlets.some(({ encode }) => encode?.codec === "vp9" || encode?.codec === "av1");
  const mediaSec = silent ? 0 : Math.max(...outlets.map(({ durationSec }) => durationSec));
  const sounds = pass === 1 ? "" : ground.graph;
  const drawn = renderGraph(sounds === "" ? detach(canvas.chains) : canvas.chains);
  const graph = [drawn, sounds].filter((part) => part !== "").join(";");
  return buildCommand({ device, inputs, graph, outputs, files, mediaSec, expectSec });
}

/**
 * Up to 6.0 a graph with a single input passes that stream's display matrix and HDR notes on to the output, whatever
 * was done about them. A second pad that takes the same frames nowhere stops that, and costs nothing.
 */
function detach(chains: readonly Chain[]): readonly Chain[] {
  const [pad, ...others] = chains.flatMap(({ from }) => from).filter((one) => /^\d+:/.test(one));
  if (pad === undefined || others.length > 0 || !pad.includes(":v:")) return chains;
  return [...chains, { from: [pad], filters: [{ name: "nullsink", on: "any" }], to: [] }];
}

interface Encoder {
  readonly on: Surface;
  readonly args: readonly string[];
  readonly device: readonly string[];
  readonly steps: readonly (Filter | Op)[];
}

function encoderFor(
  outlet: Outlet,
  work: Work,
  chain: ChainOfBids | undefined,
  pass: 1 | 2 | undefined,
): Encoder | undefined {
  const link = chain?.links.find(({ task }) => task.encode !== undefined && endsOutlet(task, outlet, work));
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

interface PictureDesk {
  readonly chain: ChainOfBids;
  readonly outlets: readonly Outlet[];
  readonly encoders: readonly (Encoder | undefined)[];
  readonly decodes: Map<string, readonly string[]>;
  readonly device: string[];
}

/** Branches, join, split, tails. Frames stay on their device only where nothing is joined or split. */
function drawPictures(
  canvas: Canvas,
  work: Work,
  { chain, outlets, encoders, decodes, device }: PictureDesk,
): readonly string[] {
  const { base, slots, videos } = work;
  if (base === undefined) return [];
  const { surface } = chain.encoder.backend;
  const [only] = slots;
  const through = slots.length === 1 && only?.segment.kind === "clip" && outlets.length === 1;
  const [lone] = encoders;
  const winners = winnersOf(chain);
  const last = drawPicture(canvas, slots, {
    rate: base.rate,
    filters(clip, count) {
      const video = videos.get(clip);
      const steps = clipSteps(winners, work.ops(clip, count), {
        task: (link: ChainLink) => branchTask(link, video),
        video,
      });
      decodes.set(clip.source, steps.decode);
      if (device.length === 0) device.push(...steps.device);
      const tail = through ? [...(lone?.steps ?? []), tags(outlets[0])] : [];
      return bridge([...steps.steps, ...tail], {
        surface,
        depths: { source: video?.bitDepth ?? 8, target: base.bitDepth },
        from: steps.from,
        to: through ? (lone?.on ?? "system") : "system",
      });
    },
  });
  if (device.length === 0) device.push(...(encoders.find((one) => one && one.device.length > 0)?.device ?? []));
  if (through) return [last];
  const sources = splitPad(canvas, last, outlets.length, "split");
  return outlets.map((outlet, nth) => {
    const encoder = encoders[nth];
    const to = canvas.pad("v");
    const depths = { source: base.bitDepth, target: outlet.format?.bitDepth ?? 8 };
    const filters = bridge([...(encoder?.steps ?? []), tags(outlet)], { surface, depths, to: encoder?.on ?? "system" });
    canvas.chains.push({ from: [sources[nth] ?? last], filters, to: [to] });
    return to;
  });
}

function branchTask({ task }: ChainLink, video: VideoInfo | undefined): Task {
  const { encode: _, ...rest } = task;
  return video ? { ...rest, inputs: [video] } : rest;
}

/** Says what the pixels are, so that encoders and muxers write it; filters often drop it. */
function tags(outlet: Outlet | undefined): Filter {
  const { primaries, transfer, matrix, range } = outlet?.format?.color ?? {};
  const args = {
    ...(range && { range }),
    ...(primaries && { color_primaries: primaries }),
    ...(transfer && { color_trc: transfer }),
    ...(matrix && { colorspace: matrix }),
  };
  return { name: "setparams", args, on: "any" };
}

function drawSounds(canvas: Canvas, work: Work, format: SoundFormat, media: Media): readonly (readonly string[])[] {
  const { outlets } = work;
  const rate = work.base?.rate ?? { num: format.sampleRate, den: 1 };
  const heard = outlets.filter(({ sound }) => sound !== undefined).length;
  const tracks = Array.from({ length: format.tracks }, (_, track) => {
    const pad = drawSound(canvas, work.slots, { media, rate, format, track });
    return splitPad(canvas, pad, heard, "asplit");
  });
  let used = 0;
  return outlets.map(({ sound }) => {
    if (sound === undefined) return [];
    const nth = used++;
    return tracks.slice(0, sound.tracks).flatMap((pads) => {
      const pad = pads[nth];
      return pad === undefined ? [] : [fitSound(canvas, pad, { from: format, to: sound })];
    });
  });
}

function fitSound(
  canvas: Canvas,
  pad: string,
  { from, to }: { readonly from: SoundFormat; readonly to: SoundFormat },
): string {
  if (from.sampleRate === to.sampleRate && from.channels === to.channels) return pad;
  const out = canvas.pad("a");
  const args = { sample_rates: to.sampleRate, channel_layouts: layoutName(to.channels) };
  canvas.chains.push({ from: [pad], filters: [{ name: "aformat", args, on: "any" }], to: [out] });
  return out;
}

function splitPad(canvas: Canvas, pad: string, count: number, name: "split" | "asplit"): readonly string[] {
  if (count <= 1) return [pad];
  const to = Array.from({ length: count }, () => canvas.pad(name === "split" ? "v" : "a"));
  canvas.chains.push({ from: [pad], filters: [{ name, args: { outputs: count }, on: "any" }], to });
  return to;
}

/** Several inputs decode one after another, so one thread each is enough and saves a fifth of the memory. */
function inputArgs(
  info: MediaInfo | undefined,
  { decode, inputs }: { readonly decode: readonly string[]; readonly inputs: number },
): readonly string[] {
  const threads = inputs > 2 && !decode.includes("-threads") ? ["-threads", "1"] : [];
  return [...threads, ...decode, ...(info?.video ? ["-noautorotate"] : [])];
}

function soundArgs(
  { audio, sound }: Outlet,
  pads: readonly string[],
  { timeline }: Work,
  { files }: Media,
): readonly string[] {
  if (audio === undefined || sound === undefined || pads.length === 0) return ["-an"];
  const [first] = clipsOf(timeline.segments);
  const languages = files[first?.source ?? ""]?.audio.map(({ language }) => language) ?? [];
  return [
    ...pads.flatMap((pad) => ["-map", `[${pad}]`]),
    ...audioArgs(audio, sound),
    ...pads.flatMap((_, nth) => (languages[nth] ? [`-metadata:s:a:${nth}`, `language=${languages[nth]}`] : [])),
  ];
}

function twoPasses(encode: Encode | undefined): boolean {
  return encode?.rate.kind === "bitrate" && encode.rate.twoPass === true;
}
