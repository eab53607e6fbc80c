import { isVendueError, VendueError } from "../../core/errors.ts";
import type { Size } from "../../core/types.ts";
import { searchQuality } from "../quality/mod.ts";
import { type Absent, type Measured, notMeasured } from "../types.ts";
import { openClips } from "./clips.ts";
import type { BenchDesk, Choice } from "./desk.ts";
import { lanesFor, probeEncode, type Probed } from "./probe.ts";

export interface SearchWish extends Choice {
  readonly vmaf: number;
  readonly frames?: number;
  /** The size that the target is meant at. */
  readonly scoredAt: Size;
  readonly mostProbes?: number;
}

/** What one encoder needs for the target on one clip. */
export interface SearchRow {
  readonly backend: string;
  readonly encoder: string;
  readonly clip: string;
  readonly metric: string;
  readonly probes: readonly Pick<Probed, "at" | "score" | "kbps" | "cpuSec" | "wallSec" | "setting">[];
  /** The smallest that reaches the target; absent where nothing does. */
  readonly best?: Pick<Probed, "at" | "score" | "kbps" | "cpuSec" | "wallSec" | "setting">;
  /** Bits at exactly the target, between the probes around it. */
  readonly kbpsAtTarget: Measured;
}

export interface SearchResult {
  readonly target: number;
  readonly scoredAt: Size;
  readonly rows: readonly SearchRow[];
  readonly absent: readonly Absent[];
}

/** Bits and time that each encoder takes to reach one score on each clip, in three or four probes. */
export async function searchBench(wish: SearchWish, desk: BenchDesk): Promise<SearchResult> {
  const { vmaf: target, effort, scoredAt, codecs = ["h264"], backends, mostProbes } = wish;
  if (desk.scorer.model === undefined)
    throw new VendueError("ENCODER_MISSING", "No ffmpeg here has libvmaf, so no score of VMAF can be searched for", {
      hint: `install one that has it, or the package @ffmpeg-binary; looked at ${desk.scorer.looked.join(", ")}`,
    });
  const { clips: names, size, frames } = wish;
  const clips = await openClips({ ...(names && { names }), ...(size && { size }), ...(frames && { frames }) }, desk);
  const lanes = lanesFor({ codecs, ...(backends && { backends }) }, desk);
  const rows: SearchRow[] = [];
  const absent: Absent[] = desk.survey.backends.flatMap(({ name, probe }) =>
    probe.state === "absent" && (backends?.includes(name) ?? true) ? [{ backend: name, reason: probe.reason }] : [],
  );
  const total = lanes.length * clips.length;
  const begun = performance.now();
  for (const { backend, codec } of lanes)
    for (const source of clips) {
      const done = rows.length;
      const leftSec = done === 0 ? total * 8 : ((performance.now() - begun) / 1000 / done) * (total - done);
      desk.tell({ done, total, leftSec, doing: `searching ${target} with ${backend} ${codec} on ${source.id}` });
      try {
        const found = await searchQuality(
          (quality) => probeEncode({ backend, codec, effort, source, scoredAt }, quality, desk),
          { least: 0, most: 100, step: 1, higherIsBetter: true },
          { target, ...(mostProbes !== undefined && { mostProbes }) },
        );
        rows.push(rowOf({ backend, clip: source.id, target }, found));
      } catch (error) {
        if (!isVendueError(error) || error.code === "CANCELLED") throw error;
        const known = absent.some((one) => one.backend === backend && one.what === codec);
        if (!known) absent.push({ backend, what: codec, reason: error.message });
      }
    }
  return { target, scoredAt, rows, absent };
}

function rowOf(
  { backend, clip, target }: { readonly backend: string; readonly clip: string; readonly target: number },
  { best, probes }: Awaited<ReturnType<typeof searchQuality<Probed>>>,
): SearchRow {
  const shown = ({ at, score, kbps, cpuSec, wallSec, setting }: Probed) => ({
    at,
    score,
    kbps,
    cpuSec,
    wallSec,
    setting,
  });
  const [first] = probes;
  return {
    ...{ backend, encoder: first?.plan.encoder ?? "", clip, metric: first?.metric ?? "" },
    probes: probes.map(shown),
    ...(best && { best: shown(best) }),
    kbpsAtTarget: bitsAt(target, probes),
  };
}

/** On the straight line of log bits between the two probes around the target. */
function bitsAt(target: number, probes: readonly Probed[]): Measured {
  const below = probes.filter(({ score }) => score < target).toSorted((a, b) => b.score - a.score)[0];
  const above = probes.filter(({ score }) => score >= target).toSorted((a, b) => a.score - b.score)[0];
  if (above === undefined) return notMeasured("no setting reaches it");
  if (below === undefined) return notMeasured("every setting is better than asked");
  if (above.kbps <= below.kbps) return above.kbps;
  const share = (target - below.score) / (above.score - below.score);
  return Math.exp(Math.log(below.kbps) + share * Math.log(above.kbps / below.kbps));
}
