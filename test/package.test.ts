import { readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { globSync } from "tinyglobby";
import { afterAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { installPackage } from "../scripts/install.ts";
import { ffmpeg } from "./support/ffmpeg.ts";
import { root } from "./support/project.ts";

const installed = await installPackage();
const place = installed.ok ? installed : { folder: "", package: "", remove: async () => undefined };
afterAll(() => place.remove());
beforeEach(({ skip }) => {
  if (!installed.ok) skip(installed.reason);
});

const run = (program: string, ...args: readonly string[]) =>
  execa(program, args, {
    cwd: place.folder,
    reject: false,
    env: { VENDUE_CACHE_DIR: join(place.folder, ".cache"), VENDUE_STATE_DIR: join(place.folder, ".state") },
  });
const vendue = (...args: readonly string[]) => run(process.execPath, join(place.package, "bin/vendue.mjs"), ...args);
const write = (name: string, text: string) => writeFile(join(place.folder, name), text);

test("the package carries compiled code with its types, and no sources", () => {
  const files = globSync(["**"], { cwd: place.package, ignore: ["node_modules/**"] });
  expect(files).toContain("dist/core/mod.d.ts");
  expect(files).toContain("dist/backends/cpu/mod.js");
  expect(files).toContain("core/pipeline/pipeline.schema.json");
  expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).toEqual([]);
});

test("the installed command line answers, plans and runs, where there is no tsx", async () => {
  const [helper, away] = ["tsx", ".tsx-away"].map((name) => join(place.folder, "node_modules", name));
  await rename(helper ?? "", away ?? "");
  onTestFinished(() => rename(away ?? "", helper ?? ""));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  expect((await vendue("--version")).stdout).toBe(version);
  await ffmpeg(["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-t", "1", join(place.folder, "a.mp4")]);
  const stages = "stages:\n  - id: web\n    export: { output: o.mp4, video: { effort: fastest } }\n";
  await write("p.yaml", `version: 1\ninputs: { a: a.mp4 }\n${stages}`);
  expect(await vendue("validate", "p.yaml")).toMatchObject({ exitCode: 0 });
  expect((await vendue("plan", "p.yaml")).stdout).toMatch(/^web .* cpu +libx264/m);
  expect(await vendue("run", "p.yaml")).toMatchObject({ exitCode: 0 });
  expect(JSON.parse((await vendue("schema")).stdout)).toMatchObject({ title: "Vendue pipeline" });
  expect(await vendue("bench", "--help")).toMatchObject({ exitCode: 0 });
  const loaded = await run(process.execPath, "--input-type=module", "-e", planning);
  expect(loaded).toMatchObject({ exitCode: 0, stdout: "1" });
});

/** The library, as somebody else's program uses it. */
const planning = `
import { load, plan, survey } from "vendue";
const { pipeline, media, backends } = await load("p.yaml");
console.log(plan(pipeline, media, await survey(backends)).jobs.length);
`;

test("a backend in TypeScript beside the pipeline is loaded by the installed package", async () => {
  expect(await vendue("new", "backend", "mine")).toMatchObject({ exitCode: 0 });
  const { stdout, exitCode } = await vendue("backends", "test", "./mine/mod.ts");
  expect({ exitCode, laws: stdout.match(/^ok /gm)?.length }).toEqual({ exitCode: 0, laws: 7 });
});

test("the installed package's types hold for those who use it", async () => {
  await symlink(join(root, "node_modules/@types"), join(place.folder, "node_modules/@types")).catch(() => undefined);
  await write(
    "use.ts",
    [
      'import { load, plan, survey, type Plan } from "vendue";',
      'import type { Backend } from "vendue/backend";',
      "export const name = (one: Backend): string => one.name;",
      "export async function make(file: string): Promise<Plan> {",
      "  const { pipeline, media, backends } = await load(file);",
      "  return plan(pipeline, media, await survey(backends));",
      "}",
      "// @ts-expect-error A plan has no such field.",
      "export const wrong = (one: Plan) => one.nothing;",
    ].join("\n"),
  );
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", "node"];
  const { stdout } = await run(process.execPath, join(root, "node_modules/typescript/bin/tsc"), ...options, "use.ts");
  expect(stdout).toBe("");
});
