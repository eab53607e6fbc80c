import { isVendueError } from "../../core/errors.ts";
import { sizeClassOf } from "../../core/plan/mod.ts";
import { CODECS, type Codec, type Effort, type Measurement } from "../../core/types.ts";
import type { SourceClip } from "../clips/mod.ts";
import { searchQuality } from "../quality/mod.ts";
import { mean } from "../stats/mod.ts";
import type { Absent } from "../types.ts";
import { openClips } from "./clips.ts";
import type { BenchDesk, Choice } from "./desk.ts";
import { remember } from "./learn.ts";
import { lanesFor, probeEncode, type Probed } from "./probe.ts";

export interface CalibrateWish extends Choice {
  readonly frames?: number;
}

/** What was found for one device's encoder. */
export interface CalibrateRow {
  readonly measurement: Measurement;
  readonly metric: string;
  readonly points: readonly {
    readonly asked: number;
    readonly told: number;
    /** What the cpu scores at `asked`, and this encoder at `told`. */
    readonly target: number;
    readonly score: number;
    /** Bits for that picture, over the cpu's. */
    readonly bits: number;
    readonly setting: string;
    readonly probes: number;
  }[];
}

export interface CalibrateResult {
  readonly rows: readonly CalibrateRow[];
  readonly absent: readonly Absent[];
}

/** From a small file to one that is hard to tell from its source: where people are. */
const asked = [50, 70, 85];
/** Classes that do not saturate a score, and differ from each other. */
const usual = ["talk", "sport", "water", "anim"];
const usualFrames = 60;
/** Closer than an encoder's own steps is nothing gained. */
const tolerance = 0.3;

/**
 * Finds, for every device's encoder, what it has to be asked for to give the picture that the cpu gives for the same
 * wish, and what that costs in bits. Kept for this ffmpeg, driver and backend, and used from the next plan on.
 */
export async function calibrateBench(wish: CalibrateWish, desk: BenchDesk): Promise<CalibrateResult> {
  const { codecs = CODECS, backends, effort, size, frames = usualFrames } = wish;
  const clips = await openClips({ names: wish.clips ?? usual, frames, ...(size && { size }) }, desk);
  const accel = new Set(desk.survey.backends.filter((one) => one.accel).map(({ name }) => name));
  const lanes = lanesFor({ codecs, ...(backends && { backends }) }, desk).filter(({ backend }) => accel.has(backend));
  const absent: Absent[] = desk.survey.backends.flatMap(({ name, probe }) =>
    probe.state === "absent" && (backends?.includes(name) ?? true) ? [{ backend: name, reason: probe.reason }] : [],
  );
  const rows: CalibrateRow[] = [];
  const total = lanes.length * asked.length;
  const begun = performance.now();
  let done = 0;
  const references = new Map<string, Average>();
  for (const { backend, codec } of lanes)
    try {
      const points: Point[] = [];
      for (const quality of asked) {
        const leftSec =
          done === 0 ? total * clips.length * 5 : ((performance.now() - begun) / 1000 / done) * (total - done);
        desk.tell({ done: done++, total, leftSec, doing: `${backend} ${codec}: what equals quality ${quality}` });
        const key = `${codec} ${quality}`;
        const reference =
          references.get(key) ?? (await average({ backend: "cpu", codec, effort, clips }, quality, desk));
        references.set(key, reference);
        points.push(await equalTo(reference, { asked: quality, backend, codec, effort, clips }, desk));
      }
      rows.push(rowOf({ backend, codec, effort, clips }, points, desk));
    } catch (error) {
      if (!isVendueError(error) || error.code === "CANCELLED") throw error;
      absent.push({ backend, what: codec, reason: error.message });
    }
  await remember(
    rows.map(({ measurement }) => measurement),
    desk,
  );
  return { rows, absent };
}

interface Lane {
  readonly backend: string;
  readonly codec: Codec;
  readonly effort: Effort;
  readonly clips: readonly SourceClip[];
}

interface Average {
  readonly at: number;
  readonly score: number;
  readonly probes: readonly Probed[];
}

/** One setting over all clips, by the mean of their scores. */
async function average({ clips, ...lane }: Lane, quality: number, desk: BenchDesk): Promise<Average> {
  const probes: Probed[] = [];
  for (const source of clips) probes.push(await probeEncode({ ...lane, source }, quality, desk));
  return { at: quality, score: mean(probes.map(({ score }) => score)), probes };
}

interface Point {
  readonly asked: number;
  readonly reference: Average;
  readonly found: Average;
  readonly count: number;
}

async function equalTo(reference: Average, lane: Lane & { readonly asked: number }, desk: BenchDesk): Promise<Point> {
  const { best, exact, probes } = await searchQuality(
    (quality) => average(lane, quality, desk),
    { least: 0, most: 100, step: 1, higherIsBetter: true },
    { target: reference.score, tolerance },
  );
  // Where nothing reaches it, the best there is comes nearest.
  const nearest = probes.toSorted(
    (a, b) => Math.abs(a.score - reference.score) - Math.abs(b.score - reference.score),
  )[0];
  const found = best ?? nearest ?? reference;
  return { asked: lane.asked, reference, found: { ...found, at: exact ?? found.at }, count: probes.length };
}

function rowOf(lane: Lane, points: readonly Point[], { rig }: BenchDesk): CalibrateRow {
  const { backend, codec, effort, clips } = lane;
  const plan = points[0]?.found.probes[0]?.plan;
  const claimed = points[0]?.reference.probes[0]?.plan.bid.quality ?? 1;
  const bits = points.map(bitsOf);
  const pairs = points.map(({ asked: wish, found }) => [wish, Number(found.at.toFixed(1))] as const);
  const video = clips[0]?.video ?? { width: 0, height: 0 };
  return {
    measurement: {
      ...{ backend, codec, effort, encoder: plan?.encoder ?? "", device: plan?.device ?? "" },
      sizeClass: sizeClassOf(video),
      // The scale's anchor is what the cpu claims for itself; bits for the same picture say how far below it is.
      quality: Number(Math.min(1, claimed / Math.exp(mean(bits.map(Math.log)))).toFixed(3)),
      equal: pairs.filter(([, told], nth) => nth === 0 || told > (pairs[nth - 1]?.[1] ?? 0)),
      at: rig.host.now().toISOString(),
    },
    metric: points[0]?.found.probes[0]?.metric ?? "",
    points: points.map(({ asked: wish, reference, found, count }, nth) => ({
      ...{ asked: wish, told: Number(found.at.toFixed(1)), target: reference.score, score: found.score },
      ...{ bits: bits[nth] ?? 1, setting: found.probes[0]?.setting ?? "", probes: count },
    })),
  };
}

/** Geometric over the clips, so that a dense one does not speak for all. */
function bitsOf({ reference, found }: Point): number {
  const logs = found.probes.map(({ kbps }, nth) => Math.log(kbps / (reference.probes[nth]?.kbps ?? kbps)));
  return Math.exp(mean(logs));
}
