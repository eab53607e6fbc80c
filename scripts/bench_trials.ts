/**
 * Whether the gate can be trusted: planted faults and none, under a competing load on every core, tried again and
 * again. Prints rows for the table in docs/bench.md.
 *
 *   npm run bench:trials -- [none] [slower] [worse] [--tries 20]
 */
import { spawn } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CLASSES, encodedClip, type SourceClip, recipe } from "../bench/clips/mod.ts";
import { interleave } from "../bench/harness/mod.ts";
import { makeClip, openRig, type Rig, runFfmpeg, type Seen } from "../bench/measure/mod.ts";
import { findScorer, score } from "../bench/quality/mod.ts";
import { median } from "../bench/stats/mod.ts";
import {
  type BenchResult,
  type CaseResult,
  isMeasured,
  notMeasured,
  type Sample,
  type Verdict,
} from "../bench/types.ts";
import { judge, wantsMore } from "../bench/verdict/mod.ts";
import { openHost } from "../core/mod.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tries: { type: "string", default: "20" } },
});
const tries = Number(values.tries);
const rounds = 7;
/** About 0.2 s of CPU time, and a tenth more of it: a frame costs what the next one costs, and starting is cheap. */
const plain = { frames: 72, crf: 26 } as const;
const slower = { frames: 80, crf: 26 } as const;

interface Wish {
  readonly frames: number;
  readonly crf: number;
}

const trials: Readonly<Record<string, (rig: Rig) => Promise<string>>> = {
  none: async (rig) =>
    timeRow(
      "no change at all",
      await timeTrials(plain, rig),
      "no verdict is a regression",
      ({ word }) => word !== "regression",
    ),
  slower: async (rig) =>
    timeRow(
      "10 % more CPU time",
      await timeTrials(slower, rig),
      "CPU time is a regression",
      ({ metric, word }) => metric === "cpuSec" && word === "regression",
      "some",
    ),
  worse: worseRow,
};

const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort(new Error(name)));
const rig = await openRig(await openHost(fileURLToPath(new URL("..", import.meta.url))), stop.signal);
try {
  for (const name of positionals.length > 0 ? positionals : Object.keys(trials)) {
    const trial = trials[name];
    if (trial === undefined) throw new Error(`${name} is no trial: ${Object.keys(trials).join(", ")}`);
    console.log(await trial(rig));
  }
} finally {
  await rig.close();
}

interface Tried {
  readonly verdicts: readonly Verdict[];
  readonly ratio: number;
  readonly rounds: number;
}

/** Each try is a comparison as `bench compare` makes it: seven rounds, and as many again, and once more, where they leave it open. */
async function timeTrials(candidate: Wish, rig: Rig): Promise<readonly Tried[]> {
  const clip = await makeClip(recipe("talk", { frames: slower.frames }), rig);
  const load = compete(clip);
  const done: Tried[] = [];
  try {
    while (done.length < tries) {
      rig.signal.throwIfAborted();
      let samples = await compare(clip, { candidate, from: 0 }, rig);
      while (wantsMore(resultOf(clip, samples)).length > 0)
        samples = [...samples, ...(await compare(clip, { candidate, from: samples.length / 2 }, rig))];
      const result = resultOf(clip, samples);
      const verdicts = judge(result).filter(({ scope }) => scope === "backend");
      const cpu = verdicts.find(({ metric }) => metric === "cpuSec")?.evidence;
      const ratio = cpu?.kind === "paired" ? cpu.ratio : NaN;
      done.push({ verdicts, ratio, rounds: samples.length / 2 });
      console.error(
        `${done.length}/${tries}  load ${loadavg()[0]?.toFixed(1)}  ${verdicts.map(({ metric, word, reason }) => `${metric} ${word}: ${reason}`).join("  |  ")}`,
      );
    }
  } finally {
    load();
  }
  return done;
}

/** One encoder for each core, all the time, on top of whatever else the machine does. */
function compete({ path }: SourceClip): () => void {
  const { ffmpeg } = rig.host.tools;
  const args = [
    "-v",
    "error",
    "-nostdin",
    "-stream_loop",
    "-1",
    "-i",
    path,
    "-c:v",
    "libx264",
    "-threads",
    "1",
    "-f",
    "null",
    "-",
  ];
  const burners = cpus().map(() => spawn(ffmpeg, args, { stdio: "ignore" }));
  return () => burners.forEach((one) => one.kill("SIGKILL"));
}

async function compare(
  clip: SourceClip,
  { candidate, from }: { readonly candidate: Wish; readonly from: number },
  rig: Rig,
): Promise<readonly Sample[]> {
  const { entries, failures } = await interleave<Seen>(
    { base: () => encode(clip, plain, rig), candidate: () => encode(clip, candidate, rig) },
    { rounds, signal: rig.signal },
  );
  // A try without rounds would look like one without a regression.
  const [lost] = failures;
  if (lost !== undefined) throw new Error(`${lost.name} lost round ${lost.round}: ${lost.reason}`);
  return entries.map(({ name, round, seen }) => ({
    ...seen,
    side: name === "base" ? "base" : "candidate",
    round: from + round,
    length: "long",
  }));
}

function encode(
  { path }: SourceClip,
  { frames, crf }: Wish,
  rig: Rig,
  output = join(rig.scratch, "out.mp4"),
): Promise<Seen> {
  const args = [
    ...["-hide_banner", "-nostdin", "-y", "-v", "info", "-nostats", "-benchmark", "-threads", "1", "-i", path],
    ...["-frames:v", String(frames), "-c:v", "libx264", "-preset", "veryfast", "-crf", String(crf), "-threads", "2"],
    ...["-pix_fmt", "yuv420p", "-an", output],
  ];
  return runFfmpeg({ args, output, accel: false, limitSec: 120 }, rig);
}

function resultOf(
  { id, hash, video }: SourceClip,
  samples: readonly Sample[],
  more: Partial<CaseResult> = {},
): BenchResult {
  const unknown = notMeasured("the trial does not look at it");
  const one: CaseResult = {
    ...{ id: `cpu/h264/faster/full/${id}`, backend: "cpu", encoder: "libx264", codec: "h264", effort: "faster" },
    ...{ chain: "full", clip: id, size: { width: video.width, height: video.height }, clipSec: plain.frames / 30 },
    ...{ rate: { kind: "quality", knob: plain.crf }, args: [], deterministic: true, failures: [] },
    ...{ samples, scores: unknown, baseScores: unknown },
    ...more,
  };
  return {
    schema: "vendue-bench/1",
    run: { id: "trial", startedAt: "", durationSec: 0, commit: unknown, quick: false },
    environment: {
      ...{ machineClass: "here", sharing: "shared", os: "", cpu: "", cores: cpus().length, coreLimit: unknown },
      ...{ gpus: [], ffmpeg: { version: "", configHash: "" }, node: "" },
    },
    noise: { pressure: unknown, steal: unknown, load: unknown },
    corpus: { version: 1, hashes: { [id]: hash } },
    ...{ calibration: unknown, cases: [one], curves: [], sweeps: [], absent: [] },
  };
}

function timeRow(
  planted: string,
  done: readonly Tried[],
  asked: string,
  says: (verdict: Verdict) => boolean,
  how: "every" | "some" = "every",
): string {
  const right = done.filter(({ verdicts }) => (how === "every" ? verdicts.every(says) : verdicts.some(says))).length;
  const ratios = done.map(({ ratio }) => ratio);
  const words = (metric: Verdict["metric"]) =>
    tally(done.flatMap(({ verdicts }) => verdicts.filter((one) => one.metric === metric).map(({ word }) => word)));
  const range = `x${median(ratios).toFixed(3)} (${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)})`;
  return `| ${planted} | ${asked} | ${right} of ${done.length} | ${range} | ${words("cpuSec")} | ${words("wallSec")} |`;
}

function tally(words: readonly string[]): string {
  const counts = [...new Set(words)].map((word) => `${words.filter((one) => one === word).length} ${word}`);
  return counts.join(", ");
}

/** A loss of three points or a little more, planted in clip after clip; encoders repeat themselves, so clips vary instead. */
async function worseRow(rig: Rig): Promise<string> {
  const scorer = await findScorer(rig);
  const kinds = CLASSES.filter((kind) => kind !== "hdr" && kind !== "screen");
  const words: string[] = [];
  const losses: number[] = [];
  for (let nth = 0; words.length < tries && nth < 4 * tries; nth += 1) {
    const kind = kinds[nth % kinds.length] ?? "talk";
    const clip = await makeClip(recipe(kind, { width: 320, height: 180, frames: 30 }), rig);
    const crf = 24 + 3 * Math.floor(nth / kinds.length);
    const of = async (knob: number) => {
      const output = join(rig.scratch, `${kind}.mp4`);
      const seen = await encode(clip, { frames: 30, crf: knob }, rig, output);
      return { seen, scores: await score(encodedClip(output, clip), { scorer }, rig) };
    };
    const base = await of(crf);
    if (!isMeasured(base.scores.vmaf))
      return `| 3 VMAF points lower | VMAF is a regression | not measured: ${base.scores.vmaf.notMeasured} | | | |`;
    for (let knob = crf + 1; knob <= 51; knob += 1) {
      const worse = await of(knob);
      const loss = isMeasured(worse.scores.vmaf) ? base.scores.vmaf.mean - worse.scores.vmaf.mean : 0;
      if (loss < 3) continue;
      const samples = [base, worse].map(({ seen }, side): Sample => ({
        ...seen,
        side: side === 0 ? "base" : "candidate",
        round: 0,
        length: "long",
      }));
      const result = resultOf(clip, samples, { scores: worse.scores, baseScores: base.scores });
      words.push(judge(result).find(({ metric }) => metric === "vmaf")?.word ?? "none");
      losses.push(loss);
      console.error(
        `${words.length}/${tries}  ${kind} crf ${crf} -> ${knob}  ${loss.toFixed(2)} points  ${words.at(-1)}`,
      );
      break;
    }
  }
  const right = words.filter((word) => word === "regression").length;
  return `| 3 VMAF points lower | VMAF is a regression | ${right} of ${words.length} | ${Math.min(...losses).toFixed(2)} to ${Math.max(...losses).toFixed(2)} points | | |`;
}
