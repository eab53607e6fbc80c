import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLASSES, frameSums, publishedHash, recipe, recipeArgs, warningsOf } from "../../bench/clips/mod.ts";
import { makeClip } from "../../bench/measure/mod.ts";
import { builds } from "../support/ffmpeg.ts";
import { mediaInfo, videoInfo } from "../support/machine.ts";
import { makeProject, type Project } from "../support/project.ts";
import { rigFor, type TestRig } from "./rig.ts";

let rig: TestRig;
let project: Project;
beforeAll(async () => {
  rig = await rigFor();
  project = await makeProject();
});
afterAll(async () => {
  await rig.remove();
  await project.remove();
});

describe.for(builds)("recipes on the $name build", ({ path }) => {
  test.for(["screen", "anim"] as const)("recipe(%s) gives the published pixels", async (kind) => {
    const one = await rigFor({ ffmpeg: path });
    const clip = await makeClip(recipe(kind), one);
    expect(clip.hash).toBe(publishedHash(recipe(kind)));
    expect([clip.frames, clip.info.durationSec, clip.video.width]).toEqual([120, 4, 640]);
    await one.remove();
  });
});

test.skipIf(builds.length < 2)("recipe() gives every class the same pixels on every build", async () => {
  const sums = (ffmpeg: string) =>
    Promise.all(
      CLASSES.map(async (kind) => {
        const args = recipeArgs(recipe(kind, { width: 160, height: 90, frames: 6 }), "/dev/null");
        return frameSums((await execa(ffmpeg, args)).stdout);
      }),
    );
  const [one, other] = await Promise.all(builds.slice(0, 2).map(({ path }) => sums(path)));
  expect(new Set(one).size).toBe(CLASSES.length);
  expect(other).toEqual(one);
});

test("makeClip() makes a clip once, and says what a y4m file cannot", async () => {
  const wish = recipe("hdr", { width: 160, height: 90, frames: 4 });
  const first = await makeClip(wish, rig);
  const begun = performance.now();
  const again = await makeClip(wish, rig);
  expect(again).toEqual(first);
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(first.video).toMatchObject({ hdr: "pq", bitDepth: 10, color: { transfer: "smpte2084" } });
});

test("bench clip add keeps a lossless range of a file and warns of what makes it a poor witness", async () => {
  const file = project.path("holiday.mp4");
  const source = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=4", "-c:v", "mpeg4", "-q:v", "31"];
  await execa(rig.host.tools.ffmpeg, ["-v", "error", ...source, file]);
  const { exitCode, stderr, stdout } = await project.vendue([
    ...["bench", "clip", "add", file, "--start", "1", "--dur", "2", "--kind", "sport", "--json"],
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const { clip, warnings } = JSON.parse(stdout) as { clip: { path: string; frames: number }; warnings: string[] };
  expect(clip).toMatchObject({ id: "holiday", kind: "sport", frames: 50 });
  expect(warnings).toContain("it has 50 frames; 60 or more tell something");
  const md5 = async (path: string, range: string) => {
    const args = ["-v", "error", "-i", path, "-vf", range, "-f", "framemd5", "-"];
    return frameSums((await execa(rig.host.tools.ffmpeg, args)).stdout).replace(/^.*,\s*/gm, "");
  };
  expect(await md5(clip.path, "null")).toBe(await md5(file, "trim=start_frame=25:end_frame=75"));
  const { stdout: list } = await project.vendue(["bench", "clip", "list"]);
  expect(list).toContain("holiday");
  expect(list).not.toContain(project.folder);
});

test("bench clip add refuses a range that the file does not have", async () => {
  const file = project.path("short.mp4");
  await execa(rig.host.tools.ffmpeg, ["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", file]);
  const { exitCode, stderr } = await project.vendue(["bench", "clip", "add", file, "--start", "5"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/is 1\.0 s long, and 13 s were asked for/);
});

test("warningsOf() tells a source that was squeezed already", () => {
  const squeezed = mediaInfo("/a.mp4", { sizeBytes: 1e6, durationSec: 60, video: videoInfo({ vfr: true }) });
  expect(warningsOf(squeezed, { startSec: 0, durationSec: 8 })).toEqual([
    "it was compressed to 0.002 bits per pixel already, so every encoder will look alike",
    "its frame rate varies; it is brought to a constant one",
  ]);
  const fine = mediaInfo("/b.mp4", { sizeBytes: 2e9, durationSec: 60 });
  expect(warningsOf(fine, { startSec: 0, durationSec: 8 })).toEqual([]);
});
