import { bridge, renderGraph } from "../ffmpeg/mod.ts";
import type { Filter, Media, Op, Surface } from "../types.ts";
import { alike } from "./alike.ts";
import { deviceOf } from "./assign.ts";
import { drawPicture } from "./branches.ts";
import { drawChain, newCanvas } from "./canvas.ts";
import { cascadeOf } from "./cascade.ts";
import { clipSteps, square, type Steps, type Winners } from "./chain.ts";
import type { Ground } from "./ground.ts";
import { goesThrough, type Outlet, type Work } from "./lower.ts";
import { sharePicture } from "./share.ts";

/** What an encoder's backend answered for one outlet. */
export interface Encoder {
  readonly on: Surface;
  readonly args: readonly string[];
  readonly device: readonly string[];
  readonly steps: readonly (Filter | Op)[];
}

interface DrawnPictures {
  readonly graph: string;
  /** The pads of the sources, in order. */
  readonly reads: readonly string[];
  /** The pad that each outlet's encoder reads. */
  readonly pads: readonly string[];
}

export interface Pictures extends DrawnPictures {
  /** What stands before each source, by its path. */
  readonly decodes: ReadonlyMap<string, readonly string[]>;
  readonly device: readonly string[];
}

export interface PictureDesk {
  readonly chain: Winners;
  readonly media: Media;
  readonly ground: Ground;
  readonly outlets: readonly Outlet[];
  readonly encoders: readonly (Encoder | undefined)[];
  /** What this ffmpeg decodes with. */
  readonly decoders: readonly string[];
}

/** The pictures of one rung: what its backends answer for every clip, drawn, unless another rung has drawn the same. */
export function picturesOf(work: Work, desk: PictureDesk): Pictures {
  const { chain, ground, outlets, encoders, decoders } = desk;
  const steps = ground.clips.map(({ clip, ops }) => {
    const video = work.videos.get(clip.source);
    return clipSteps(chain, ops, { video, decoders });
  });
  const answers = { steps, outlets, ends: encoders.map(endOf), surface: deviceOf(chain).backend.surface };
  const known = ground.pictures.find((one) => alike(one.answers, answers));
  if (known) return known.pictures;
  const decodes = new Map(ground.clips.map(({ clip }, nth) => [clip.source, steps[nth]?.decode ?? []]));
  const device = [...steps, ...encoders].find((one) => one !== undefined && one.device.length > 0)?.device ?? [];
  const pictures = { ...draw(work, { ...desk, steps }), decodes, device };
  ground.pictures.push({ answers, pictures });
  return pictures;
}

/** An encoder as far as pictures depend on it. */
function endOf(encoder: Encoder | undefined) {
  return encoder && { on: encoder.on, device: encoder.device, steps: encoder.steps };
}

/** Branches, join, shared pictures, tails. Frames stay on their device only where nothing is joined or split. */
function draw(
  work: Work,
  { chain, media, ground, outlets, encoders, steps }: PictureDesk & { readonly steps: readonly Steps[] },
): DrawnPictures {
  const { base, slots, videos } = work;
  if (base === undefined) return { graph: "", reads: [], pads: [] };
  const canvas = newCanvas(media, ground.canvas.reads, ground.canvas);
  const { surface } = deviceOf(chain).backend;
  const through = goesThrough({ slots, outlets });
  const [lone] = encoders;
  let nth = 0;
  const last = drawPicture(canvas, slots, {
    rate: base.rate,
    filters(clip) {
      const { from, steps: own } = steps[nth++] ?? { from: "system", steps: [] };
      const tail = through ? [...(lone?.steps ?? []), ...marks(outlets[0])] : [];
      return bridge([...own, ...tail], {
        surface,
        depths: { source: videos.get(clip.source)?.bitDepth ?? 8, target: base.bitDepth },
        from,
        to: through ? (lone?.on ?? "system") : "system",
      });
    },
  });
  if (through) return done([last]);
  const wanted = encoders.map((encoder) => encoder?.steps ?? []);
  const cascade = cascadeOf(wanted, base.pixelFormat);
  const sources = sharePicture(canvas, last, cascade);
  const pads = outlets.map((outlet, nth) => {
    const { pad, filters } = sources[nth] ?? { pad: last, filters: [] };
    const depths = { source: base.bitDepth, target: outlet.format?.bitDepth ?? 8 };
    const own = [...filters, ...(cascade.outlets[nth]?.steps ?? []), ...marks(outlet)];
    return drawChain(canvas, pad, bridge(own, { surface, depths, to: encoders[nth]?.on ?? "system" }));
  });
  return done(pads);

  function done(pads: readonly string[]): DrawnPictures {
    const reads = canvas.chains.flatMap(({ from }) => from).filter((pad) => /^\d+:/.test(pad));
    return { graph: renderGraph(canvas.chains), reads, pads };
  }
}

/** Says what the pixels are, so that encoders and muxers write it; filters often drop it, and a scale bends their shape. */
function marks(outlet: Outlet | undefined): readonly Filter[] {
  const { primaries, transfer, matrix, range } = outlet?.format?.color ?? {};
  const args = {
    ...(range && { range }),
    ...(primaries && { color_primaries: primaries }),
    ...(transfer && { color_trc: transfer }),
    ...(matrix && { colorspace: matrix }),
  };
  const scaled = outlet?.tail.some(({ op }) => op.kind === "scale") ?? false;
  return [...(scaled ? [square] : []), { name: "setparams", args, on: "any" }];
}
