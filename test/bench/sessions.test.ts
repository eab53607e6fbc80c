import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BenchDesk, calibrateBench, openDesk, qualityBench, searchBench } from "../../bench/session/mod.ts";
import { isMeasured } from "../../bench/types.ts";
import { survey as surveyAgain } from "../../core/mod.ts";
import { rigFor, type TestRig } from "./rig.ts";
import { twin } from "./strangers.ts";

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
