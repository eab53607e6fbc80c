import { inSoftware, renderChain } from "../ffmpeg/mod.ts";
import { formatSec, toNumber } from "../media/mod.ts";
import type { Filter, Media, Op, Sample } from "../types.ts";
import { newCanvas } from "./canvas.ts";
import type { Slot } from "./grid.ts";
import type { Outlet, Work } from "./lower.ts";
import type { Clip } from "./timeline.ts";

/** How many moments of an output are compared with its sources. */
const moments = 4;

/** Frames next to a cut are left alone: half a frame decides there which side is shown. */
const marginFrames = 2;

/**
 * Moments spread over an output, with the frame of a source that must be seen there and everything that is done to it,
 * in software. A picture that an encoder has garbled decodes without an error; this is what gives it away.
 */
export function samplesOf(work: Work, outlet: Outlet, media: Media): readonly Sample[] {
  const { base, slots } = work;
  const { format, frames } = outlet;
  // Frames that keep their own times have no number to be found by.
  if (base === undefined || format === undefined || base.pace === "source") return [];
  const ranges = spread(slots);
  const pace = toNumber(base.rate) / toNumber(format.rate);
  return Array.from({ length: moments }, (_, nth) => Math.floor(((nth + 0.5) * frames) / moments)).flatMap((frame) => {
    const at = Math.round(frame * pace);
    const range = ranges.find(({ from, past }) => at >= from + marginFrames && at < past - marginFrames);
    return range ? [sampleAt(frame, (at - range.from) / toNumber(base.rate), { ...range, work, outlet, media })] : [];
  });
}

interface Range {
  readonly clip: Clip;
  readonly slipSec: number;
  /** Frames of the output. */
  readonly from: number;
  readonly past: number;
}

/** Every range that shows one source only; crossfades show two. */
function spread(slots: readonly Slot[]): readonly Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const { segment, frames, slipSec } of slots.flatMap((slot) => slot.comb?.slots ?? [slot])) {
    if (segment.kind === "clip") ranges.push({ clip: segment, slipSec, from, past: from + frames });
    from += frames;
  }
  return ranges;
}

interface SampleDesk extends Range {
  readonly work: Work;
  readonly outlet: Outlet;
  readonly media: Media;
}

function sampleAt(frame: number, intoSec: number, { clip, slipSec, work, outlet, media }: SampleDesk): Sample {
  const canvas = newCanvas(media, { picture: true, picks: [] });
  const { shiftSec } = canvas.open({ ...clip, inSec: clip.inSec + slipSec + intoSec });
  const [input] = canvas.inputs;
  const own = work.ops(clip, 1).map(({ op }) => op);
  const after = outlet.tail.map(({ op }) => op).filter(({ kind }) => kind !== "frames");
  const shift: readonly Filter[] =
    shiftSec !== 0 ? [{ name: "setpts", args: { expr: `round(PTS-${formatSec(shiftSec)}/TB)` }, on: "any" }] : [];
  const filters = [...shift, ...[...own, ...after].flatMap((op: Op) => inSoftware(op))];
  const stream = media.files[clip.source]?.video?.index ?? 0;
  return { frame, source: clip.source, stream, seekSec: input?.seekSec ?? 0, filters: renderChain(filters) };
}
