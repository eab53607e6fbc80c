import type { Backend } from "../backend/mod.ts";
import { PipelineError, type Problem } from "../errors.ts";
import { toNumber } from "../media/mod.ts";
import type { Media, MeasureJob, Pipeline, Plan, PlannedSegment, RenderJob, Survey, Warning } from "../types.ts";
import { deviceOf } from "./assign.ts";
import { assigner } from "./assigner.ts";
import { auctioneer } from "./auction.ts";
import { diskBytes, longestPath, memoryBytes, usefulCores } from "./estimate.ts";
import { framesTaken } from "./grid.ts";
import { lightRefusal } from "./hdr.ts";
import { ladderOf } from "./ladder.ts";
import { goesThrough, lower, type Work } from "./lower.ts";
import { gainJobs, measureJobs } from "./measure.ts";
import { fusion, noBid, offersOf, soldLots } from "./offers.ts";
import { probedCodecs } from "./probes.ts";
import { promise } from "./promise.ts";
import { expectedSec } from "./rungs.ts";
import { stage } from "./stages.ts";
import { splitOf } from "./split.ts";
import { orderOf, stagesOf, type StageOrder, tasksOf } from "./tasks.ts";
import { clipsOf } from "./timeline.ts";
import { type Considered, consider, picturesTaken } from "./ways.ts";

export interface PlanOptions {
  /** The loaded backends; asked only what is pure. */
  readonly backends: readonly Backend[];
}

/** Decides everything: a pure function, so equal inputs give equal bytes. */
export function makePlan(pipeline: Pipeline, media: Media, survey: Survey, { backends }: PlanOptions): Plan {
  const staged = stage(pipeline, media);
  const { works, warnings, notes } = lower(pipeline, media, staged);
  const problem = burnProblem(works, survey);
  if (problem) throw new PipelineError(pipeline.file, [problem]);
  const measures = measureJobs(staged.gains, media);
  const order = orderOf(pipeline);
  const measuredBy = gainJobs(measures);
  const considered = works.map((work) => consider(work, { media, survey }));
  const { accel, prefer } = pipeline;
  const sell = auctioneer(survey, { backends, accel, prefer });
  const assign = assigner({ accel, prefer, ...(survey.overrides && { overrides: survey.overrides }) });
  const desk = { pipeline, media, survey, order, measuredBy, sell, assign };
  const rendered = considered.map((one) => planWork(one, desk));
  const needed = neededBy(
    rendered.flatMap(({ job }) => job.after),
    measures,
  );
  const timed = [...needed.map((job) => ({ job, sec: job.command.expectSec })), ...rendered];
  return {
    version: 1,
    pipeline: pipeline.name,
    file: pipeline.file,
    accel,
    prefer,
    ffmpeg: survey.ffmpeg.version,
    jobs: timed.map(({ job }) => job),
    tasks: rendered.flatMap(({ tasks }) => tasks),
    segments: considered.flatMap((one) => segmentsOf(one)),
    offers: rendered.flatMap(({ offers }) => offers),
    ways: considered.flatMap(({ ways }) => ways),
    fused: rendered.flatMap(({ fused }) => fused),
    unfused: rendered.flatMap(({ unfused }) => unfused),
    warnings: dedupe([...warnings, ...rendered.flatMap((one) => one.warnings)]),
    notes: dedupe(notes),
    overrides: survey.overrides ?? [],
    probes: probedCodecs(survey, backends),
    estimate: { sec: longestPath(timed), diskBytes: works.reduce((sum, work) => sum + diskBytes(work, media), 0) },
  };
}

/** Drawing text takes a filter that some builds of ffmpeg lack. */
function burnProblem(works: readonly Work[], { ffmpeg: { filters, version } }: Survey): Problem | undefined {
  const burnt = works.flatMap(({ outlets }) => outlets).find(({ streams }) => streams.burn !== undefined);
  if (burnt === undefined || filters.length === 0 || filters.includes("subtitles")) return undefined;
  return {
    code: "ENCODER_MISSING",
    message: `Subtitles cannot be burnt in: this ffmpeg (${version}) was built without libass`,
    hint: "use a build that lists subtitles under: ffmpeg -filters; or keep them as a track",
    ...burnt.render.rendition.at,
  };
}

/** A measuring pass is only worth making for a gain that ends up in an output, by way of other passes or not. */
function neededBy(ids: readonly string[], measures: readonly MeasureJob[]): readonly MeasureJob[] {
  const needed = new Set(ids);
  // Later wishes may build on earlier ones, never the other way round.
  for (const { id, after } of measures.toReversed()) if (needed.has(id)) after.forEach((one) => needed.add(one));
  return measures.filter(({ id }) => needed.has(id));
}

interface Desk {
  readonly pipeline: Pipeline;
  readonly media: Media;
  readonly survey: Survey;
  readonly order: StageOrder;
  readonly sell: ReturnType<typeof auctioneer>;
  readonly assign: ReturnType<typeof assigner>;
  /** The job that measures each gain. */
  readonly measuredBy: ReadonlyMap<string, string>;
}

function planWork(considered: Considered, desk: Desk) {
  const { work, encoded } = considered;
  const { pipeline, media, survey, order, measuredBy, sell, assign } = desk;
  const clips = clipsOf(work.timeline.segments);
  const gains = work.outlets.some(({ sound }) => sound) ? clips.flatMap(({ sound }) => sound.gains) : [];
  const after = [...new Set(gains.flatMap((gain) => measuredBy.get(gain) ?? []))];
  const passed = stagesOf(clips, order);
  const stages = passed.map(({ id }) => id);
  const lots = encoded ? tasksOf(encoded, passed).map(sell) : [];
  const dark = lightRefusal(
    lots.map(({ task }) => task),
    survey.ffmpeg.filters,
  );
  if (dark) throw dark;
  const warnings: Warning[] = [];
  const warn = (text: string) => warnings.push({ stage: work.stage, text });
  const chains = encoded?.base ? assign(lots, goesThrough(encoded)) : [];
  const split = splitOf(encoded ?? work, {
    platform: survey.platform,
    expectSec: chains[0] ? expectedSec(chains[0]) : 0,
    onDevice: chains[0] !== undefined && deviceOf(chains[0]).accel,
    everywhere: pipeline.accel === "off",
  });
  const ladder = ladderOf(considered, chains, { pipeline, media, survey, lots, split, warn });
  if (ladder === undefined) throw noBid(work, lots, desk);
  const [best] = chains;
  const sold = soldLots(lots, best);
  const tasks = sold.map(({ task }) => task);
  const job: RenderJob = {
    kind: "render",
    id: work.id,
    after,
    tasks: tasks.map(({ id }) => id),
    stages,
    get bids() {
      return ladder.bids();
    },
    outputs: work.outlets.map((outlet) => promise(work, outlet, { order, media })),
    sources: [...new Set(clips.map(({ source }) => source))],
    cores: Math.min(survey.platform.cores, usefulCores(encoded ?? work)),
    memoryBytes: memoryBytes(encoded ?? work, split),
    ...(work.outlets.every(({ render }) => render.rendition.proxy) && { background: true }),
  };
  return {
    job,
    sec: ladder.sec,
    tasks,
    warnings,
    offers: offersOf(considered, sold, { best, bids: work.copies ? ladder.bids() : [] }),
    ...fusion(considered, { stages, tasks, best, split }),
  };
}

function segmentsOf({ work, chosen }: Considered): readonly PlannedSegment[] {
  const taken = chosen ? picturesTaken(chosen) : framesTaken(work);
  return clipsOf(work.timeline.segments).map((clip) => {
    const fps = toNumber(work.videos.get(clip.source)?.fps ?? { num: 0, den: 1 });
    const { source, inSec, outSec, stages } = clip;
    return {
      render: work.id,
      source,
      inSec,
      outSec,
      frames: taken.get(clip) ?? [Math.round(inSec * fps), Math.round(outSec * fps)],
      stages,
    };
  });
}

function dedupe<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
