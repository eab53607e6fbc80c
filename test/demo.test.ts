import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { summarize } from "../core/observe/mod.ts";
import { readLoudness } from "../core/run/mod.ts";
import { makeDemoClips } from "../scripts/clips.ts";
import { anyBuild, builds, lumas } from "./support/ffmpeg.ts";
import { type Ended, makeProject, type Project, root } from "./support/project.ts";
import { type Spy, spyOn } from "./support/spy.ts";
import { readEvents, readFigures, readMetrics, reportOf, sumOf } from "./support/views.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await makeDemoClips(project.path("demo/clips"), anyBuild);
  await mkdir(project.path("pipelines"));
  await copyFile(join(root, "pipelines", "demo.yaml"), project.path("pipelines/demo.yaml"));
});
afterAll(() => project.remove());

describe.each(builds)("the demo by the $name ffmpeg", ({ name, path }) => {
  let first: Ended;
  let spy: Spy;

  beforeAll(async () => {
    await rm(project.path("demo/out"), { recursive: true, force: true });
    spy = await spyOn(path, project.path(`spy-${name}`));
    const views = ["--json", "--metrics-file", `${name}.prom`, "--html", `${name}.html`];
    first = await project.vendue(["run", "pipelines/demo.yaml", ...views], { env: { ...project.env, ...spy.env } });
  }, 240_000);

  test("comes out as declared", async () => {
    expect(first.exitCode).toBe(0);
    const [job] = reportOf(readEvents(first.stdout)).jobs.filter(({ kind }) => kind === "render");
    expect(job).toMatchObject({ stages: ["level", "best", "show", "web"], encoder: "libx264", device: "cpu" });
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

  test("starts ffmpeg no oftener than it takes: all sources are read in one start, and so is the output", async () => {
    const calls = (await spy.calls()).filter((args) => args.some((arg) => arg.includes("demo/")));
    const reads = calls.filter((args) => args.includes("framecrc") && args.some((arg) => arg.includes("demo/clips")));
    const weighs = calls.filter((args) => args.includes("-vn"));
    const ofOutput = calls.filter((args) => args.some((arg) => arg.includes(".demo.mp4.vendue-part")));
    expect([reads, weighs, ofOutput].map(({ length }) => length)).toEqual([1, 3, 2]);
    expect(calls).toHaveLength(6);
  });

  test("is told alike by events, metrics and page", async () => {
    const report = reportOf(readEvents(first.stdout));
    const metrics = readMetrics(await readFile(project.path(`${name}.prom`), "utf8"));
    const page = await readFile(project.path(`${name}.html`), "utf8");
    const { jobs, attempts, fallbacks, outputBytes, mediaSec, speeds } = summarize(report);
    expect([jobs.done, attempts, fallbacks.length, mediaSec]).toEqual([4, 1, 0, 12]);
    expect(sumOf(metrics, "vendue_jobs_ended_total", { state: "done" })).toBe(jobs.done);
    expect(sumOf(metrics, "vendue_attempts_total")).toBe(attempts);
    expect(sumOf(metrics, "vendue_fallbacks_total")).toBe(0);
    expect(sumOf(metrics, "vendue_output_bytes_total")).toBe(outputBytes);
    expect(sumOf(metrics, "vendue_media_seconds_total")).toBe(mediaSec);
    expect(readFigures(page)).toMatchObject({
      "jobs done": "4",
      attempts: "1",
      fallbacks: "0",
      written: `${(outputBytes / 1e6).toFixed(2)} MB`,
    });
    expect(page).toContain(`${speeds[0]?.speed.toFixed(2)}x (${mediaSec.toFixed(1)} s in`);
  });

  test("starts no ffmpeg at all when nothing changed, and says so", async () => {
    expect((await spy.calls()).filter(isEncode)).toHaveLength(1);
    const before = (await spy.calls()).length;
    const { exitCode, stdout } = await project.vendue(["run", "pipelines/demo.yaml"], {
      env: { ...project.env, ...spy.env },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("nothing to do: every output is what it should be");
    expect((await spy.calls()).slice(before)).toEqual([]);
  });
});

/** What makes a file, rather than look at one. */
function isEncode(args: readonly string[]): boolean {
  return args.includes("-c:v") && !args.includes("lavfi");
}

test("the demo runs with the packaged ffmpeg alone: none on PATH", { timeout: 240_000 }, async (context) => {
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
