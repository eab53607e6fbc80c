import { mkdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import type { Behaviour } from "../support/standin/machine.ts";
import { setUp, type Standin } from "../support/standin/standin.ts";

/** The built-in backend, from its own probe to its own rungs, on a machine with two cards. */
let project: Project;
let stand: Standin;

interface Case {
  readonly name: string;
  readonly what: string;
  readonly plays: Behaviour;
  readonly code: string;
  /** Card and encoder of every attempt. */
  readonly rungs: readonly string[];
  /** What the last call of a card has to show, and what it must not. */
  readonly shows?: string;
  readonly lacks?: string;
}

const cases: readonly Case[] = [
  {
    ...{ name: "bframes", what: "B-frames refused: the same card without them", code: "FEATURE_REFUSED" },
    ...{ plays: { says: "fact-nvenc-b-frames", unless: "-bf 0" }, rungs: ["0 h264_nvenc", "0 h264_nvenc"] },
    shows: "-bf 0",
  },
  {
    ...{ name: "nvdec", what: "decoding refused: the same card after a decode on the CPU", code: "DECODE_REFUSED" },
    ...{ plays: { says: "fact-nvdec-capability", when: ["-hwaccel"] }, rungs: ["0 h264_nvenc", "0 h264_nvenc"] },
    lacks: "-hwaccel",
  },
  {
    ...{ name: "lost", what: "a card lost: the other card", code: "DEVICE_LOST" },
    ...{ plays: { says: "fact-cuda-illegal-address", on: ["job"] }, rungs: ["0 h264_nvenc", "1 h264_nvenc"] },
  },
  {
    ...{ name: "chipless", what: "no encoder on the card: the other card", code: "DEVICE_MISSING" },
    ...{ plays: { says: "fact-nvenc-no-chip" }, rungs: ["0 h264_nvenc", "1 h264_nvenc"] },
  },
  {
    ...{ name: "unbuilt", what: "an encoder that is not in this build: the CPU", code: "ENCODER_MISSING" },
    ...{ plays: { says: "7.0-nvmpi-missing" }, rungs: ["0 h264_nvenc", "cpu libx264"] },
  },
];

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "1", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", project.path("media/a.mp4")],
  ]);
  const behaviours = cases.map(({ name, plays }) => ({
    name,
    ...plays,
    when: [`/\\.${name}\\.`, ...(plays.when ?? [])],
  }));
  const encoders = ["h264_nvenc"];
  stand = await setUp(
    {
      hwaccels: ["cuda"],
      devices: [
        { id: "0", encoders, behaviours },
        { id: "1", encoders },
      ],
    },
    project.path("machine"),
  );
});
afterAll(() => project.remove());

test.each(cases.map((one) => [one.what, one] as const))("nvenc, %s", { timeout: 120_000 }, async (_, one) => {
  const { name, code, rungs, shows, lacks } = one;
  await project.write(
    "p.yaml",
    `version: 1\nbackends: [nvenc, cpu]\nprefer: speed\ninputs: { a: media/a.mp4 }\nstages:\n  - id: web\n    export: { output: out/${name}.mp4, video: { codec: h264, size: 256x144 } }\n`,
  );
  const report = project.path(`${name}.json`);
  const { exitCode, stderr } = await project.vendue(["run", "p.yaml", "--report", report], {
    env: { ...project.env, ...stand.env },
  });
  expect(exitCode, stderr).toBe(0);
  const { jobs } = JSON.parse(await readFile(report, "utf8")) as Report;
  expect(jobs[0]?.attempts.map(({ device, encoder }) => `${device} ${encoder}`)).toEqual(rungs);
  expect(jobs[0]?.attempts[0]?.code).toBe(code);
  expect(jobs[0]?.gpu_fallback).toBe(rungs.at(-1) === "cpu libx264");
  const words = (await stand.calls())
    .filter(({ role, args }) => role === "job" && args.some((arg) => arg.includes(`/.${name}.`)))
    .at(-1)
    ?.args.join(" ");
  if (shows !== undefined) expect(words).toContain(shows);
  if (lacks !== undefined) expect(words).not.toContain(lacks);
});
