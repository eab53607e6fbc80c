import { readFile, mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { spawnProgram } from "../../core/host/mod.ts";
import { load, plan, run, survey } from "../../core/mod.ts";
import type { RenderJob } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  const clip = "-f lavfi -i testsrc2=size=1280x720:rate=25 -t 2 -c:v libx264 -preset ultrafast -g 250 -pix_fmt yuv420p";
  await ffmpeg([...clip.split(" "), project.path("media/a.mp4")]);
  Object.assign(process.env, project.env);
});
afterAll(async () => {
  for (const name of Object.keys(project.env)) delete process.env[name];
  await project.remove();
});

const pipeline = (more: string) =>
  `version: 1\nbackends: [cpu]\ninputs: { a: media/a.mp4 }\nstages:\n  - { id: web, export: { input: a, output: out/web.mp4, video: { effort: fastest } } }\n  - { id: edit, export: { input: a, output: out/edit.mp4, proxy: true${more} } }\n`;

test("a proxy is small, easy to jump about in, and made behind the others", { timeout: 120_000 }, async () => {
  const { pipeline: parsed, backends, media } = await load(await project.write("p.yaml", pipeline("")));
  const chosen = plan(parsed, media, await survey(backends));
  const [web, edit] = chosen.jobs.filter((job): job is RenderJob => job.kind === "render");
  expect([web?.background, edit?.background]).toEqual([undefined, true]);
  const report = await run(chosen).report;
  expect(report.state).toBe("done");
  const made = report.jobs.flatMap(({ outputs }) => outputs);
  expect(made.map(({ video }) => video?.height)).toEqual([720, 540]);
  const { stdout } = await spawnProgram(
    {
      program: backends.host.tools.ffmpeg,
      args: ["-v", "error", "-skip_frame", "nokey", "-i", project.path("out/edit.mp4"), "-f", "framecrc", "-"],
      keepStdout: true,
    },
    [],
  );
  // Fifty frames with a keyframe every thirteen: half a second, rounded up.
  expect(stdout.split("\n").filter((line) => line.startsWith("0,"))).toHaveLength(4);
});

test("a proxy says what it says itself, and refuses to be no picture", async () => {
  const own = await load(await project.write("own.yaml", pipeline(", video: { size: 320x180, gop: 1s }")));
  const [, edit] = own.pipeline.stages.map(({ renders }) => renders[0]?.video);
  expect(edit).toMatchObject({ size: { width: 320, height: 180 }, gop: { sec: 1 }, effort: "fastest" });
  await expect(load(await project.write("bad.yaml", pipeline(", video: none")))).rejects.toThrow(/proxy: true/);
});

test.runIf(process.platform === "linux")(
  "spawnProgram() leaves the processor to others in the background",
  async () => {
    const nice = async (background: boolean) => {
      const file = project.path(`nice-${background}`);
      const args = ["-c", `sleep 0.3; nice > '${file}'`];
      await spawnProgram({ program: "sh", args, background }, []);
      return Number(await readFile(file, "utf8"));
    };
    const [before, behind] = [await nice(false), await nice(true)];
    expect(behind - before).toBe(10);
  },
);
