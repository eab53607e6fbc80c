import { join } from "node:path";
import { VendueError } from "../../core/errors.ts";
import type { Size } from "../../core/types.ts";
import type { EncodedClip } from "../clips/mod.ts";
import { countPackets, emptyFolder, readText, type Rig } from "../measure/mod.ts";
import { mean } from "../stats/mod.ts";
import { isMeasured, type Measured, notMeasured, type Planes, type Scores } from "../types.ts";
import { averagePlanes, type FrameLevels, pool, readLevels, readPsnr, readSsim, readVmaf } from "./logs.ts";
import { compareGraph, offsetGraph, type Stand } from "./pairing.ts";
import { type Scorer, wantsTenBits } from "./scorer.ts";
import { tagChanges } from "./tags.ts";

export interface ScoreOptions {
  readonly scorer: Scorer;
  /** Scores of two sizes are never compared; the source's own where left out. */
  readonly at?: Size;
  /** Of the cpu backend's encode of the same clip: what collapsed frames are told by. */
  readonly reference?: Scores | undefined;
}

/** A frame this many points below the reference's same frame has collapsed. */
const collapse = 30;

/** Scores an encode against the source it was made of: there is no other way to call it. */
export async function score(encoded: EncodedClip, options: ScoreOptions, rig: Rig): Promise<Scores> {
  const { scorer, reference, at } = options;
  const { of: source, path } = encoded;
  const { video, frames: sourceFrames } = source;
  const { host, signal } = rig;
  const info = await host.readMedia(path, signal);
  const frames = await countPackets(path, rig);
  const deep = video.bitDepth > 8 || (info.video?.bitDepth ?? 8) > 8 || wantsTenBits(scorer);
  const stand: Stand = {
    size: at ?? { width: video.width, height: video.height },
    pixelFormat: deep ? "yuv420p10le" : "yuv420p",
    fps: video.fps,
  };
  const logs = await compare(encoded, { scorer, stand }, rig);
  const psnr = averagePlanes(logs.psnr);
  const vmaf = logs.vmaf ? pool(logs.vmaf) : notMeasured(noVmaf(scorer));
  return {
    model: scorer.model ?? notMeasured(noVmaf(scorer)),
    size: stand.size,
    pixelFormat: stand.pixelFormat,
    frames,
    sourceFrames,
    vmaf,
    neg: logs.neg ? pool(logs.neg) : notMeasured(scorer.model ? "this build lacks the neg model" : noVmaf(scorer)),
    psnr,
    ssimDb: mean(logs.ssim),
    shift: shiftBetween(logs.encoded, logs.source, deep),
    contrast: contrastOf(logs.encoded, logs.source),
    offsetFrames: psnr.y < suspiciousDb ? await offsetOf(encoded, { scorer, stand }, rig) : 0,
    collapsed: collapsedFrames(logs.vmaf, reference, scorer),
    tagChanges: tagChanges(video.color, info.video?.color ?? {}),
    perFrame: logs.vmaf ?? notMeasured(noVmaf(scorer)),
  };
}

/** A picture that is a frame late never does better than this. */
const suspiciousDb = 36;

interface Bench {
  readonly scorer: Scorer;
  readonly stand: Stand;
}

async function compare({ path, of: source }: EncodedClip, { scorer, stand }: Bench, rig: Rig) {
  const folder = await emptyFolder(rig);
  const file = (name: string) => join(folder, name);
  const models = [scorer.model, scorer.neg].flatMap((one) => one ?? []);
  const vmaf = { file: file("vmaf.json"), models, threads: rig.host.platform.cores };
  const names = {
    ...{ psnr: file("psnr"), ssim: file("ssim"), encodedLevels: file("encoded"), sourceLevels: file("source") },
    ...(models.length > 0 && { vmaf }),
  };
  await runGraph([path, source.path], compareGraph(stand, names), { scorer, rig });
  const json = models.length > 0 ? await readText(vmaf.file) : undefined;
  return {
    psnr: readPsnr(await readText(names.psnr)),
    ssim: readSsim(await readText(names.ssim)),
    encoded: readLevels(await readText(names.encodedLevels)),
    source: readLevels(await readText(names.sourceLevels)),
    ...(json !== undefined && scorer.model && { vmaf: readVmaf(json, scorer.model) }),
    ...(json !== undefined && scorer.neg && { neg: readVmaf(json, scorer.neg) }),
  };
}

/** Which pairing fits best, looked at where the picture fits badly: by a frame's shift nearly everything is lost. */
async function offsetOf({ path, of: source }: EncodedClip, { scorer, stand }: Bench, rig: Rig): Promise<Measured> {
  const folder = await emptyFolder(rig);
  const files = ["early", "even", "late"].map((name) => join(folder, name));
  const [early = "", even = "", late = ""] = files;
  await runGraph([path, source.path], offsetGraph(stand, [early, even, late]), { scorer, rig, frames: 60 });
  const [before = 0, same = 0, after = 0] = await Promise.all(
    files.map(async (file) => mean(readPsnr(await readText(file)).map(({ y }) => y))),
  );
  const best = Math.max(before, after);
  // A still picture fits everywhere; a real shift is far ahead.
  if (best < same + clearlyBetterDb) return 0;
  return after === best ? 1 : -1;
}

const clearlyBetterDb = 1.5;

async function runGraph(
  inputs: readonly [encoded: string, source: string],
  graph: string,
  { scorer, rig, frames }: { readonly scorer: Scorer; readonly rig: Rig; readonly frames?: number },
): Promise<void> {
  const args = [
    ...["-hide_banner", "-nostdin", "-v", "error"],
    ...inputs.flatMap((path) => ["-noautorotate", "-i", `file:${path}`]),
    ...["-filter_complex", graph, "-map", "[seen]", "-fps_mode", "passthrough"],
    ...(frames === undefined ? [] : ["-frames:v", String(frames)]),
    ...["-f", "null", "-"],
  ];
  const { why, exitCode, stderr } = await rig.host.spawn({
    ...{ program: scorer.program, args, signal: rig.signal, graceSec: 0, limitSec: 3600 },
  });
  if (why === "cancelled") throw new VendueError("CANCELLED", "Scoring was cancelled");
  if (why !== "exited" || exitCode !== 0)
    throw new VendueError("UNKNOWN", `Scoring failed: ${stderr.trim().split("\n")[0] ?? why}`, { data: { args } });
}

/** In code values of eight bits, whatever the depth. */
function shiftBetween(encoded: readonly FrameLevels[], source: readonly FrameLevels[], deep: boolean): Planes {
  const scale = deep ? 4 : 1;
  const [a, b] = [averagePlanes(encoded), averagePlanes(source)];
  return { y: (a.y - b.y) / scale, cb: (a.cb - b.cb) / scale, cr: (a.cr - b.cr) / scale };
}

function contrastOf(encoded: readonly FrameLevels[], source: readonly FrameLevels[]): Measured {
  const span = (frames: readonly FrameLevels[]) => mean(frames.map(({ dark, bright }) => bright - dark));
  return span(source) > 0 ? span(encoded) / span(source) : notMeasured("the source is all one grey");
}

function collapsedFrames(
  frames: readonly number[] | undefined,
  reference: Scores | undefined,
  scorer: Scorer,
): Measured {
  if (frames === undefined) return notMeasured(noVmaf(scorer));
  if (reference === undefined) return notMeasured("there is no cpu encode of this clip to hold it against");
  const { perFrame } = reference;
  if (!isMeasured(perFrame)) return perFrame;
  return frames.filter((one, nth) => nth > 0 && one < (perFrame[nth] ?? 0) - collapse).length;
}

function noVmaf({ looked }: Scorer): string {
  return `no ffmpeg here has libvmaf (looked at ${looked.length})`;
}
