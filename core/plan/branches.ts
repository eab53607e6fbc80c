import { formatSec } from "../media/mod.ts";
import type { Chain, InputSpec } from "../ffmpeg/mod.ts";
import type { Filter, Media, Rational } from "../types.ts";
import { type Comb, combFrames, combSound } from "./comb.ts";
import { countFrames, layOut, type Slot } from "./grid.ts";
import { clipSound, exactly, silence, type SoundFormat } from "./sound.ts";
import type { Clip, Mix, Segment } from "./timeline.ts";

/** A filter graph in the making: chains, the inputs they read, and a supply of pad names. */
export interface Canvas {
  readonly chains: Chain[];
  readonly inputs: InputSpec[];
  readonly places: Opened["places"];
  readonly pad: (kind: string) => string;
  /** The input a clip is read from: its index, and what is left to take off the timestamps. */
  readonly open: (clip: Clip) => { readonly index: number; readonly shiftSec: number };
}

/** Demuxers whose seek may land behind the wanted frame; these are sought far ahead of it. */
const looseSeek = /mpegts|mpeg|avi|flv|ogg|asf/;
const looseMarginSec = 12;

interface Opened {
  readonly inputs: readonly InputSpec[];
  readonly places: ReadonlyMap<Clip, { readonly index: number; readonly shiftSec: number }>;
}

/** An empty graph; with what another one has opened already, in the same order. */
export function newCanvas(media: Media, before: Opened = { inputs: [], places: new Map() }): Canvas {
  const chains: Chain[] = [];
  const inputs = [...before.inputs];
  const opened = new Map(before.places);
  let pads = 0;
  return {
    chains,
    inputs,
    places: opened,
    pad: (kind) => `${kind}${pads++}`,
    open(clip) {
      const known = opened.get(clip);
      if (known) return known;
      const info = media.files[clip.source];
      const marginSec = info && looseSeek.test(info.container) ? looseMarginSec : 0;
      const seekSec = Math.max(0, clip.inSec - marginSec);
      // Rounded as it will be printed, so that the graph takes off exactly what the seek did not.
      const sought = Number(formatSec(seekSec));
      const place = { index: inputs.length, shiftSec: Number(formatSec(clip.inSec - sought)) };
      inputs.push({ path: clip.source, seekSec: sought });
      opened.set(clip, place);
      return place;
    },
  };
}

export interface PictureOptions {
  readonly rate: Rational;
  /** The filters of one clip, `count` frames long, from its decoder to the join. */
  readonly filters: (clip: Clip, count: number) => readonly Filter[];
}

/** Draws the picture of these segments; answers the pad it ends on. */
export function drawPicture(canvas: Canvas, slots: readonly Slot[], options: PictureOptions): string {
  const pads = slots.map(({ segment, frames, comb }) =>
    segment.kind === "clip"
      ? drawClip(canvas, segment, { ...options, frames, comb })
      : drawMix(canvas, segment, frames, options),
  );
  return joinPads(canvas, pads, "v", [
    { name: "concat", args: { n: pads.length, v: 1, a: 0 }, on: "system" },
    ...steady(options.rate, countFrames(slots)),
  ]);
}

interface ClipOptions extends PictureOptions {
  readonly frames: number;
  readonly comb: Comb | undefined;
}

function drawClip(canvas: Canvas, clip: Clip, { filters, rate, frames, comb }: ClipOptions): string {
  const { index, shiftSec } = canvas.open(clip);
  const to = canvas.pad("v");
  const shift: readonly Filter[] =
    shiftSec > 0 ? [{ name: "setpts", args: { expr: `round(PTS-${shiftSec}/TB)` }, on: "any" }] : [];
  const own = filters(clip, comb?.spanFrames ?? frames);
  const steady = own.findIndex(({ name }) => name === "trim") + 1;
  const steps = comb ? [...own.slice(0, steady), ...combFrames(comb, rate), ...own.slice(steady)] : own;
  canvas.chains.push({ from: [`${index}:v:0`], filters: [...shift, ...steps], to: [to] });
  return to;
}

function drawMix(canvas: Canvas, mix: Mix, frames: number, options: PictureOptions): string {
  const [from, to] = [mix.from, mix.to].map((side) => drawPicture(canvas, whole(side, options.rate), options));
  const out = canvas.pad("v");
  const perSec = options.rate.num / options.rate.den;
  const first = Math.round(mix.inSec * perSec);
  canvas.chains.push({
    from: [from ?? "", to ?? ""],
    filters: [
      {
        name: "xfade",
        args: { transition: "fade", duration: Math.ceil(mixSec(mix) * perSec) / perSec, offset: 0 },
        on: "system",
      },
      { name: "tpad", args: { stop_mode: "clone", stop: 2 }, on: "any" },
      { name: "trim", args: { start_frame: first, end_frame: first + frames }, on: "any" },
      { name: "setpts", args: { expr: "PTS-STARTPTS" }, on: "any" },
      ...steady(options.rate, frames),
    ],
    to: [out],
  });
  return out;
}

/** Joins and new timestamps forget the frame rate; without it encoders guess 25, and the last frame may come twice. */
function steady({ num, den }: Rational, frames: number): readonly Filter[] {
  return [
    { name: "fps", args: { fps: `${num}/${den}` }, on: "any" },
    { name: "trim", args: { end_frame: frames }, on: "any" },
  ];
}

export interface SoundOptions {
  readonly media: Media;
  readonly rate: Rational;
  readonly format: SoundFormat;
  readonly track: number;
}

/** Draws one audio track of these segments; clips without it are silent for as long as their picture lasts. */
export function drawSound(canvas: Canvas, slots: readonly Slot[], options: SoundOptions): string {
  const pads = slots.map(({ segment, samples, comb }) => {
    const to = canvas.pad("a");
    if (segment.kind === "mix") canvas.chains.push(...mixSound(canvas, segment, { ...options, samples, to }));
    else {
      const heard = options.media.files[segment.source]?.audio[options.track] !== undefined;
      const { index, shiftSec } = heard ? canvas.open(segment) : { index: 0, shiftSec: 0 };
      canvas.chains.push({
        from: heard ? [`${index}:a:${options.track}`] : [],
        filters: heard
          ? clipSound(segment.sound, options.format, { samples, shiftSec, pick: comb ? combSound(comb) : [] })
          : silence(options.format, samples),
        to: [to],
      });
    }
    return to;
  });
  return joinPads(canvas, pads, "a", [{ name: "concat", args: { n: pads.length, v: 0, a: 1 }, on: "any" }]);
}

function mixSound(
  canvas: Canvas,
  mix: Mix,
  options: SoundOptions & { readonly samples: number; readonly to: string },
): readonly Chain[] {
  const { format, samples, to } = options;
  const long = mixSec(mix);
  const first = Math.round(mix.inSec * format.sampleRate);
  const sides = (
    [
      ["out", mix.from],
      ["in", mix.to],
    ] as const
  ).map(([type, side]) => {
    const from = drawSound(canvas, whole(side, options.rate, format.sampleRate), options);
    const pad = canvas.pad("a");
    // Equal power: two different sounds keep their common level through the fade.
    return {
      pad,
      chain: {
        from: [from],
        filters: [{ name: "afade", args: { type, start_time: 0, duration: long, curve: "qsin" }, on: "any" }],
        to: [pad],
      },
    };
  });
  return [
    ...sides.map(({ chain }) => chain),
    {
      from: sides.map(({ pad }) => pad),
      filters: [
        { name: "amix", args: { inputs: 2, duration: "longest", normalize: 0 }, on: "any" },
        { name: "atrim", args: { start_sample: first, end_sample: first + samples }, on: "any" },
        { name: "asetpts", args: { expr: "PTS-STARTPTS" }, on: "any" },
        ...exactly(samples),
      ],
      to: [to],
    },
  ];
}

function joinPads(canvas: Canvas, pads: readonly string[], kind: string, filters: readonly Filter[]): string {
  const [only] = pads;
  if (pads.length === 1 && only) return only;
  const to = canvas.pad(kind);
  canvas.chains.push({ from: pads, filters, to: [to] });
  return to;
}

/** As many pads as there are readers. */
export function splitPad(canvas: Canvas, pad: string, count: number, name: "split" | "asplit"): readonly string[] {
  if (count <= 1) return [pad];
  const to = Array.from({ length: count }, () => canvas.pad(name === "split" ? "v" : "a"));
  canvas.chains.push({ from: [pad], filters: [{ name, args: { outputs: count }, on: "any" }], to });
  return to;
}

/** One side of a crossfade, with a frame to spare so that neither side runs out first. */
function whole(side: readonly Segment[], rate: Rational, sampleRate = 48000): readonly Slot[] {
  return layOut(side, rate, sampleRate).map((slot, nth, all) =>
    nth === all.length - 1 && slot.comb === undefined
      ? { ...slot, frames: slot.frames + 1, samples: slot.samples + Math.ceil((sampleRate * rate.den) / rate.num) }
      : slot,
  );
}

function mixSec({ from }: Mix): number {
  return from.reduce((sum, { inSec, outSec }) => sum + outSec - inSec, 0);
}
