import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStudio, prove, verdicts } from "../../bench/engine/mod.ts";
import { makeClapper } from "../support/clapper.ts";
import { anyBuild, ffmpeg } from "../support/ffmpeg.ts";

const word = (values: readonly number[], budget: { atLeast?: number; atMost?: number }) =>
  verdicts([{ name: "it", values }], { it: budget })[0]?.word;

test("verdicts() misses a budget only where every round lies beyond it", () => {
  expect(word([3.6, 3.9, 4.1], { atLeast: 3.5 })).toBe("ok");
  expect(word([3.4, 3.6, 3.3], { atLeast: 3.5 })).toBe("unsure");
  expect(word([3.4, 3.2, 3.3], { atLeast: 3.5 })).toBe("MISSED");
  expect(word([1.01, 1.04, 1.02], { atMost: 1.05 })).toBe("ok");
  expect(word([1.01, 1.2, 1.3], { atMost: 1.05 })).toBe("unsure");
  expect(word([1.1, 1.2, 1.3], { atMost: 1.05 })).toBe("MISSED");
});

test("verdicts() holds what repeats to the bit as it is, and says what was not measured", () => {
  expect(word([0], { atMost: 0 })).toBe("ok");
  expect(word([1], { atMost: 0 })).toBe("MISSED");
  expect(word([-0.2], { atLeast: 0 })).toBe("MISSED");
  expect(word([Infinity], { atMost: 20 })).toBe("MISSED");
  expect(word([Number.NaN], { atLeast: 0 })).toBe("not measured");
  expect(word([7], {})).toBe("");
});

let folder: string;
const part = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vendue-engine-"));
  const video = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "30"];
  await makeClapper({ path: part("source.mp4"), rate: "30", sampleRate: 48000, lengthSec: 6, video });
  const edges = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];
  const taken = ["-ss", "2", "-t", "2.9"];
  await ffmpeg([...taken, "-i", part("source.mp4"), "-c", "copy", part("copied.mp4")]);
  await ffmpeg(["-ss", "2.0333", "-t", "2.9", "-i", part("source.mp4"), ...edges, part("off.mp4")]);
  const late = ["-itsoffset", "0.06", ...taken, "-i", part("source.mp4")];
  await ffmpeg([
    ...[...taken, "-i", part("source.mp4"), ...late, "-map", "0:v", "-map", "1:a"],
    ...["-c:v", "copy", "-c:a", "aac", part("late.mp4")],
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("prove() sees frames that are not the source's own, and sound that is not where its picture is", async () => {
  const studio = await openStudio({
    ...{ folder, bin: "", ffmpeg: anyBuild, scorer: anyBuild, rounds: 1 },
    signal: AbortSignal.timeout(60_000),
  });
  const kept = [{ source: "source.mp4", fromSec: 2, toSec: 4.9, sure: [2, 4.9] as const }];
  const of = async (made: string) =>
    (await prove(studio, { name: "it", made, fps: 30, kept })).map(({ values }) => values[0]);
  const [right = NaN, together = NaN] = await of("copied.mp4");
  expect(right).toBe(0);
  expect(together).toBeLessThan(20);
  const [wrong = NaN] = await of("off.mp4");
  expect(wrong).toBeGreaterThan(1);
  const [whole = NaN, apart = NaN] = await of("late.mp4");
  expect(whole).toBe(0);
  expect(apart).toBeGreaterThan(40);
});
