import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodedClip, recipe, type SourceClip } from "../../bench/clips/mod.ts";
import { makeClip } from "../../bench/measure/mod.ts";
import {
  type Fault,
  faultsOf,
  findScorer,
  pool,
  readVmaf,
  score,
  type Scorer,
  searchQuality,
  tagChanges,
} from "../../bench/quality/mod.ts";
import { isMeasured, type Scores } from "../../bench/types.ts";
import { builds } from "../support/ffmpeg.ts";
import { rigFor, type TestRig } from "./rig.ts";

let rig: TestRig;
let source: SourceClip;
let scorer: Scorer;
/** The same build without VMAF, as many distributions have it. */
let plain: Scorer;
let good: Scores;

beforeAll(async () => {
  rig = await rigFor();
  scorer = await findScorer(rig);
  plain = { program: scorer.program, version: scorer.version, looked: scorer.looked };
  source = await makeClip(recipe("talk", { width: 192, height: 108, frames: 48 }), rig);
  good = await judged("good.mp4");
});
afterAll(() => rig.remove());

/** An encode that something was done to on the way. */
async function encode(name: string, filter = "null", ...more: readonly string[]) {
  const output = join(rig.scratch, name);
  const codec = ["-c:v", "mpeg4", "-q:v", "3", "-pix_fmt", "yuv420p"];
  await execa(rig.host.tools.ffmpeg, [
    "-v",
    "error",
    "-y",
    "-i",
    source.path,
    "-vf",
    filter,
    ...codec,
    ...more,
    output,
  ]);
  return encodedClip(output, source);
}

async function judged(name: string, filter?: string, by: Scorer = scorer): Promise<Scores> {
  return score(await encode(name, filter), { scorer: by, ...(good && { reference: good }) }, rig);
}

const faultWords = (faults: readonly Fault[]) => faults.map(({ fault }) => fault);
const vmafOf = ({ vmaf }: Scores) => (isMeasured(vmaf) ? vmaf.mean : Number.NaN);

test("findScorer() finds a build with VMAF where there is one, the packaged one first", async ({ skip }) => {
  if (!builds.some(({ name }) => name === "packaged")) skip("the packaged ffmpeg is not installed here");
  expect(scorer).toMatchObject({ model: "vmaf_v0.6.1", neg: "vmaf_v0.6.1neg" });
  expect(scorer.program).toBe(builds.find(({ name }) => name === "packaged")?.path);
});

test("score() finds a good encode good, against its source", () => {
  expect(faultsOf(good)).toEqual([]);
  expect(good).toMatchObject({ frames: 48, sourceFrames: 48, offsetFrames: 0, tagChanges: [] });
  if (scorer.model) expect(vmafOf(good)).toBeGreaterThan(80);
});

test("score() gives mkv and mp4 of one encode the same numbers", async () => {
  const remuxed = join(rig.scratch, "good.mkv");
  await execa(rig.host.tools.ffmpeg, ["-v", "error", "-i", join(rig.scratch, "good.mp4"), "-c", "copy", remuxed]);
  const again = await score(encodedClip(remuxed, source), { scorer }, rig);
  expect({ ...again, collapsed: 0 }).toEqual({ ...good, collapsed: 0 });
});

describe("planted faults", () => {
  const late = "tpad=start=1:start_mode=clone,trim=end_frame=48";
  const faults: readonly (readonly [name: string, filter: string, fault: Fault["fault"]])[] = [
    ["a picture one frame late", late, "offset"],
    ["wiped chroma", "lutyuv=u=128:v=128", "chroma"],
    ["a stretched range", "lutyuv=y='clip((val-16)*255/219,0,255)'", "range"],
    ["a squeezed range", "lutyuv=y='16+val*219/255'", "range"],
    ["a grey picture", "lutyuv=y=128:u=128:v=128", "flat"],
    ["two levels too much", "lutyuv=y=val+2", "levels"],
    ["a frame too few", "trim=end_frame=47", "frames"],
  ];
  describe.for([true, false])("with VMAF: %s", (withVmaf) => {
    test.for(faults)("faultsOf() catches %s", async ([name, filter, fault], { skip }) => {
      if (withVmaf && scorer.model === undefined) skip("no ffmpeg here has libvmaf");
      const by = withVmaf ? scorer : plain;
      const scores = await judged(`${name}-${withVmaf}.mp4`, filter, by);
      expect(faultWords(faultsOf(scores, good))).toContain(fault);
    });
  });

  test("faultsOf() catches one black frame, which hardly moves the mean", async ({ skip }) => {
    if (scorer.model === undefined) skip("no ffmpeg here has libvmaf");
    const scores = await judged("black.mp4", "drawbox=t=fill:c=black:enable='eq(n,20)'");
    expect(faultWords(faultsOf(scores, good))).toContain("collapse");
    expect(vmafOf(good) - vmafOf(scores)).toBeLessThan(4);
  });

  test("faultsOf() catches a range that is said to be another", async () => {
    const file = await encode("tagged.mkv", "null", "-color_range", "pc");
    const scores = await score(file, { scorer: plain }, rig);
    expect(scores.tagChanges).toEqual(["range tv -> pc"]);
  });
});

test("score() says why it has no VMAF, and has PSNR and SSIM all the same", async () => {
  const scores = await judged("plain.mp4", "null", plain);
  expect(scores.vmaf).toEqual({ notMeasured: `no ffmpeg here has libvmaf (looked at ${plain.looked.length})` });
  expect(isMeasured(scores.psnr) && scores.psnr.y).toBeGreaterThan(30);
  expect(isMeasured(scores.ssimDb) && scores.ssimDb).toBeGreaterThan(8);
});

test("score() takes a source and nothing else as its reference", async () => {
  const output = await encode("typed.mp4");
  // @ts-expect-error an encode is no reference for another encode
  const wrong = () => score(encodedClip(output.path, output), { scorer }, rig);
  expect(typeof wrong).toBe("function");
});

test("pool() leaves the first frame to the mean alone", () => {
  expect(pool([0, 90, 90, 90])).toEqual({ mean: 67.5, p5: 90, min: 90 });
});

test("readVmaf() reads the scores of one model out of several", () => {
  const json = JSON.stringify({ frames: [{ metrics: { a: 90, b: 80 } }, { metrics: { a: 91, b: 81 } }] });
  expect(readVmaf(json, "b")).toEqual([80, 81]);
});

test("tagChanges() lets a file say what its source left open", () => {
  expect(tagChanges({}, { primaries: "bt709", range: "tv" })).toEqual([]);
  expect(tagChanges({ transfer: "smpte2084" }, { transfer: "bt709" })).toEqual(["transfer smpte2084 -> bt709"]);
  expect(tagChanges({ matrix: "bt2020nc" }, {})).toEqual(["matrix bt2020nc -> nothing"]);
});

describe("searchQuality()", () => {
  const crf = { least: 10, most: 46, step: 1, higherIsBetter: false };
  /** VMAF over crf as real clips have it: flat near 100, then falling ever faster. */
  const curve = (drop: number, knee: number) => async (at: number) => ({
    at,
    score: Math.max(0, 100 - drop * Math.exp((at - knee) / 8)),
  });

  test("needs three to four probes on average, and seven at most", async () => {
    const counts: number[] = [];
    for (const drop of [2, 5, 9])
      for (const knee of [16, 20, 24, 28, 32, 36]) {
        const found = await searchQuality(curve(drop, knee), crf, { target: 93 });
        counts.push(found.probes.length);
        const { best } = found;
        expect(best && Math.abs(best.score - 93)).toBeLessThan(2.5);
      }
    expect(counts.reduce((sum, one) => sum + one, 0) / counts.length).toBeLessThanOrEqual(4);
    expect(Math.max(...counts)).toBeLessThanOrEqual(7);
  });

  test("turns a knob the other way round where higher is better", async () => {
    const knob = { least: 0, most: 100, step: 1, higherIsBetter: true };
    const found = await searchQuality(async (at) => ({ at, score: at }), knob, { target: 70, tolerance: 0.6 });
    expect(found.best?.at).toBe(70);
  });

  test("says so when the target cannot be reached", async () => {
    const never = await searchQuality(async (at) => ({ at, score: 60 - at / 10 }), crf, { target: 93 });
    expect(never.best).toBeUndefined();
    expect(never.probes.map(({ at }) => at)).toContain(10);
  });

  test("takes the cheapest setting where every one is good enough", async () => {
    const always = await searchQuality(async (at) => ({ at, score: 99.6 - at / 1000 }), crf, { target: 93 });
    expect(always.best?.at).toBe(46);
    expect(always.exact).toBeUndefined();
  });

  test("gives the exact place between two steps", async () => {
    const steep = await searchQuality(async (at) => ({ at, score: at <= 25 ? 95 : 91 }), crf, { target: 93 });
    expect([steep.best?.at, steep.exact]).toEqual([25, 25.5]);
  });
});
