import { VendueError } from "../../core/errors.ts";
import type { Codec, Effort, Size } from "../../core/types.ts";
import { type PlannedEncode, planEncode, timed } from "../cases/mod.ts";
import { encodedClip, type SourceClip } from "../clips/mod.ts";
import { runFfmpeg } from "../measure/mod.ts";
import { score } from "../quality/mod.ts";
import { type CurvePoint, isMeasured, type Scores } from "../types.ts";
import type { BenchDesk } from "./desk.ts";

/** One encoder at one setting of the pipeline's own scale of quality, 0 to 100. */
export interface ProbeWish {
  readonly backend: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly source: SourceClip;
  /** The size that scores are told at; the clip's own where left out. */
  readonly scoredAt?: Size;
}

export interface Probed extends CurvePoint {
  /** The setting, and the score that a search goes by. */
  readonly at: number;
  readonly score: number;
  /** `vmaf_v0.6.1`, or what there is without it. */
  readonly metric: string;
  readonly scores: Scores;
  readonly plan: PlannedEncode;
  /** The encoder's own word for the setting, such as `crf 23`. */
  readonly setting: string;
}

/** Encodes once and scores it. */
export async function probeEncode(wish: ProbeWish, quality: number, desk: BenchDesk): Promise<Probed> {
  const { backend, codec, effort, source, scoredAt } = wish;
  const name = `${backend}-${codec}-${effort}-${source.id}-q${quality}`;
  const rate = { kind: "quality", quality } as const;
  const planned = planEncode({ backend, codec, effort, rate, clip: source, folder: desk.rig.scratch, name }, desk);
  const [command] = planned.ok ? planned.plan.commands : [];
  if (!planned.ok || command === undefined)
    throw new VendueError(
      "NO_BID",
      `${backend} does not encode ${codec}: ${planned.ok ? "no command" : planned.reason}`,
      {
        hint: "see: vendue doctor",
      },
    );
  const run = timed(command, "full");
  const seen = await runFfmpeg({ ...run, accel: planned.plan.accel }, desk.rig);
  const encoded = encodedClip(planned.plan.output, source);
  const scores = await score(encoded, { scorer: desk.scorer, ...(scoredAt && { at: scoredAt }) }, desk.rig);
  const { metric, value } = headline(scores);
  return {
    ...{ at: quality, score: value, metric, scores, plan: planned.plan, setting: settingIn(command.args) },
    ...{ knob: quality, quality: value, cpuSec: seen.cpuSec, wallSec: seen.wallSec },
    kbps: (seen.bytes * 8) / 1000 / source.info.durationSec,
  };
}

/** The best number this machine can give; numbers of two metrics are never compared. */
export function headline({ model, vmaf, ssimDb, psnr }: Scores): { readonly metric: string; readonly value: number } {
  if (isMeasured(vmaf) && isMeasured(model)) return { metric: model, value: vmaf.mean };
  if (isMeasured(ssimDb)) return { metric: "ssim dB", value: ssimDb };
  return { metric: "psnr dB", value: isMeasured(psnr) ? psnr.y : 0 };
}

const knobs = ["-crf", "-cq", "-qp", "-global_quality", "-q:v", "-qp_i", "-b:v"];

function settingIn(args: readonly string[]): string {
  const flag = knobs.find((one) => args.includes(one));
  return flag === undefined ? "" : `${flag.slice(1).replace(":v", "")} ${args[args.indexOf(flag) + 1] ?? ""}`;
}

/** The backends and codecs that a wish leaves, in the survey's order. */
export function lanesFor(
  { backends, codecs }: { readonly backends?: readonly string[]; readonly codecs: readonly Codec[] },
  { survey }: BenchDesk,
): readonly { readonly backend: string; readonly codec: Codec }[] {
  return survey.backends
    .filter(({ name, probe }) => probe.state === "ready" && (backends?.includes(name) ?? true))
    .flatMap(({ name }) => codecs.map((codec) => ({ backend: name, codec })));
}
