import { inSoftware, renderChain, renderFilter } from "../ffmpeg/mod.ts";
import { formatSec, toNumber } from "../media/mod.ts";
import type { Filter, Media, Sample } from "../types.ts";
import { seekTo } from "./canvas.ts";
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
  const texts = new Map<Clip, string>();
  function filtersOf(clip: Clip): string {
    const known = texts.get(clip);
    if (known !== undefined) return known;
    const ops = [...work.ops(clip, 1), ...outlet.tail.filter(({ op }) => op.kind !== "frames")];
    const text = renderChain(ops.flatMap(({ op }) => inSoftware(op)));
    texts.set(clip, text);
    return text;
  }
  const pace = toNumber(base.rate) / toNumber(format.rate);
  return Array.from({ length: moments }, (_, nth) => Math.floor(((nth + 0.5) * frames) / moments)).flatMap((frame) => {
    const at = Math.round(frame * pace);
    const range = ranges.find(({ from, past }) => at >= from + marginFrames && at < past - marginFrames);
    if (range === undefined) return [];
    const { clip, slipSec, from } = range;
    const atSec = clip.inSec + slipSec + (at - from) / toNumber(base.rate);
    return [sampleAt(frame, atSec, { clip, filters: filtersOf(clip), media })];
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

interface SampleDesk {
  readonly clip: Clip;
  readonly filters: string;
  readonly media: Media;
}

function sampleAt(frame: number, atSec: number, { clip: { source }, filters, media }: SampleDesk): Sample {
  const info = media.files[source];
  const { seekSec, shiftSec } = seekTo(atSec, info, { picture: true, picks: [] });
  const shift: Filter = { name: "setpts", args: { expr: `round(PTS-${formatSec(shiftSec)}/TB)` }, on: "any" };
  const steps = [...(shiftSec !== 0 ? [renderFilter(shift)] : []), ...(filters === "" ? [] : [filters])];
  return { frame, source, stream: info?.video?.index ?? 0, seekSec, filters: steps.join(",") };
}
