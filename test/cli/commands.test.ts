import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await ffmpeg([
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=320x180:rate=25",
    "-f",
    "lavfi",
    "-i",
    "sine=440",
    "-t",
    "2",
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-pix_fmt",
    "yuv420p",
    "-c:a",
    "aac",
    project.path("media/a.mp4"),
  ]);
  await project.write(
    "p.yaml",
    "version: 1\nname: small\ninputs: { a: media/a.mp4 }\nstages:\n  - id: best\n    cut: { keep: '0:00.5-0:01.5' }\n  - id: web\n    export: { output: out/a.mp4, video: { effort: fastest } }\n",
  );
});
afterAll(() => project.remove());

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  expect((await project.vendue(["--version"])).stdout).toBe(version);
});

test("an unknown command or option is refused with what was meant", async () => {
  const command = await project.vendue(["rnu", "p.yaml"]);
  expect(command).toMatchObject({ exitCode: 2 });
  expect(command.stderr).toContain("Did you mean run?");
  expect(await project.vendue(["plan", "p.yaml", "--jsn"])).toMatchObject({ exitCode: 2 });
  expect(await project.vendue(["plan", "p.yaml", "--accel", "maybe"])).toMatchObject({ exitCode: 2 });
});

test("validate answers for people and for machines", async () => {
  expect(await project.vendue(["validate", "p.yaml"])).toMatchObject({ exitCode: 0, stdout: "" });
  await project.write(
    "bad.yaml",
    "version: 1\ninputs: { a: media/a.mp4 }\nstages:\n  - exprot: { output: x.mp4 }\n  - cut: { keep: '5-3' }\n",
  );
  const { exitCode, stdout } = await project.vendue(["validate", "bad.yaml", "--json"]);
  expect(exitCode).toBe(2);
  const { ok, problems } = JSON.parse(stdout) as { ok: boolean; problems: { line: number; hint?: string }[] };
  expect(ok).toBe(false);
  expect(problems.map(({ line }) => line)).toEqual([4, 5]);
  expect(problems[0]?.hint).toContain("export");
  expect((await project.vendue(["validate", "nowhere.yaml"])).exitCode).toBe(2);
});

test("plan prints jobs and reasons, and as JSON the plan itself, the same bytes every time", async () => {
  const { stdout } = await project.vendue(["plan", "p.yaml"]);
  expect(stdout).toMatch(/web +best \+ web +cpu +libx264/);
  expect(stdout).toMatch(/passed +nvenc/);
  expect(stdout).toContain("frames 13..38");
  const [one, two] = [
    await project.vendue(["plan", "p.yaml", "--json"]),
    await project.vendue(["plan", "p.yaml", "--json"]),
  ];
  expect(one.stdout).toBe(two.stdout);
  expect(JSON.parse(one.stdout)).toMatchObject({ version: 1, pipeline: "small" });
  expect((await project.vendue(["plan", "p.yaml", "--commands"])).stdout).toMatch(/\nffmpeg -hide_banner/);
});

test("plan --detailed-exitcode tells whether there is work to do", async () => {
  expect((await project.vendue(["plan", "p.yaml", "--detailed-exitcode"])).exitCode).toBe(2);
  await project.vendue(["run", "p.yaml"]);
  expect((await project.vendue(["plan", "p.yaml", "--detailed-exitcode"])).exitCode).toBe(0);
});

test("explain tells one decision in plain words, of the last pipeline where none is named", async () => {
  const named = await project.vendue(["explain", "web", "p.yaml"]);
  expect(named.stdout).toMatch(/cpu won with cost [\d.]+/);
  expect((await project.vendue(["explain", "best"])).stdout).toContain("takes a.mp4 0:00.500-0:01.500");
  const unknown = await project.vendue(["explain", "nothing", "p.yaml"]);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain("best, web");
});

test("report shows the last run, as a table, Markdown or JSON", async () => {
  await project.vendue(["run", "p.yaml", "--force"]);
  expect((await project.vendue(["report"])).stdout).toMatch(/web +done +libx264 on cpu/);
  expect((await project.vendue(["report", "--markdown"])).stdout).toContain("| web | done | libx264 on cpu |");
  const { run, state } = JSON.parse((await project.vendue(["report", "--json"])).stdout) as {
    run: string;
    state: string;
  };
  expect(state).toBe("done");
  expect((await project.vendue(["report", run])).exitCode).toBe(0);
  expect((await project.vendue(["report", "never"])).exitCode).toBe(2);
});

test("verify says what is wrong with a file, alone or against a plan", async () => {
  await project.vendue(["run", "p.yaml"]);
  const plan = await project.write("plan.json", (await project.vendue(["plan", "p.yaml", "--json"])).stdout);
  expect(await project.vendue(["verify", "out/a.mp4", "--against", plan])).toMatchObject({ exitCode: 0 });
  const other = await project.vendue(["verify", "media/a.mp4", "--against", plan]);
  expect(other.exitCode).toBe(3);
  expect(other.stdout).toMatch(/WRONG +frames +expected 25, found 50/);
  const torn = await readFile(project.path("media/a.mp4"));
  torn.fill(0, Math.floor(torn.length * 0.3), Math.floor(torn.length * 0.5));
  await writeFile(project.path("media/torn.mp4"), torn);
  expect(await project.vendue(["verify", "media/torn.mp4"])).toMatchObject({ exitCode: 3 });
});

test("config prints each value and the layer that decided it", async () => {
  await project.write(".config/config.yaml", "prefer: speed\njobs: 3\n");
  await project.write("sub/vendue.config.yaml", "jobs: 2\n");
  const { stdout } = await project.vendue(["config", "--json"], {
    cwd: project.path("sub"),
    env: { ...project.env, VENDUE_ACCEL: "off" },
  });
  const found = JSON.parse(stdout) as Record<string, { value: unknown; from: string }>;
  expect(found["prefer"]).toEqual({ value: "speed", from: project.path(".config/config.yaml") });
  expect(found["jobs"]).toEqual({ value: 2, from: project.path("sub/vendue.config.yaml") });
  expect(found["accel"]).toEqual({ value: "off", from: "environment VENDUE_ACCEL" });
  expect(found["stall_sec"]).toMatchObject({ from: "default" });
  await project.write("sub/vendue.config.yaml", "jbos: 2\n");
  const wrong = await project.vendue(["config"], { cwd: project.path("sub") });
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain("jbos");
});

test("a pipeline outranks the configuration, and a flag outranks both", async () => {
  await project.write(
    "accel.yaml",
    "version: 1\naccel: preferred\ninputs: { a: media/a.mp4 }\nstages:\n  - export: { output: out/b.mp4 }\n",
  );
  const accelOf = async (args: readonly string[], env = {}) =>
    (
      JSON.parse((await project.vendue(["plan", ...args, "--json"], { env: { ...project.env, ...env } })).stdout) as {
        accel: string;
      }
    ).accel;
  expect(await accelOf(["p.yaml"], { VENDUE_ACCEL: "off" })).toBe("off");
  expect(await accelOf(["accel.yaml"], { VENDUE_ACCEL: "off" })).toBe("preferred");
  expect(await accelOf(["accel.yaml", "--accel", "off"])).toBe("off");
});

test("init writes a pipeline that runs as it is", async () => {
  expect((await project.vendue(["init", "new.yaml", "--from", "media/a.mp4"])).exitCode).toBe(0);
  const { exitCode, report } = await project.run("new.yaml");
  expect(exitCode).toBe(0);
  expect(report.jobs.at(-1)?.outputs[0]?.path).toBe(project.path("out/clip.mp4"));
  expect((await project.vendue(["init", "new.yaml"])).exitCode).toBe(2);
});

test("schema prints the schema that stands beside the code", async () => {
  const { stdout } = await project.vendue(["schema"]);
  expect(JSON.parse(stdout)).toEqual(
    JSON.parse(await readFile(join(root, "core/pipeline/pipeline.schema.json"), "utf8")),
  );
});

test("doctor is right about a machine without a GPU, with a reason for each, quickly", async () => {
  const begun = performance.now();
  const { stdout, exitCode } = await project.vendue(["doctor", "--json", "--fresh"]);
  expect(exitCode).toBe(0);
  expect(performance.now() - begun).toBeLessThan(15_000);
  const { backends } = JSON.parse(stdout) as {
    backends: { name: string; probe: { state: string; reason?: string } }[];
  };
  expect(backends.map(({ name }) => name)).toEqual(["nvenc", "vaapi", "qsv", "amf", "mediacodec", "nvmpi", "cpu"]);
  expect(backends.at(-1)?.probe.state).toBe("ready");
  for (const { probe } of backends) if (probe.state === "absent") expect(probe.reason?.length).toBeGreaterThan(5);
});

test("backends lists the bidders and holds one against the contract", async () => {
  expect((await project.vendue(["backends"])).stdout).toMatch(/cpu +built in +ready/);
  expect((await project.vendue(["backends", "test", "cpu"])).exitCode).toBe(0);
  await project.write(
    "liar/mod.mjs",
    "export default () => ({ name: 'liar', api: 1, probe: async () => ({ state: 'ready', facts: {} }), score: () => ({ kind: 'bid', speed: -1, quality: 7 }), buildArgs: () => ({ encode: { on: 'system', args: ['-i', 'x'] } }) });\n",
  );
  const { exitCode, stdout } = await project.vendue(["backends", "test", "./liar/mod.mjs"]);
  expect(exitCode).toBe(3);
  expect(stdout).toContain("BROKEN");
  const old = await project.write(
    "old/mod.mjs",
    "export default () => ({ name: 'old', api: 2, probe() {}, score() {}, buildArgs() {} });\n",
  );
  const refused = await project.vendue(["backends", "test", old]);
  expect(refused.stderr).toMatch(/contract 2/);
});

test("a broken third-party backend loses its bid with a clear message and never takes the run down", async () => {
  await project.write(
    "thrower/mod.mjs",
    "export default () => ({ name: 'thrower', api: 1, async probe() { throw new Error('no luck today'); }, score() {}, buildArgs() {} });\n",
  );
  await project.write(
    "third.yaml",
    "version: 1\nbackends: [cpu, ./thrower/mod.mjs, ./missing/mod.mjs]\ninputs: { a: media/a.mp4 }\nstages:\n  - id: web\n    export: { output: out/third.mp4, video: { effort: fastest } }\n",
  );
  const { stdout } = await project.vendue(["plan", "third.yaml"]);
  expect(stdout).toContain("no luck today");
  expect(stdout).toContain("missing/mod.mjs");
  expect((await project.run("third.yaml")).report.state).toBe("done");
});

test("colour and control codes stay out of what is not a terminal", async () => {
  const { stdout, stderr } = await project.vendue(["run", "p.yaml", "--force"]);
  expect(stdout + stderr).not.toContain("\u001b");
});
