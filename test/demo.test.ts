import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLoudness } from "../core/run/mod.ts";
import { makeDemoClips } from "../scripts/clips.ts";
import { anyBuild, builds, lumas } from "./support/ffmpeg.ts";
import { makeProject, type Project, root } from "./support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await makeDemoClips(project.path("demo/clips"), anyBuild);
  await mkdir(project.path("pipelines"));
  await copyFile(join(root, "pipelines", "demo.yaml"), project.path("pipelines/demo.yaml"));
});
afterAll(() => project.remove());

test.each(builds)("the demo comes out as declared, by the $name ffmpeg", async ({ path }) => {
  await rm(project.path("demo/out"), { recursive: true, force: true });
  const { exitCode, stderr, stdout } = await project.vendue(["run", "pipelines/demo.yaml"], {
    env: { ...project.env, VENDUE_FFMPEG: path },
  });
  expect(exitCode).toBe(0);
  expect(stderr).toContain("level + best + show + web");
  expect(stdout).toContain("libx264 on cpu");
  const output = project.path("demo/out/demo.mp4");
  const { stderr: words } = await execa(anyBuild, [
    "-hide_banner",
    "-nostdin",
    "-i",
    output,
    "-af",
    "ebur128=peak=true:framelog=verbose",
    "-f",
    "null",
    "-",
  ]);
  expect(words).toMatch(/Video: h264.*yuv420p.* 1280x720/);
  expect(words).toMatch(/Audio: aac.* 48000 Hz, stereo/);
  expect(Math.abs((readLoudness(words)?.integratedLufs ?? 0) + 16)).toBeLessThanOrEqual(0.5);
  expect(readLoudness(words)?.truePeakDbtp).toBeLessThanOrEqual(-1.5);
  const frames = await lumas(output);
  // Three clips, two ranges of two seconds each, at thirty frames a second.
  expect(frames).toHaveLength(360);
  expect(Math.abs((frames.at(-1)?.sec ?? 0) - (12 - 1 / 30))).toBeLessThan(1 / 30);
});

test("the demo runs with the packaged ffmpeg alone: none on PATH, no ffprobe", async (context) => {
  if (!builds.some(({ name }) => name === "packaged")) return context.skip("no packaged ffmpeg for this machine");
  const bare = project.path("bare");
  await mkdir(bare, { recursive: true });
  const { exitCode, stderr } = await project.vendue(["run", "pipelines/demo.yaml", "--force"], {
    env: { ...project.env, PATH: bare + delimiter },
  });
  expect(stderr).not.toContain("hint");
  expect(exitCode).toBe(0);
  expect(await readdir(project.path("demo/out"))).toEqual(["demo.mp4"]);
});

test("without any ffmpeg there is one clear error that says how to get one", async () => {
  const { exitCode, stderr } = await project.vendue(["run", "pipelines/demo.yaml"], {
    env: { ...project.env, VENDUE_FFMPEG: "/nowhere/ffmpeg" },
  });
  expect(exitCode).toBe(4);
  expect(stderr).toContain("FFMPEG_MISSING");
  expect(stderr).toContain("/nowhere/ffmpeg");
  expect(stderr).toContain("hint:");
});
