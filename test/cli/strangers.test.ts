import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";

let project: Project;

/** A sound backend in JavaScript, but for the difference. It claims to be unbeatable, so that only its fault loses. */
const stranger = (name: string, difference: string) => `
const sound = {
  name: ${JSON.stringify(name)},
  api: 1,
  probe: async () => ({ state: "ready", facts: {} }),
  score: ({ encode }) => encode ? { kind: "bid", speed: 1e6, quality: 1 } : { kind: "pass", reason: "it only encodes" },
  buildArgs: ({ ops, encode }) => ({
    filters: ops,
    ...(encode && { encode: { on: "system", args: ["-c:v", "libx264"] } }),
  }),
};
export default () => ({ ...sound, ${difference} });
`;

interface Fault {
  readonly name: string;
  readonly text: string;
  /** What \`plan\` has to say of it. */
  readonly says: string;
}

const fault = (name: string, difference: string, says: string): Fault => ({
  name,
  text: stranger(name, difference),
  says,
});

const faults: readonly Fault[] = [
  fault("thrower", "async probe() { throw new Error('no luck\\n  today'); }", "probe() threw no luck today"),
  fault("shouter", "probe() { throw 'not even an error'; }", "probe() threw not even an error"),
  fault("dreamer", "probe: async () => 42", "probe() gave 42"),
  fault("mapper", "probe: async () => ({ state: 'ready', facts: new Map() })", "a Map"),
  fault("babbler", "score: () => 'a lot'", 'score() gave "a lot"'),
  fault("boaster", "score: () => ({ kind: 'bid', speed: Infinity, quality: 11 })", "a quality of 11"),
  fault("scorer", "score() { throw new Error('what is this'); }", "score() threw what is this"),
  fault("ditherer", "score: async () => { throw new Error('too late'); }", "score() gave a promise"),
  fault("circle", "score() { const bid = sound.score({ encode: {} }); bid.bid = bid; return bid; }", "circular"),
  fault("vandal", "score(task) { task.ops.length = 0; return sound.score(task); }", "score() threw Cannot assign"),
  fault("smuggler", "buildArgs: () => ({ device: ['-i', '/etc/passwd'] })", "-i among its device arguments"),
  fault("builder", "buildArgs() { throw new Error('cannot build'); }", "buildArgs() threw cannot build"),
  fault("idler", "buildArgs: ({ ops }) => ({ filters: ops })", "buildArgs() encodes nothing"),
  fault("nosy", "probe: (ctx) => ctx.exists('/etc/passwd')", "nosy may not read /etc/passwd (it must state this"),
  fault("spy", "needs: { env: ['HOME'] }, probe: async (ctx) => ctx.env('HOME')", "spy may not see the variable HOME"),
  fault("caller", "needs: { run: ['id'] }, probe: (ctx) => ctx.ask('id', [])", "caller may not run id"),
  fault("future", "api: 2", "targets contract 2, this is 1 (use a version of it for contract 1"),
  fault("nameless", "name: 'No Name'", 'has the name "No Name", which is not a lower-case word'),
  fault("twin", "name: 'cpu'", "./twin/mod.mjs calls itself cpu, which is the name of cpu (rename it in "),
  { name: "early", text: "throw new Error('while loading');", says: "could not be imported: while loading" },
  { name: "broken", text: "export default {", says: "could not be imported: Unexpected" },
  { name: "empty", text: "", says: "has no default export" },
  // It passes, but leaves something running that would keep a process alive.
  fault("linger", "async probe() { setInterval(() => {}, 100); return { state: 'absent', reason: 'shy' }; }", "shy"),
];

const pipeline = (backends: readonly string[]) =>
  `version: 1\nname: strangers\nbackends: [${backends.join(", ")}]\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/a.mp4, video: { effort: fastest } }\n`;

beforeAll(async () => {
  project = await makeProject();
  await ffmpeg(["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "1", project.path("a.mp4")]);
  for (const { name, text } of faults) await project.write(`${name}/mod.mjs`, text);
  await project.write("alone.yaml", pipeline(["cpu"]));
  await project.write("all.yaml", pipeline([...faults.map(({ name }) => `./${name}/mod.mjs`), "cpu"]));
});
afterAll(() => project.remove());

test("plan says of every broken stranger what is wrong with it, and plans without it", async () => {
  const { stdout, exitCode } = await project.vendue(["plan", "all.yaml"]);
  expect(exitCode).toBe(0);
  const passed = stdout.slice(stdout.indexOf("passed")).split("\n");
  for (const { name, says } of faults)
    expect(passed.find((line) => line.includes(says), name)?.slice(13)).toMatch(new RegExp(`^\\S*${name}`));

  const jobsOf = async (file: string) =>
    (JSON.parse((await project.vendue(["plan", file, "--json"])).stdout) as Plan).jobs;
  expect(await jobsOf("all.yaml")).toEqual(await jobsOf("alone.yaml"));
});

test("run ends done on cpu, and ends at once, whatever strangers leave behind", async () => {
  const begun = performance.now();
  // Asked afresh, so that every probe really runs in this process.
  const { exitCode, report } = await project.run("all.yaml", "--fresh");
  expect(exitCode).toBe(0);
  expect(report).toMatchObject({ state: "done", jobs: [{ backend: "cpu", state: "done" }] });
  expect(performance.now() - begun).toBeLessThan(30_000);
});

test("a stranger that hangs is given up, in its probe as in its import, and the process lives on", async () => {
  await project.write("hang/mod.mjs", stranger("hang", "probe: () => new Promise(() => {})"));
  await project.write("stuck/mod.mjs", "await new Promise(() => {});\nexport default () => ({});\n");
  await project.write("hang.yaml", pipeline(["cpu", "./hang/mod.mjs"]));
  const room = (name: string) => JSON.stringify(pathToFileURL(join(root, "core", name)).href);
  const script = await project.write(
    "hang.mjs",
    `import { load, openHost, plan, run } from ${room("mod.ts")};
import { loadBackends, surveyMachine } from ${room("host/mod.ts")};
import { explainPlan } from ${room("plan/mod.ts")};
const [, , folder] = process.argv;
const host = await openHost(folder);
const { pipeline, media, backends } = await load(folder + "/hang.yaml", { host });
const [cpu, hang] = backends.loaded;
const use = { specifier: "./stuck/mod.mjs", options: {}, allow: { read: [], env: [], run: [] } };
const { broken } = await loadBackends([use], folder, { importLimitSec: 0.3 });
const desk = { build: await host.build(), cache: host.settings.cache_dir, launcher: host.launcher, env: host.env };
const late = await surveyMachine([hang], broken, { ...desk, probeLimitSec: 0.3 });
const found = await surveyMachine([cpu], [], desk);
const survey = { ...found, backends: [...late.backends, ...found.backends] };
const chosen = plan(pipeline, media, survey, { backends: [hang.backend, cpu.backend] });
console.log(explainPlan(chosen));
console.log((await run(chosen, { host }).report).state);
`,
  );
  const { stdout } = await execa(process.execPath, ["--import", "tsx", script, project.folder], {
    cwd: root,
    env: project.env,
  });
  expect(stdout).toMatch(/hang +web\/web +its probe did not end within 0.3 s/);
  expect(stdout).toMatch(/stuck\/mod.mjs +web\/web .*could not be imported: it did not end within 0.3 s/);
  expect(stdout).toMatch(/^done$/m);
});

test("one file named twice is the pipeline's mistake, and says so", async () => {
  await project.write("double.yaml", pipeline(["./shy/mod.mjs", "./shy/mod.mjs"]));
  await project.write("shy/mod.mjs", stranger("shy", ""));
  const { exitCode, stderr } = await project.vendue(["plan", "double.yaml"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Two backends are named shy");
});
