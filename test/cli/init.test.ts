import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa, execaSync } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  const picture = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=50", "-t", "1"];
  const codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
  await ffmpeg([...picture, ...codec, project.path("my clip's: #1.mp4")]);
  const tone = ["-f", "lavfi", "-i", "sine=440", "-t", "1"];
  await ffmpeg([...tone, project.path("media/tone.wav")]);
});
afterAll(() => project.remove());

const written = async (name: string) => {
  const text = await readFile(project.path(name), "utf8");
  return { text, ...parse(text, { file: project.path(name) }) };
};

test("init takes everything by flags, and what it wrote can be planned", async () => {
  const flags = ["--codec", "hevc", "--quality", "55", "--size", "160x90", "--accel", "off", "--loudness", "off"];
  const { exitCode, stderr } = await project.vendue([
    "init",
    "flags.yaml",
    "--from",
    "my clip's: #1.mp4",
    ...flags,
    "--output",
    "out/a.mkv",
  ]);
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining("next: vendue plan flags.yaml") as unknown]);
  const { text, accel, stages } = await written("flags.yaml");
  expect(accel).toBe("off");
  expect(stages.map(({ kind }) => kind)).toEqual(["export"]);
  expect(stages[0]?.renders[0]).toMatchObject({
    output: "out/a.mkv",
    video: { codec: "hevc", rate: { quality: 55 }, size: { width: 160, height: 90 }, maxFps: { num: 30, den: 1 } },
  });
  // Every choice has a word beside it, and the clip is described as it is.
  expect(text).toMatch(/# 1\.0 s, 320x180 50 fps h264, 0 audio tracks/);
  expect((await project.vendue(["plan", "flags.yaml"])).exitCode).toBe(0);
});

test("init makes a pipeline for a clip without a picture", async () => {
  expect(
    (await project.vendue(["init", "tone.yaml", "--from", "media/tone.wav", "--output", "out/tone.mp4"])).exitCode,
  ).toBe(0);
  const { stages } = await written("tone.yaml");
  expect(stages.map(({ kind }) => kind)).toEqual(["normalize", "export"]);
  expect((await project.vendue(["plan", "tone.yaml"])).exitCode).toBe(0);
});

test.each([
  [["--codec", "mpeg2"], "h264, hevc, av1, vp9"],
  [["--quality", "200"], "0 to 100"],
  [["--size", "large"], "makes no pipeline"],
  [["--loudness", "loud"], "makes no pipeline"],
])("init refuses %j before it writes", async (flags, words) => {
  const { exitCode, stderr } = await project.vendue(["init", "refused.yaml", ...flags]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
  await expect(readFile(project.path("refused.yaml"))).rejects.toThrow("ENOENT");
});

test("init asks on a terminal, takes the return key for an answer, and asks again after a wrong one", async (context) => {
  if (execaSync("which", ["script"], { reject: false }).exitCode !== 0) return context.skip("script is not installed");
  const command = `${process.execPath} ${join(root, "bin/vendue.mjs")} init asked.yaml --codec av1`;
  const child = execa("script", ["-qec", command, "/dev/null"], {
    cwd: project.folder,
    env: project.env,
    reject: false,
  });
  // Each answer is typed when its question has been asked.
  const answers = [
    ["Which clip?", ""],
    ["Who wants the GPU?", "always"],
    ["always is none of them", "required"],
    ["How loud?", "podcast"],
    ["Which quality", "80"],
  ] as const;
  let seen = "";
  let nth = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    seen += String(chunk);
    const next = answers[nth];
    if (next === undefined || !seen.includes(next[0])) return;
    seen = "";
    nth += 1;
    child.stdin.write(`${next[1]}\n`);
  });
  const { exitCode, stdout } = await child;
  expect([exitCode, nth]).toEqual([0, answers.length]);
  expect(stdout).not.toContain("Which codec?");
  const { accel, inputs, stages } = await written("asked.yaml");
  expect(accel).toBe("required");
  expect(inputs.map(({ pattern }) => pattern)).toEqual(["my clip's: #1.mp4"]);
  expect(stages.at(-1)?.renders[0]?.video).toMatchObject({ codec: "av1", rate: { quality: 80 } });
});
