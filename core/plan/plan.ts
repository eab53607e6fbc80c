import type { Backend } from "../backend/mod.ts";
import { PipelineError, VendueError } from "../errors.ts";
import { toNumber } from "../media/mod.ts";
import type {
  Command,
  Media,
  MeasureJob,
  Offer,
  Pipeline,
  Plan,
  PlannedSegment,
  Promised,
  RankedBid,
  RenderJob,
  Survey,
  Task,
  Variant,
} from "../types.ts";
import { assign, type ChainOfBids } from "./assign.ts";
import { auction, type Lot, priceBid } from "./auction.ts";
import { copyCommand, refuseCopy } from "./copy.ts";
import { lower, type Outlet, type Work } from "./lower.ts";
import { jobsFor, measureJobs } from "./measure.ts";
import { renderCommands } from "./render.ts";
import { audioKbps } from "./sound.ts";
import { stage } from "./stages.ts";
import { tasksOf } from "./tasks.ts";
import { clipsOf } from "./timeline.ts";

export interface PlanOptions {
  /** The loaded backends; asked only what is pure. */
  readonly backends: readonly Backend[];
}

/** Decides everything: a pure function, so equal inputs give equal bytes. */
export function makePlan(pipeline: Pipeline, media: Media, survey: Survey, { backends }: PlanOptions): Plan {
  const staged = stage(pipeline, media);
  const { works, warnings } = lower(pipeline, media, staged);
  const measures = measureJobs(staged.gains, media);
  const lots = works.map((work) =>
    work.copies ? [] : auction(tasksOf(work, pipeline), survey, { backends, accel: pipeline.accel }),
  );
  const rendered = works.map((work, nth) => planWork(work, lots[nth] ?? [], { pipeline, media, survey, measures }));
  const used = new Set(rendered.flatMap(({ job }) => job.after));
  const needed = measures.filter(
    ({ id }) => used.has(id) || measures.some((other) => used.has(other.id) && other.after.includes(id)),
  );
  const jobs = [...needed, ...rendered.map(({ job }) => job)];
  return {
    version: 1,
    pipeline: pipeline.name,
    file: pipeline.file,
    accel: pipeline.accel,
    prefer: pipeline.prefer,
    ffmpeg: survey.ffmpeg.version,
    jobs,
    tasks: rendered.flatMap(({ tasks }) => tasks),
    segments: works.flatMap((work) => segmentsOf(work)),
    offers: rendered.flatMap(({ offers }) => offers),
    fused: rendered.flatMap(({ fused }) => fused),
    unfused: rendered.flatMap(({ unfused }) => unfused),
    warnings: dedupe(warnings),
    overrides: survey.overrides ?? [],
    estimate: { sec: longestPath(jobs), diskBytes: works.reduce((sum, work) => sum + diskBytes(work, media), 0) },
  };
}

interface Desk {
  readonly pipeline: Pipeline;
  readonly media: Media;
  readonly survey: Survey;
  readonly measures: readonly MeasureJob[];
}

function planWork(work: Work, lots: readonly Lot[], desk: Desk) {
  const { pipeline, media, survey, measures } = desk;
  const clips = clipsOf(work.timeline.segments);
  const gains = work.outlets.some(({ sound }) => sound) ? clips.flatMap(({ sound }) => sound.gains) : [];
  const after = jobsFor([...new Set(gains)], measures);
  const stages = pipeline.stages
    .filter(({ id }) => id === work.stage || clips.some((clip) => clip.stages.includes(id)))
    .map(({ id }) => id);
  const tasks = lots.map(({ task }) => task);
  const chains = work.base
    ? assign(lots, {
        prefer: pipeline.prefer,
        accel: pipeline.accel,
        ...(survey.overrides && { overrides: survey.overrides }),
      })
    : [];
  const bids = work.copies ? copyBids(work, desk) : work.base ? ladderOf(work, chains, desk) : [soundBid(work, media)];
  if (bids.length === 0) throw noBid(work, lots, desk);
  const job: RenderJob = {
    kind: "render",
    id: work.id,
    after,
    tasks: tasks.map(({ id }) => id),
    stages,
    bids,
    outputs: work.outlets.map((outlet) => promise(work, outlet, { pipeline, media })),
    sources: [...new Set(clips.map(({ source }) => source))],
    cores: Math.min(survey.platform.cores, usefulCores(work)),
    memoryBytes: memoryBytes(work),
  };
  const [best] = chains;
  return { job, tasks, offers: offersOf(work, lots, { best, desk }), ...fusion(work, stages, best) };
}

/** One rung of the ladder before its commands are built. */
interface Rung {
  readonly chain: ChainOfBids;
  readonly variant?: Variant;
}

/** A chain as it was bid, then the reduced forms its encoder offers for certain failures. */
function rungsOf(chain: ChainOfBids, overrides: Survey["overrides"] = []): readonly Rung[] {
  const { variants = [], device } = chain.links.at(-1)?.bid ?? {};
  const wanted = overrides.find(({ kind }) => kind === "gpu_device")?.value;
  const all: readonly Rung[] = [{ chain }, ...variants.map((variant) => ({ chain, variant }))];
  if (wanted === undefined || !chain.encoder.accel) return all;
  // One device was named: only what works on it stays, and the first of that leads.
  const names = (name = "") => name === wanted || name.split(" ").includes(wanted);
  return all.filter(({ variant }) => names(variant?.device ?? device));
}

function rankBid(work: Work, { chain, variant }: Rung, { media, leads, fallback }: RankOptions): RankedBid {
  const { backend, accel } = chain.encoder;
  const expectSec = chain.links.reduce((sum, { terms }) => sum + terms.sec + terms.handoffSec, 0);
  const last = chain.links.at(-1)?.bid;
  const links = chain.links.map((link) =>
    variant && link.bidder.backend === backend ? { ...link, task: { ...link.task, variant: variant.name } } : link,
  );
  const encoder = [
    ...new Set(links.flatMap(({ bid, task }) => (task.encode && bid.encoder ? [bid.encoder] : []))),
  ].join("+");
  const stamp = `vendue; backend=${backend.name}; encoder=${encoder}; gpu_accel=${accel}; gpu_fallback=${fallback}`;
  return {
    backend: backend.name,
    encoder,
    device: variant?.device ?? last?.device ?? (accel ? "gpu" : "cpu"),
    ...(last?.slots !== undefined && { slots: last.slots }),
    ...(variant && !leads && { variant: { name: variant.name, when: variant.when } }),
    accel,
    cost: chain.cost,
    commands: renderCommands(work, { ...chain, links }, { media, expectSec, stamp }),
  };
}

interface RankOptions {
  readonly media: Media;
  /** Whether it is the first of its chain, and so no reduced form of anything. */
  readonly leads: boolean;
  /** Whether a GPU was tried before. */
  readonly fallback: boolean;
}

/** Every rung of a job's ladder, best first. */
function ladderOf(work: Work, chains: readonly ChainOfBids[], { media, survey }: Desk): readonly RankedBid[] {
  const rungs = chains.flatMap((chain) => rungsOf(chain, survey.overrides));
  return rungs.map((rung, nth) => {
    const before = rungs.slice(0, nth);
    const leads = !before.some(({ chain }) => chain === rung.chain);
    const fallback = !rung.chain.encoder.accel && before.some(({ chain }) => chain.encoder.accel);
    return rankBid(work, rung, { media, leads, fallback });
  });
}

/** Sound alone is core's own work: software, and the same everywhere. */
function soundBid(work: Work, media: Media): RankedBid {
  const seconds = Math.max(...work.outlets.map(({ durationSec }) => durationSec));
  const expectSec = seconds / 60;
  return core(
    "core",
    work.outlets.map(({ audio }) => audio?.codec ?? "none").join("+"),
    renderCommands(work, undefined, { media, expectSec }),
    expectSec,
  );
}

function copyBids(work: Work, { pipeline, media }: Desk): readonly RankedBid[] {
  const [outlet] = work.outlets;
  if (outlet === undefined) return [];
  const refusal = refuseCopy(work, outlet, media);
  if (refusal !== undefined)
    throw new PipelineError(pipeline.file, [
      {
        code: "COPY_REFUSED",
        message: `${work.id} cannot be copied: ${refusal}`,
        hint: "or choose a video codec, and it will be encoded",
        ...outlet.render.rendition.at,
      },
    ]);
  const expectSec = 0.2 + outlet.durationSec / 2000;
  return [core("copy", "copy", [copyCommand(work, outlet, { media, expectSec })], expectSec)];
}

function core(backend: string, encoder: string, commands: readonly Command[], cost: number): RankedBid {
  return { backend, encoder, device: "cpu", accel: false, cost, commands };
}

function noBid(work: Work, lots: readonly Lot[], { pipeline }: Desk): VendueError {
  const dry = lots.find(({ bids }) => bids.length === 0) ?? lots.at(-1);
  const reasons = (dry?.refusals ?? []).map(({ backend, reason }) => `${backend}: ${reason}`);
  const required = pipeline.accel === "required";
  return new VendueError(
    "NO_BID",
    `No backend can do ${dry?.task.id ?? work.id}${required ? " with accel: required" : ""}\n  ${reasons.join("\n  ")}`,
    {
      hint: required ? "say accel: preferred to allow the CPU, or see: vendue doctor" : "see: vendue doctor",
      data: { job: work.id, reasons },
    },
  );
}

function offersOf(
  work: Work,
  lots: readonly Lot[],
  { best, desk }: { readonly best: ChainOfBids | undefined; readonly desk: Desk },
): readonly Offer[] {
  const { pipeline, media } = desk;
  const copies = work.outlets.flatMap((outlet): readonly Offer[] => {
    const task = `${work.id}/${work.stage}`;
    const refusal = refuseCopy(work, outlet, media);
    if (refusal !== undefined) return [{ task, backend: "copy", kind: "refused", reason: refusal }];
    if (!work.copies) return [];
    const bid = { kind: "bid", speed: 1000, quality: 1, encoder: "copy" } as const;
    const sec = outlet.durationSec / bid.speed;
    return [
      {
        task,
        backend: "copy",
        kind: "bid",
        bid,
        terms: { sec, quality: 1, weight: 0, handoffSec: 0, cost: sec },
        won: true,
      },
    ];
  });
  const asked = lots.flatMap(({ task, bids, refusals }): readonly Offer[] => [
    ...bids.map(({ bidder, bid }): Offer => {
      const link = best?.links.find((one) => one.task === task && one.bidder.backend === bidder.backend);
      const terms = link?.terms ?? priceBid(task, bid, { prefer: pipeline.prefer, handoffSec: 0 });
      return { task: task.id, backend: bidder.backend.name, kind: "bid", bid, terms, won: link !== undefined };
    }),
    ...refusals,
  ]);
  return [...asked, ...copies];
}

function fusion(work: Work, stages: readonly string[], best: ChainOfBids | undefined) {
  const names = [...new Set(best?.links.map(({ bidder }) => bidder.backend.name) ?? [])];
  const outputs = work.outlets.length > 1 ? `, ${work.outlets.length} encodes from one decode` : "";
  const how = work.copies
    ? "packets are copied, nothing is decoded"
    : `one decode, one encode${outputs}${names.length > 1 ? `, frames cross between ${names.join(" and ")}` : ""}`;
  const gains = new Set(clipsOf(work.timeline.segments).flatMap(({ sound }) => sound.gains));
  const unfused = [...gains].map((gain) => ({
    between: [gain, work.id] as const,
    reason: "loudness is measured over the whole clip before a sample can be scaled; the pass reads sound only",
  }));
  return { fused: [{ job: work.id, stages, note: how }], unfused };
}

function promise(
  work: Work,
  outlet: Outlet,
  { pipeline, media }: { readonly pipeline: Pipeline; readonly media: Media },
): Promised {
  const { target, render, format, audio, sound, streams, durationSec, frames, wish } = outlet;
  const [first] = work.seen;
  const clips = clipsOf(work.timeline.segments);
  const video = format
    ? {
        codec: wish?.codec ?? "",
        ...format.size,
        fps: format.rate,
        frames,
        pixelFormat: format.pixelFormat,
        color: format.color,
      }
    : wish?.codec === "copy" && first
      ? {
          codec: first.video.codec,
          width: first.video.width,
          height: first.video.height,
          fps: first.video.fps,
          frames: 0,
          color: first.video.color,
        }
      : undefined;
  const own = media.files[clips[0]?.source ?? ""]?.audio[0];
  const track =
    sound && audio
      ? audio.codec === "copy"
        ? own && { codec: own.codec, sampleRate: own.sampleRate, channels: own.channels }
        : { codec: audio.codec, sampleRate: sound.sampleRate, channels: sound.channels }
      : undefined;
  const loudness = lastLoudness(work, pipeline);
  return {
    target: target.path,
    part: target.part,
    rendition: render.rendition.name,
    container: render.rendition.container,
    durationSec,
    ...(video && { video }),
    audio: track && sound ? Array.from({ length: sound.tracks }, () => track) : [],
    subtitles: streams.subtitles,
    chapters: streams.chapters.length,
    ...(loudness && track && { loudness }),
  };
}

/** The loudness the whole output was brought to, where every clip was brought to the same. */
function lastLoudness(work: Work, { stages }: Pipeline) {
  const wanted = clipsOf(work.timeline.segments).map(({ sound }) => {
    const gain = sound.gains.at(-1);
    const by = stages.find(({ id }) => gain?.startsWith(`${id}.`));
    return by?.kind === "normalize" ? by.loudness : undefined;
  });
  const [first] = wanted;
  return first && wanted.every((one) => one?.targetLufs === first.targetLufs && one.truePeakDbtp === first.truePeakDbtp)
    ? first
    : undefined;
}

function segmentsOf(work: Work): readonly PlannedSegment[] {
  return clipsOf(work.timeline.segments).map((clip) => {
    const fps = toNumber(work.seen.find((one) => one.clip === clip)?.video.fps ?? { num: 0, den: 1 });
    const { source, inSec, outSec, stages } = clip;
    return {
      render: work.id,
      source,
      inSec,
      outSec,
      frames: [Math.round(inSec * fps), Math.round(outSec * fps)],
      stages,
    };
  });
}

/** An encoder splits a picture into rows; past a point more cores wait for each other. */
function usefulCores({ base, copies }: Work): number {
  return base === undefined || copies ? 1 : Math.max(2, Math.round((base.size.width * base.size.height) / 150_000));
}

/** Frames in flight per input, and what an encoder at medium effort holds back; measured at 1080p. */
function memoryBytes({ base, seen, slots, outlets }: Work): number {
  if (base === undefined) return 100e6;
  const opened = new Set(slots.flatMap(({ segment }) => clipsOf([segment])));
  const decoders = seen
    .filter(({ clip }) => opened.has(clip))
    .reduce((sum, { video }) => sum + video.width * video.height * 18, 0);
  const encoders = outlets.reduce(
    (sum, { format }) => sum + (format ? format.size.width * format.size.height * 220 : 0),
    0,
  );
  return Math.round(60e6 + decoders + encoders);
}

/** A cautious guess from the asked bitrate, or from bits per pixel at that quality. */
function diskBytes(work: Work, media: Media): number {
  return work.outlets.reduce((sum, { encode, audio, sound, durationSec }) => {
    const soundKbps = audio && sound ? audioKbps(audio, sound) * sound.tracks : 0;
    const pictureKbps = encode ? encodeKbps(encode) : work.copies ? sourceKbps(work, media) : 0;
    return sum + Math.round(((soundKbps + pictureKbps) * durationSec * 1000) / 8);
  }, 0);
}

function encodeKbps({ rate, width, height, fps }: NonNullable<Task["encode"]>): number {
  if (rate.kind === "bitrate") return rate.kbps;
  const quality = rate.kind === "quality" ? rate.quality : Math.max(0, 100 - (rate.crf - 14) * 3.3);
  return (width * height * toNumber(fps) * 0.11 * 2 ** ((quality - 70) / 18)) / 1000;
}

function sourceKbps({ seen }: Work, { files }: Media): number {
  const info = files[seen[0]?.clip.source ?? ""];
  return info && info.durationSec > 0 ? (info.sizeBytes * 8) / 1000 / info.durationSec : 0;
}

function longestPath(jobs: Plan["jobs"]): number {
  const ends = new Map<string, number>();
  let renders = 0;
  for (const job of jobs) {
    const start = Math.max(0, ...job.after.map((id) => ends.get(id) ?? 0));
    const own =
      job.kind === "measure"
        ? job.command.expectSec
        : (job.bids[0]?.commands ?? []).reduce((sum, { expectSec }) => sum + expectSec, 0);
    // Encodes fill the machine, so one follows another; measuring is cheap and runs beside.
    if (job.kind === "render") renders += own;
    ends.set(job.id, start + own);
  }
  return Math.max(renders, ...ends.values(), 0);
}

function dedupe<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
