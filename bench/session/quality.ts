import { CODECS, type Codec, type Effort, type Measurement } from "../../core/types.ts";
import { sizeClassOf } from "../../core/plan/mod.ts";
import { type BenchResult, isMeasured, type Measured, notMeasured, type Speedup } from "../types.ts";
import { referencePairs, speedupOf } from "../verdict/mod.ts";
import { openClips } from "./clips.ts";
import type { BenchDesk, Choice } from "./desk.ts";
import { remember } from "./learn.ts";
import { efforts, isoCases, type Pair, pairOf } from "./equal.ts";
import { bitsBetween, curveOf, drawLines, type Line } from "./lines.ts";
import { lanesFor } from "./probe.ts";
import { assemble } from "./result.ts";
import { calibrationCase } from "./run.ts";
import { timeCases } from "./timing.ts";

export interface QualityWish extends Choice {
  readonly frames?: number;
  readonly rounds?: number;
}

/** One encoder against the cpu of the same codec, over all clips. */
export interface QualityRow {
  readonly backend: string;
  readonly encoder: string;
  readonly codec: Codec;
  readonly metric: string;
  /** Bits for the same picture, against the cpu at the same effort: 0.25 is a quarter more. */
  readonly bits: Measured;
  /** The effort of the cpu that needs bits most like it: only against that is a speed-up worth a word. */
  readonly equal: Measured<{ readonly effort: Effort; readonly bits: number }>;
  readonly speedup: Measured<Speedup>;
}

export interface QualityResult {
  readonly result: BenchResult;
  readonly rows: readonly QualityRow[];
}

/** Curves of rate and quality for every encoder, and how much faster each is at equal bits for equal pictures. */
export async function qualityBench(wish: QualityWish, desk: BenchDesk): Promise<QualityResult> {
  const { clips: names, size, frames, effort, codecs = CODECS, backends } = wish;
  const started = desk.rig.host.now();
  const clips = await openClips({ ...(names && { names }), ...(size && { size }), ...(frames && { frames }) }, desk);
  const lanes = lanesFor({ codecs, ...(backends && { backends: ["cpu", ...backends] }) }, desk);
  const rivals = lanes.filter(({ backend }) => backend !== "cpu");
  const contested = new Set(rivals.map(({ codec }) => codec));
  const wanted = [
    ...lanes.map((lane) => ({ ...lane, effort })),
    ...efforts
      .filter((one) => one !== effort)
      .flatMap((one) => [...contested].map((codec) => ({ backend: "cpu", codec, effort: one }))),
  ].flatMap((lane) => clips.map((source) => ({ ...lane, source })));
  const { lines, absent } = await drawLines(wanted, desk);

  const pairs = rivals.flatMap(({ backend, codec }) => pairOf({ backend, codec, effort }, lines));
  const cases = pairs.flatMap((pair) => isoCases(pair, desk));
  const timings = await timeCases(
    cases,
    { rounds: wish.rounds ?? 7, calibration: calibrationCase(clips[0], desk) },
    desk,
  );
  const result = await assemble(
    { ...{ started, quick: false, timings, cases, scores: new Map(), clips, absent }, curves: lines.map(curveOf) },
    desk,
  );
  await remember(qualitiesOf(lines, { effort, at: started.toISOString() }), desk);
  const rows = lanes.flatMap((lane) => rowOf({ ...lane, effort }, { lines, pairs, result }));
  return { result, rows };
}

/** The scale's anchor is what the cpu claims for its own balanced effort; the others stand to it as their bits do. */
function qualitiesOf(
  lines: readonly Line[],
  { effort, at }: { readonly effort: Effort; readonly at: string },
): readonly Measurement[] {
  const lanes = new Map(lines.map((line) => [[line.backend, line.codec, line.effort].join(), line]));
  return [...lanes.values()].flatMap((lane): readonly Measurement[] => {
    const anchor = lines.filter(
      (line) => line.backend === "cpu" && line.codec === lane.codec && line.effort === effort,
    );
    const claimed = anchor[0]?.points[0]?.plan.bid.quality;
    const same = lines.filter(
      (line) => line.backend === lane.backend && line.codec === lane.codec && line.effort === lane.effort,
    );
    const bits = bitsBetween(anchor, same);
    const plan = lane.points[0]?.plan;
    if (claimed === undefined || plan === undefined || !isMeasured(bits) || anchor[0] === lane) return [];
    const quality = Number(Math.min(1, claimed / (1 + bits)).toFixed(3));
    const { backend, codec } = lane;
    const { width, height } = lane.source.video;
    return [
      {
        backend,
        codec,
        effort: lane.effort,
        device: plan.device,
        encoder: plan.encoder,
        sizeClass: sizeClassOf({ width, height }),
        quality,
        at,
      },
    ];
  });
}

function rowOf(
  lane: { readonly backend: string; readonly codec: Codec; readonly effort: Effort },
  {
    lines,
    pairs,
    result,
  }: { readonly lines: readonly Line[]; readonly pairs: readonly Pair[]; readonly result: BenchResult },
): readonly QualityRow[] {
  const own = lines.filter(
    ({ backend, codec, effort }) => backend === lane.backend && codec === lane.codec && effort === lane.effort,
  );
  const [first] = own;
  if (first === undefined) return [];
  const anchor = lines.filter(
    (line) => line.backend === "cpu" && line.codec === lane.codec && line.effort === lane.effort,
  );
  const pair = pairs.find(({ backend, codec }) => backend === lane.backend && codec === lane.codec);
  const cases = result.cases.filter(
    ({ backend, codec, reference }) => reference && backend === lane.backend && codec === lane.codec,
  );
  const alone = notMeasured(
    lane.backend === "cpu" ? "it is what the others are held against" : "the cpu has no such curve",
  );
  return [
    {
      ...{ backend: lane.backend, codec: lane.codec, encoder: first.points[0]?.plan.encoder ?? "" },
      metric: first.points[0]?.metric ?? "",
      bits: lane.backend === "cpu" ? alone : bitsBetween(anchor, own),
      equal: pair ? pair.equal : alone,
      speedup: pair ? speedupOf(referencePairs(cases, result.cases)) : alone,
    },
  ];
}
