import { keepMeasured } from "../../core/host/mod.ts";
import { sizeClassOf } from "../../core/plan/mod.ts";
import type { Measurement, Size } from "../../core/types.ts";
import { median } from "../stats/mod.ts";
import type { Absent, Sample } from "../types.ts";
import { type Pace, paceOf } from "../verdict/mod.ts";
import type { BenchDesk } from "./desk.ts";
import type { ReadyCase } from "./ready.ts";

/** What it takes of a case to tell whose pace it is. */
export type Paced = Pick<ReadyCase, "id" | "backend" | "codec" | "effort" | "size" | "chain"> & {
  readonly plan: Pick<ReadyCase["plan"], "device" | "encoder">;
  readonly source: Pick<ReadyCase["source"], "id">;
};

/** Whose measurement it is: everything that another number would belong to. */
export function identityOf({ backend, codec, effort, size, plan }: Paced): Omit<Measurement, "at"> {
  return { backend, device: plan.device, encoder: plan.encoder, codec, effort, sizeClass: sizeClassOf(size) };
}

/** What the auction learns of a run, and whose pace this run could not tell. */
export interface Learned {
  readonly paces: readonly Measurement[];
  readonly absent: readonly Absent[];
}

/**
 * The pace of each encoder over all clips, on the slope between the two lengths, by the medians of the rounds: one late
 * start would turn a round's own slope around. A run of one length would count start-up as slowness, and teaches nothing.
 */
export function pacesOf(cases: readonly Paced[], samplesOf: (id: string) => readonly Sample[], at: string): Learned {
  const lossless = cases.filter(({ chain, source }) => chain === "full" && !source.id.endsWith("-h264"));
  const groups = new Map<string, Paced[]>();
  for (const one of lossless) {
    const key = JSON.stringify(identityOf(one));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const paces: Measurement[] = [];
  const absent: Absent[] = [];
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    const slopes = [first, ...others].flatMap((one) =>
      slopeOf(samplesOf(one.id)).map((pace) => ({ ...pace, ...one.size })),
    );
    const fair = slopes.filter(({ secPerFrame }) => secPerFrame > 0);
    if (fair.length > 0) paces.push({ ...identityOf(first), pace: middleOf(fair), at });
    else if (slopes.length > 0)
      absent.push({ backend: first.backend, what: `the pace of ${first.codec}`, reason: noSlope });
  }
  return { paces, absent };
}

const noSlope = "the long runs took no longer than the short ones; more rounds or a quieter machine would tell";

/** One clip's pace: between the medians of its short and of its long runs. */
function slopeOf(samples: readonly Sample[]): readonly Pace[] {
  const middle = (wish: Sample["length"]) => {
    const [first, ...others] = samples.filter(({ length }) => length === wish);
    return first && { ...first, wallSec: median([first, ...others].map(({ wallSec }) => wallSec)) };
  };
  const [short, long] = [middle("short"), middle("long")];
  return short && long ? [paceOf(short, long)] : [];
}

function middleOf(slopes: readonly (Pace & Size)[]): NonNullable<Measurement["pace"]> {
  return {
    pixelsPerSec: Math.round(median(slopes.map(({ width, height, secPerFrame }) => (width * height) / secPerFrame))),
    startSec: Math.max(0, Number(median(slopes.map(({ startSec }) => startSec)).toFixed(3))),
  };
}

export async function remember(found: readonly Measurement[], { rig, loaded }: BenchDesk): Promise<void> {
  const { settings, tools } = rig.host;
  if (found.length > 0) await keepMeasured(found, loaded, { settings, ffmpeg: tools.ffmpeg });
}
