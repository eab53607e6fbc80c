import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runStreams } from "../../bench/measure/mod.ts";
import {
  type BenchDesk,
  benchDoctor,
  calibrateBench,
  openDesk,
  qualityBench,
  searchBench,
  sweepBench,
} from "../../bench/session/mod.ts";
import { isMeasured } from "../../bench/types.ts";
import { survey as surveyAgain } from "../../core/mod.ts";
import { rigFor, type TestRig } from "./rig.ts";
import { twin } from "./strangers.ts";

// Dozens of encodes, and scores of each, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let rig: TestRig;
let desk: BenchDesk;
beforeAll(async () => {
  rig = await rigFor();
  const specifier = join(rig.scratch, "twin.mjs");
  await writeFile(specifier, twin);
  const use = { specifier, options: {}, allow: { read: [], env: [], run: [] } };
  desk = await openDesk(rig, { strangers: [use], base: rig.scratch });
});
afterAll(() => rig.remove());

const small = { clips: ["talk"], size: { width: 160, height: 90 }, frames: 32, effort: "balanced" } as const;

test("searchBench() finds what a score costs, and says where it cannot be had", async ({ skip }) => {
  if (desk.scorer.model === undefined) skip("no ffmpeg here has libvmaf");
  const wish = { ...small, vmaf: 93, scoredAt: small.size, backends: ["cpu"] };
  const { rows, absent } = await searchBench({ ...wish, codecs: ["h264"] }, desk);
  const [row] = rows;
  expect(rows).toHaveLength(1);
  expect(row?.best?.score).toBeGreaterThanOrEqual(92.5);
  expect(row?.best?.score).toBeLessThan(95);
  expect(row?.best?.setting).toMatch(/^crf \d/);
  expect(row?.probes.length).toBeLessThanOrEqual(6);
  expect(row && isMeasured(row.kbpsAtTarget) && row.kbpsAtTarget > 5).toBe(true);
  expect(absent).toEqual([]);
  const never = await searchBench({ ...wish, vmaf: 99.9, codecs: ["h264"] }, desk);
  expect(never.rows[0]?.best).toBeUndefined();
  expect(never.rows[0]?.kbpsAtTarget).toEqual({ notMeasured: "no setting reaches it" });
});

test("searchBench() refuses a score of VMAF where no ffmpeg has it, and names where it looked", async () => {
  const scorer = { program: desk.scorer.program, version: "1", looked: ["/usr/bin/ffmpeg"] };
  const wish = { ...small, vmaf: 93, scoredAt: small.size };
  await expect(searchBench(wish, { ...desk, scorer })).rejects.toMatchObject({
    code: "ENCODER_MISSING",
    hint: expect.stringContaining("/usr/bin/ffmpeg"),
  });
});

test("calibrateBench() finds the setting that looks like the cpu, and the next survey carries it", async () => {
  const { rows, absent } = await calibrateBench({ ...small, codecs: ["h264", "hevc"] }, desk);
  expect(rows.map(({ measurement }) => `${measurement.backend} ${measurement.codec}`)).toEqual(["twin h264"]);
  const [row] = rows;
  // It has no hevc, which is said; the cpu is what others are calibrated against.
  expect(absent).toContainEqual({ backend: "twin", what: "hevc", reason: expect.stringContaining("h264 only") });
  for (const { target, score, told, asked } of row?.points ?? []) {
    expect(Math.abs(score - target)).toBeLessThan(1.5);
    // Its own scale is another: crf 16 at quality 70, where the cpu has 23.
    expect(told).toBeLessThan(asked);
  }
  expect(row?.measurement.quality).toBeLessThan(0.92);
  const found = await surveyAgain({ loaded: desk.loaded, broken: [], host: rig.host });
  expect(found.measured).toContainEqual(row?.measurement);
});

test("qualityBench() holds a device against the effort of the cpu that needs the same bits", async () => {
  const { result, rows } = await qualityBench({ ...small, codecs: ["h264"], rounds: 2 }, desk);
  const [cpu, other] = rows;
  expect([cpu?.backend, other?.backend]).toEqual(["cpu", "twin"]);
  // It is libx264 at its fastest, and that is what it is found to be like.
  expect(other && isMeasured(other.equal) && other.equal.effort).toBe("fastest");
  expect(other && isMeasured(other.bits) && other.bits).toBeGreaterThan(0.2);
  const speedup = other && isMeasured(other.speedup) ? other.speedup : undefined;
  // How fast is not for a busy machine to say in two rounds; that it was timed side by side is.
  expect(speedup?.rounds).toBeGreaterThan(0);
  expect(speedup?.low).toBeLessThanOrEqual(speedup?.high ?? 0);
  expect(result.cases.filter(({ reference }) => reference).map(({ reference }) => reference)).toEqual([
    expect.stringMatching(/^cpu\/h264\/fastest\/full\/talk@160x90=twin$/),
  ]);
  expect(result.curves.map(({ backend, effort, points }) => `${backend} ${effort} ${points.length}`).sort()).toEqual([
    ...["cpu balanced 4", "cpu fast 4", "cpu faster 4", "cpu fastest 4", "cpu slow 4", "twin balanced 4"],
  ]);
  expect(result.absent.map(({ backend }) => backend)).toContain("nvenc");
});

test("sweepBench() counts streams in real time by the slowest of them, and says where it stopped", async () => {
  const wish = { effort: "fastest", size: { width: 64, height: 36 }, windowSec: 0.7, mostStreams: 2 } as const;
  const { sweeps, absent } = await sweepBench({ ...wish, backends: ["cpu", "nvenc"] }, desk);
  const [sweep] = sweeps;
  expect(sweeps.map(({ backend }) => backend)).toEqual(["cpu"]);
  expect(absent.map(({ backend }) => backend)).toEqual(["nvenc"]);
  expect(sweep?.steps.length).toBeGreaterThan(0);
  for (const { streams, sumFps, slowestFps } of sweep?.steps ?? []) {
    expect(slowestFps).toBeGreaterThan(0);
    expect(sumFps).toBeGreaterThanOrEqual(slowestFps * streams - 1e-6);
  }
  const kept = sweep?.steps.filter(({ slowestFps }) => slowestFps >= 30).map(({ streams }) => streams) ?? [];
  expect(sweep?.realtime).toBe(Math.max(0, ...kept));
  expect(sweep?.stopped).toMatch(/\d+ streams/);
  expect(sweep?.joulesPerMinute).toMatchObject({ notMeasured: expect.any(String) });
});

test("runStreams() tells in ffmpeg's words why a stream was refused, and ends the others", async () => {
  const endless = [
    "-hide_banner",
    "-v",
    "repeat+level+error",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=s=64x36",
    "-f",
    "null",
    "-",
  ];
  const broken = endless.toSpliced(-3, 0, "-c:v", "no_such");
  const begun = performance.now();
  const seen = await runStreams({ streams: [endless, broken], accel: false, windowSec: 30 }, rig);
  expect(seen).toEqual({ ok: false, reason: expect.stringContaining("no_such") });
  expect(performance.now() - begun).toBeLessThan(25_000);
});

test("benchDoctor() scores one encode alike as mp4 and as mkv, and says what is dark", async () => {
  const found = await benchDoctor(desk);
  expect(found.alignment).toMatchObject({ equal: true });
  expect(isMeasured(found.alignment) && found.alignment.mp4).toBeGreaterThan(10);
  expect(found.builds.map(({ path }) => path)).toContain(rig.host.tools.ffmpeg);
  expect(found.backends).toContainEqual({ backend: "cpu", state: "ready" });
  for (const { state } of found.sensors) expect(isMeasured(state) ? state : state.notMeasured).not.toBe("");
});
