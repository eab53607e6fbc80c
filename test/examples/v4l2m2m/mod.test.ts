import { chmod, copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyMachine, fakeContext, type Machine, testBackend } from "vendue/testing";
import type { Plan } from "../../../core/types.ts";
import { anyBuild, ffmpeg } from "../../support/ffmpeg.ts";
import { makeProject, type Project } from "../../support/project.ts";
import { encodeOf, taskOf } from "../../backends/option_table.ts";
import create, { machine } from "./mod.ts";

const backend = create();

await testBackend({ backend, machine });

async function probe(change: Machine) {
  return backend.probe(fakeContext({ ...machine, ...change }, { needs: backend.needs }).ctx);
}

test.each<[string, Machine, RegExp]>([
  ["another system", emptyMachine, /Linux only/],
  ["a plain ffmpeg", { encoders: ["libx264"] }, /built without h264_v4l2m2m/],
  ["a Raspberry Pi 5", { paths: [] }, /no encoder node/],
  ["a user outside the group video", { opens: [] }, /does not open/],
])("v4l2m2m() is absent on %s, with the reason", async (_, change, reason) => {
  expect(await probe(change)).toMatchObject({ state: "absent", reason: expect.stringMatching(reason) as string });
});

test("v4l2m2m() takes nv12 where its driver wants that", async () => {
  const answer = { ok: false, code: "FEATURE_REFUSED", line: "Encoder requires nv12 pixel format." } as const;
  expect(await probe({ trials: [{ words: ["yuv420p"], answer }] })).toEqual({
    state: "ready",
    facts: { pixelFormat: "nv12" },
  });
});

test.each([
  [encodeOf("hevc"), /no hevc/],
  [encodeOf("h264", { width: 1296, height: 972 }), /multiple of 32/],
  [encodeOf("h264", { width: 3840, height: 2160 }), /more than the 1080p/],
  [encodeOf("h264", { rate: { kind: "bitrate", kbps: 25_000 } }), /25000 kb\/s is more/],
  [encodeOf("h264", { bitDepth: 10, pixelFormat: "yuv420p10le" }), /8-bit/],
])("v4l2m2m() passes on what its chip cannot do: task %$", (encode, reason) => {
  expect(backend.score(taskOf(encode), { pixelFormat: "yuv420p" })).toMatchObject({
    kind: "pass",
    reason: expect.stringMatching(reason) as string,
  });
});

let project: Project;
let env: Readonly<Record<string, string>> = {};

/** A board in a folder: a node, and an ffmpeg whose chip is libx264. Everything else is as a stranger has it. */
beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("v4l2m2m"));
  await copyFile(fileURLToPath(new URL("mod.ts", import.meta.url)), project.path("v4l2m2m/mod.ts"));
  await project.write("dev/video11", "");
  const board = await project.write("board", `#!/bin/bash\nexec '${anyBuild}' "\${@//h264_v4l2m2m/libx264}"\n`);
  await chmod(board, 0o755);
  env = { ...project.env, VENDUE_FFMPEG: board };
  await ffmpeg(["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-t", "1", project.path("a.mp4")]);
});
afterAll(() => project.remove());

const { stdout: encoders } = await execa(anyBuild, ["-hide_banner", "-encoders"]);
const isBoard = process.platform === "linux" && encoders.includes("h264_v4l2m2m");

const pipeline = (use: string) =>
  `version: 1\nbackends: [cpu, ${use}]\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/a.mp4, audio: none }\n`;
const granted = "{ use: ./v4l2m2m/mod.ts, options: { nodes: [dev/video11] }, allow: { read: [dev] } }";

test.runIf(isBoard)("v4l2m2m() wins the auction from a folder that knows nothing of vendue, and runs", async () => {
  await project.write("p.yaml", pipeline(granted));
  const planned = await project.vendue(["plan", "p.yaml", "--json"], { env });
  const { jobs } = JSON.parse(planned.stdout) as Plan;
  const [job] = jobs;
  if (job?.kind !== "render") throw new Error(planned.stdout);
  expect(job.bids.map(({ backend: name }) => name)).toEqual(["v4l2m2m", "cpu"]);
  expect(job.bids[0]?.commands[0]?.args.join(" ")).toMatch(/-c:v h264_v4l2m2m -b:v 924k -g \d+ -bf 0/);
  const report = project.path("report.json");
  expect(await project.vendue(["run", "p.yaml", "--report", report], { env })).toMatchObject({ exitCode: 0 });
  const { stdout } = await project.vendue(["report", report]);
  expect(stdout).toMatch(/web +done +h264_v4l2m2m on v4l2/);
});

test.runIf(isBoard)("v4l2m2m() is told what it may not look at, and cpu does the work", async () => {
  await project.write("denied.yaml", pipeline("./v4l2m2m/mod.ts"));
  const { stdout } = await project.vendue(["plan", "denied.yaml"], { env });
  expect(stdout).toMatch(/passed +v4l2m2m .*may not read \/dev\/video10 .*allow: read/);
  expect(stdout).toMatch(/web +web +cpu +libx264/);
});
