import { renderGraph } from "../ffmpeg/mod.ts";
import type { Media } from "../types.ts";
import { drawnClips } from "./branches.ts";
import { type Canvas, newCanvas, splitPad } from "./canvas.ts";
import type { Work } from "./lower.ts";
import type { TaggedOp } from "./picture.ts";
import type { Pictures } from "./pictures.ts";
import { layoutName, type SoundFormat } from "./sound.ts";
import { drawSound } from "./soundtrack.ts";
import type { Clip } from "./timeline.ts";

/**
 * What is the same on every rung of a ladder, found once: what is read, in which order, and the sound, which is
 * always core's. Rungs that only encode differently share their pictures too.
 */
export interface Ground {
  readonly canvas: Canvas;
  /** Every clip in the order it is drawn, with all that is done to its picture. */
  readonly clips: readonly { readonly clip: Clip; readonly ops: readonly TaggedOp[] }[];
  readonly sound: {
    readonly graph: string;
    /** The pads of each outlet's tracks. */
    readonly pads: readonly (readonly string[])[];
  };
  /** Pictures drawn so far, with everything that was answered for them. */
  readonly pictures: { readonly answers: unknown; readonly pictures: Pictures }[];
}

/** `pictures: false` is for the sound of a programme whose pictures are made elsewhere. */
export function groundOf(work: Work, media: Media, { pictures = true } = {}): Ground {
  const base = pictures ? work.base : undefined;
  const reads = { picture: base !== undefined, picks: work.sound?.picks ?? [] };
  const canvas = newCanvas(media, reads);
  const shown = base ? drawnClips(work.slots, base.rate) : [];
  const clips = shown.map(([clip, count]) => {
    canvas.open(clip);
    return { clip, ops: work.ops(clip, count) };
  });
  const pads = work.sound === undefined ? [] : drawSounds(canvas, work, work.sound, media);
  return { canvas, clips, sound: { graph: renderGraph(canvas.chains), pads }, pictures: [] };
}

function drawSounds(canvas: Canvas, work: Work, format: SoundFormat, media: Media): readonly (readonly string[])[] {
  const { outlets } = work;
  const rate = work.base?.rate ?? { num: format.sampleRate, den: 1 };
  const heard = outlets.filter(({ sound }) => sound !== undefined).length;
  const tracks = format.picks.map((pick) => {
    const pad = drawSound(canvas, work.slots, { media, rate, format, pick });
    return splitPad(canvas, pad, heard, "asplit");
  });
  let used = 0;
  return outlets.map(({ sound }) => {
    if (sound === undefined) return [];
    const nth = used++;
    return sound.picks.flatMap((pick) => {
      const at = format.picks.findIndex((one) => JSON.stringify(one) === JSON.stringify(pick));
      const pad = tracks[at]?.[nth];
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
