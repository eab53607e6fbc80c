import { join } from "node:path";
import { writeWhole } from "../../core/host/mod.ts";
import { CODECS } from "../../core/types.ts";
import { caseId } from "../baseline/mod.ts";
import { kbpsFor } from "../cases/mod.ts";
import { encodedClip, type SourceClip } from "../clips/mod.ts";
import { type Checkout, countPackets, runProgram, sizeOf } from "../measure/mod.ts";
import { score } from "../quality/mod.ts";
import { type Case, type CaseResult, notMeasured, type Sample, type Side } from "../types.ts";
import type { CompareWish } from "./compare.ts";
import type { BenchDesk } from "./desk.ts";
import { readyCases } from "./ready.ts";

/** One clip of one codec, as a pipeline that both sides run. */
export interface Work {
  readonly part: Case;
  readonly source: SourceClip;
  readonly files: Readonly<Record<Side, { readonly pipeline: string; readonly output: string }>>;
}

/** Both sides read one text; only where the output goes differs. */
export async function writeWorks(
  clips: readonly SourceClip[],
  wish: CompareWish,
  desk: BenchDesk,
): Promise<readonly Work[]> {
  const { codecs = CODECS.slice(0, 1), effort, size } = wish;
  const works: Work[] = [];
  for (const codec of codecs)
    for (const source of clips) {
      const [ready] = readyCases(
        [source],
        { codecs: [codec], effort, twoLengths: false, ...(size && { size }) },
        desk,
      ).cases;
      if (ready === undefined) continue;
      const at = { width: source.video.width, height: source.video.height };
      const kbps = kbpsFor(source, at);
      const file = async (side: Side) => {
        const name = `${codec}-${source.id}`;
        const pipeline = join(desk.rig.scratch, `${side}-${name}.yaml`);
        const output = join(desk.rig.scratch, side, `${name}.mp4`);
        const video = { codec, effort, bitrate: `${kbps}k` };
        const stages = [{ id: "out", export: { input: "clip", output, video, audio: "none" } }];
        await writeWhole(pipeline, JSON.stringify({ version: 1, name, inputs: { clip: source.path }, stages }));
        return { pipeline, output };
      };
      const part: Omit<Case, "id"> = {
        ...{ backend: ready.backend, encoder: ready.encoder, codec, effort, chain: "full", clip: source.id, size: at },
        ...(ready.device !== undefined && { device: ready.device }),
        ...{ clipSec: source.info.durationSec, rate: { kind: "bitrate", kbps } },
      };
      const files = { base: await file("base"), candidate: await file("candidate") };
      works.push({ part: { ...part, id: caseId(part) }, source, files });
    }
  return works;
}

/** A whole run, as a user starts it, with everything it starts counted. */
export async function runSide(
  { files, source }: Work,
  { side, checkout, signal }: { readonly side: Side; readonly checkout: Checkout; readonly signal: AbortSignal },
  { rig }: BenchDesk,
): Promise<Omit<Sample, "round">> {
  const { pipeline, output } = files[side];
  const [program = "", ...args] = checkout.command;
  const own = (name: string) => join(rig.scratch, `${side}-${name}`);
  const env = {
    ...{ VENDUE_CACHE_DIR: own("cache"), VENDUE_STATE_DIR: own("state"), VENDUE_CONFIG_DIR: own("config") },
    VENDUE_FFMPEG: rig.host.tools.ffmpeg,
  };
  const seen = await runProgram({ program, args: [...args, "run", pipeline, "--force", "--quiet"], env, signal }, rig);
  return {
    ...seen,
    side,
    length: "long",
    bytes: await sizeOf(output),
    frames: source.frames,
    gpu: notMeasured("a whole run is not looked into"),
  };
}

/** A work before it has samples. */
export function emptyResult({ part }: Work): CaseResult {
  const none = notMeasured("it was not run");
  return { ...part, args: [], deterministic: none, samples: [], failures: [], scores: none };
}

export async function scoresOf(
  { files, source }: Work,
  side: Side,
  samples: readonly Sample[],
  { rig, scorer }: BenchDesk,
): Promise<CaseResult["scores"]> {
  if (!samples.some((one) => one.side === side)) return notMeasured("no round of it succeeded");
  const { output } = files[side];
  if ((await countPackets(output, rig)) === 0) return notMeasured("its output holds no picture");
  return score(encodedClip(output, source), { scorer }, rig);
}
