import { keepMeasured } from "../../core/host/mod.ts";
import { sizeClassOf } from "../../core/plan/mod.ts";
import type { Measurement } from "../../core/types.ts";
import { median } from "../stats/mod.ts";
import type { Sample } from "../types.ts";
import { paceOf } from "../verdict/mod.ts";
import type { BenchDesk } from "./desk.ts";
import type { ReadyCase } from "./ready.ts";

/** Whose measurement it is: everything that another number would belong to. */
export function identityOf({ backend, codec, effort, size, plan }: ReadyCase): Omit<Measurement, "at"> {
  return { backend, device: plan.device, encoder: plan.encoder, codec, effort, sizeClass: sizeClassOf(size) };
}

/**
 * What the auction learns of a run: the pace of each encoder over all clips, on the slope between the two lengths. A run
 * of one length would count start-up as slowness, and teaches nothing.
 */
export function pacesOf(
  cases: readonly ReadyCase[],
  samplesOf: (id: string) => readonly Sample[],
  at: string,
): readonly Measurement[] {
  const lossless = cases.filter(({ chain, source }) => chain === "full" && !source.id.endsWith("-h264"));
  const groups = new Map<string, ReadyCase[]>();
  for (const one of lossless) {
    const key = JSON.stringify(identityOf(one));
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group): readonly Measurement[] => {
    const paces = group.flatMap((one) => pairs(samplesOf(one.id)).map((pair) => ({ ...paceOf(...pair), ...one.size })));
    const fair = paces.filter(({ secPerFrame }) => secPerFrame > 0);
    const [first] = group;
    if (first === undefined || fair.length === 0) return [];
    const pixelsPerSec = Math.round(
      median(fair.map(({ width, height, secPerFrame }) => (width * height) / secPerFrame)),
    );
    const startSec = Math.max(0, Number(median(fair.map((pace) => pace.startSec)).toFixed(3)));
    return [{ ...identityOf(first), pace: { pixelsPerSec, startSec }, at }];
  });
}

function pairs(samples: readonly Sample[]): readonly (readonly [Sample, Sample])[] {
  return samples.flatMap((long) => {
    const short = samples.find((one) => one.length === "short" && one.round === long.round);
    return long.length === "long" && short ? [[short, long] as const] : [];
  });
}

export async function remember(found: readonly Measurement[], { rig, loaded }: BenchDesk): Promise<void> {
  const { settings, tools } = rig.host;
  if (found.length > 0) await keepMeasured(found, loaded, { settings, ffmpeg: tools.ffmpeg });
}
