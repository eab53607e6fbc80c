import { PipelineError } from "../errors.ts";
import type { Command, Media, Pipeline, RankedBid, Survey } from "../types.ts";
import { copyFile } from "./copy.ts";
import { areAlike, joinFiles, joinPieces, type Made } from "./join.ts";
import type { Outlet, Work } from "./lower.ts";
import { relevelOf } from "./relevel.ts";
import { rendererOf } from "./render.ts";
import { clipsOf } from "./timeline.ts";
import type { Considered } from "./ways.ts";

/** What bids are built from, beside the work itself. */
export interface BidDesk {
  readonly pipeline: Pipeline;
  readonly media: Media;
  readonly survey: Survey;
}

/** Sound alone is core's own work: software, and the same everywhere. */
export function soundBid(work: Work, media: Media): RankedBid {
  const seconds = Math.max(...work.outlets.map(({ durationSec }) => durationSec));
  const expectSec = seconds / 60;
  const commands = rendererOf(work, { media })(undefined, { expectSec });
  const encoder = work.outlets.map(({ audio }) => audio?.codec ?? "none").join("+");
  return { ...core("core", encoder, commands, expectSec), ...relevelOf(work, media)() };
}

/** The bid of a copy or a smart cut; refused in words where neither can be had. */
export function copyBids(
  { work, chosen, ways }: Considered,
  { pipeline, media, survey }: BidDesk,
): readonly RankedBid[] {
  const [outlet] = work.outlets;
  if (outlet === undefined) return [];
  if (chosen === undefined) throw copyRefused(work, outlet, { pipeline, ways });
  const { cores } = survey.platform;
  const clips = clipsOf(work.timeline.segments);
  const { commands, pieces, moved }: Made =
    chosen.way === "whole copy" && clips.length === 1
      ? { commands: [copyFile(work, outlet, { media })] }
      : chosen.way === "whole copy" && areAlike(chosen.stretches)
        ? joinFiles(work, outlet, chosen, { media, cores })
        : joinPieces(work, outlet, chosen, { media, cores });
  const expectSec = commands.reduce((sum, one) => sum + one.expectSec, 0);
  const isSmart = chosen.way === "smart cut";
  const edges =
    clips.length > 0 && media.files[clips[0]?.source ?? ""]?.video?.codec === "hevc" ? "libx265" : "libx264";
  const bid = core(isSmart ? "smart" : "copy", isSmart ? `copy+${edges}` : "copy", commands, expectSec);
  return [{ ...bid, ...(pieces && { pieces }), ...(moved && { moved }), ...relevelOf(work, media)() }];
}

function copyRefused(
  { id }: Work,
  { render }: Outlet,
  { pipeline, ways }: Pick<BidDesk, "pipeline"> & Pick<Considered, "ways">,
): PipelineError {
  const reasons = new Map<string, string[]>();
  for (const { way, reason } of ways)
    if (way !== "one graph") reasons.set(reason, [...(reasons.get(reason) ?? []), way]);
  const [[only] = [""], ...others] = reasons;
  const told =
    others.length === 0 ? only : [...reasons].map(([reason, names]) => `\n  ${names.join(", ")}: ${reason}`).join("");
  return new PipelineError(pipeline.file, [
    {
      code: "COPY_REFUSED",
      message: `${id} cannot be copied: ${told}`,
      hint: "or choose a video codec, and it will be encoded",
      ...render.rendition.at,
    },
  ]);
}

function core(backend: string, encoder: string, commands: readonly Command[], cost: number): RankedBid {
  return { backend, encoder, device: "cpu", accel: false, cost, commands };
}
