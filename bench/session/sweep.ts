import { join } from "node:path";
import { identify } from "../../core/host/mod.ts";
import { toNumber } from "../../core/media/mod.ts";
import type { Codec, Effort, Size } from "../../core/types.ts";
import { kbpsFor, planEncode, timed } from "../cases/mod.ts";
import { type SourceClip, sourceClip } from "../clips/mod.ts";
import { joulesPerMinute, runFfmpeg, runStreams, type StreamsSeen } from "../measure/mod.ts";
import { type Absent, type BenchResult, type Measured, notMeasured, type Sweep } from "../types.ts";
import { compressedClip, openClips } from "./clips.ts";
import type { BenchDesk } from "./desk.ts";
import { lanesFor } from "./probe.ts";
import { assemble } from "./result.ts";
import { noTimings } from "./timing.ts";

export interface SweepWish {
  readonly clip?: string;
  readonly codecs?: readonly Codec[];
  readonly backends?: readonly string[];
  readonly effort: Effort;
  readonly size?: Size;
  readonly windowSec?: number;
  readonly mostStreams?: number;
}

type Step = Sweep["steps"][number];

const usualSize: Size = { width: 1280, height: 720 };
/** Long enough that no stream ends while others are counted, however fast. */
const sourceSec = 1800;
/** Less growth than this is the device's own noise: it is full. */
const leastGrowth = 0.03;

/** How many streams each device carries in real time, judged by the slowest of them. */
export async function sweepBench(wish: SweepWish, desk: BenchDesk): Promise<BenchResult> {
  const { clip: name = "talk", codecs = ["h264"], backends, size = usualSize } = wish;
  const started = desk.rig.host.now();
  const clips = await openClips({ names: [name], size }, desk);
  const source = clips[0] && (await longClip(clips[0], desk));
  const absent: Absent[] = desk.survey.backends.flatMap(({ name: backend, probe }) =>
    probe.state === "absent" && (backends?.includes(backend) ?? true) ? [{ backend, reason: probe.reason }] : [],
  );
  const sweeps: Sweep[] = [];
  for (const lane of lanesFor({ codecs, ...(backends && { backends }) }, desk)) {
    const made = source
      ? await sweepLane(lane, { wish, source }, desk)
      : "there is no h264 encoder to make a source with";
    if (typeof made === "string") absent.push({ backend: lane.backend, what: lane.codec, reason: made });
    else sweeps.push(made);
  }
  return assemble(
    { ...{ started, quick: false, timings: noTimings, cases: [], scores: new Map(), clips, absent }, sweeps },
    desk,
  );
}

async function sweepLane(
  { backend, codec }: { readonly backend: string; readonly codec: Codec },
  { wish, source }: { readonly wish: SweepWish; readonly source: SourceClip },
  desk: BenchDesk,
): Promise<Sweep | string> {
  const { effort, windowSec = 10, mostStreams = 64 } = wish;
  const videoFps = toNumber(source.video.fps);
  const { width, height } = source.video;
  const streamsOf = (count: number) =>
    Array.from({ length: count }, (_, nth) =>
      planEncode(
        {
          ...{ backend, codec, effort, clip: source, folder: desk.rig.scratch, name: `stream-${backend}-${nth}` },
          rate: { kind: "bitrate", kbps: kbpsFor(source, { width, height }) },
        },
        desk,
      ),
    );
  const [first] = streamsOf(1);
  if (first === undefined || !first.ok) return first?.reason ?? "the planner made no command of it";
  const { encoder, accel } = first.plan;
  const measure = (count: number): Promise<StreamsSeen> => {
    desk.tell({
      done: count - 1,
      total: count,
      leftSec: windowSec * 2,
      doing: `${backend} ${codec}: ${count} streams at once`,
    });
    const streams = streamsOf(count).flatMap((one) => (one.ok ? one.plan.commands.slice(0, 1) : []));
    return runStreams({ streams: streams.map((command) => timed(command, "full").args), accel, windowSec }, desk.rig);
  };

  const steps: Step[] = [];
  let joules: Measured = notMeasured("no stream kept up");
  let stopped = `${mostStreams} streams were as many as were tried`;
  for (let count = 1; count <= mostStreams; count += 1) {
    const seen = await measure(count);
    if (!seen.ok) {
      if (count === 1) return seen.reason;
      stopped = `stream ${count} was refused: ${seen.reason}`;
      break;
    }
    const step = stepOf(count, seen.fps);
    const before = steps.at(-1);
    steps.push(step);
    if (step.slowestFps >= videoFps) joules = joulesPerMinute(seen.watts, step.sumFps, videoFps);
    if (step.slowestFps < videoFps) {
      stopped = `of ${count} streams the slowest made ${step.slowestFps.toFixed(1)} of ${videoFps} fps`;
      break;
    }
    if (before && step.sumFps < before.sumFps * (1 + leastGrowth)) {
      stopped = `${count} streams together made ${step.sumFps.toFixed(0)} fps, hardly more than ${count - 1}`;
      break;
    }
  }
  const checked = await again(steps, measure);
  return {
    ...{ backend, encoder, size: { width, height }, steps: checked, stopped, joulesPerMinute: joules },
    realtime: Math.max(0, ...checked.filter(({ slowestFps }) => slowestFps >= videoFps).map(({ streams }) => streams)),
  };
}

/** The last two decide, so they are run again, and the worse of both counts. */
async function again(
  steps: readonly Step[],
  measure: (count: number) => Promise<StreamsSeen>,
): Promise<readonly Step[]> {
  const sure = steps.slice(0, -2);
  const last: Step[] = [];
  for (const step of steps.slice(-2)) {
    const seen = await measure(step.streams);
    const other = seen.ok ? stepOf(step.streams, seen.fps) : step;
    last.push(other.slowestFps < step.slowestFps ? other : step);
  }
  return [...sure, ...last];
}

function stepOf(streams: number, fps: readonly number[]): Step {
  return { streams, sumFps: fps.reduce((sum, one) => sum + one, 0), slowestFps: Math.min(...fps) };
}

/** The clip over and over, copied and not encoded. */
async function longClip(clip: SourceClip, desk: BenchDesk): Promise<SourceClip | undefined> {
  const short = await compressedClip(clip, desk);
  if (short === undefined) return undefined;
  const { rig } = desk;
  const path = join(rig.scratch, `${short.id}-long.mp4`);
  const times = Math.ceil(sourceSec / short.info.durationSec);
  const copy = [
    "-stream_loop",
    String(times - 1),
    "-i",
    `file:${short.path}`,
    "-map",
    "0:v:0",
    "-c",
    "copy",
    `file:${path}`,
  ];
  if (!(await identify(path)))
    await runFfmpeg({ args: ["-hide_banner", "-nostdin", "-y", "-v", "error", ...copy], accel: false }, rig);
  const info = await rig.host.readMedia(path, rig.signal);
  return sourceClip({
    id: `${short.id}-long`,
    kind: clip.kind,
    path,
    info,
    frames: short.frames * times,
    hash: clip.hash,
  });
}
