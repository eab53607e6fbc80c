import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await ffmpeg(["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "1", project.path("a.mp4")]);
  await project.write(
    "p.yaml",
    "version: 1\nbackends: [cpu, ./quick/mod.ts]\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/a.mp4, audio: none }\n",
  );
  await project.vendue(["new", "backend", "quick"]);
});
afterAll(() => project.remove());

test("new names what it wrote and the next two commands, as they can be typed here", async () => {
  const { exitCode, stderr } = await project.vendue(["new", "backend", "my-gpu", "--folder", "backends"]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(project.path("backends/my-gpu/mod.test.ts"));
  expect(stderr).toContain("vendue backends test ./backends/my-gpu/mod.ts");
  expect(stderr).toContain("backends: [cpu, ./backends/my-gpu/mod.ts]");
  expect(await readFile(project.path("backends/my-gpu/mod.ts"), "utf8")).toContain('name: "my-gpu"');
});

test("new never replaces a file, also where only the test is there", async () => {
  await writeFile(project.path("quick/mod.test.ts"), "// mine\n");
  const again = await project.vendue(["new", "backend", "quick"]);
  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is there already") as string });
  await project.write("half/mod.test.ts", "// mine\n");
  expect((await project.vendue(["new", "backend", "half"])).exitCode).toBe(2);
  await expect(readFile(project.path("half/mod.ts"))).rejects.toThrow("ENOENT");
  expect(await readFile(project.path("quick/mod.test.ts"), "utf8")).toBe("// mine\n");
});

test.each(["Vulkan", "../up", "copy", "cpu"])("new refuses the name %j, with what a name is", async (name) => {
  const { exitCode, stderr } = await project.vendue(["new", "backend", name]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("a lower-case letter first");
});

test("new knows backends only", async () => {
  const { exitCode, stderr } = await project.vendue(["new", "stage", "blur"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("vendue new backend <name>");
});

test("a new backend keeps every law as it stands, from a folder without node_modules", async () => {
  const { exitCode, stdout } = await project.vendue(["backends", "test", "./quick/mod.ts"]);
  expect(stdout.split("\n").map((line) => line.slice(0, 5))).toEqual(
    Array.from({ length: 7 }, (_, nth) => `ok  ${nth + 1}`),
  );
  expect(exitCode).toBe(0);
});

test("a new backend bids, wins and runs beside cpu", async () => {
  const { stdout } = await project.vendue(["plan", "p.yaml"]);
  expect(stdout).toMatch(/web\/web +quick \* +[\d.]+x claimed +quality 0.75/);
  const { exitCode, report } = await project.run("p.yaml");
  expect(exitCode).toBe(0);
  expect(report.jobs[0]).toMatchObject({ backend: "quick", encoder: "libx264", gpu_accel: false });
});

test("a new backend's own test passes and its types hold, where vendue and vitest are installed", async () => {
  const home = await makeProject();
  try {
    await home.vendue(["new", "backend", "quick"]);
    await mkdir(home.path("node_modules"));
    await symlink(root, home.path("node_modules/vendue"));
    for (const name of ["vitest", "@types"])
      await symlink(join(root, "node_modules", name), home.path("node_modules", name));
    await home.write("package.json", '{ "type": "module" }');
    const options = {
      ...{ target: "es2023", module: "nodenext", strict: true, noEmit: true, types: ["node"], skipLibCheck: true },
      ...{ allowImportingTsExtensions: true, verbatimModuleSyntax: true, noUnusedLocals: true },
    };
    await home.write("tsconfig.json", JSON.stringify({ compilerOptions: options, include: ["quick"] }));
    const run = (file: string, ...args: readonly string[]) =>
      execa(process.execPath, [join(root, "node_modules", file), ...args], { cwd: home.folder, reject: false });
    const [types, tests] = await Promise.all([
      run("typescript/bin/tsc", "--pretty", "false"),
      run("vitest/vitest.mjs", "run", "--reporter", "json"),
    ]);
    expect(types.stdout).toBe("");
    // The seventh law needs the real machine; all others and the backend's own test run.
    expect(JSON.parse(tests.stdout)).toMatchObject({ success: true, numPassedTests: 7, numPendingTests: 1 });
  } finally {
    await home.remove();
  }
});

test("a new backend can be published as the README says, and is found by its package's name", async () => {
  const built = project.path("node_modules/@scope/quick");
  const guide = await readFile(join(root, "README.md"), "utf8");
  const [, command = ""] = /^npx tsc board\/mod.ts (.*)$/m.exec(guide) ?? [];
  const [, manifest = ""] = /`("type": .*)`/.exec(guide) ?? [];
  const args = command.replace("--outDir dist", `--outDir ${join(built, "dist")}`).split(" ");
  await execa(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "quick/mod.ts", ...args], {
    cwd: project.folder,
  });
  await project.write("node_modules/@scope/quick/package.json", `{ ${manifest} }`);
  expect(await readFile(join(built, "dist/mod.d.ts"), "utf8")).toContain("Backend<Facts>");
  const { stdout, stderr } = await project.vendue(["backends", "show", "npm:@scope/quick"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({ name: "quick", probe: { state: "ready" } });
});

test("the backend of the README's guide keeps every law", async () => {
  const text = await readFile(join(root, "README.md"), "utf8");
  const guide = text.slice(text.indexOf("## A backend of your own"), text.indexOf("## Settings"));
  const line = 'import type { Backend } from "vendue/backend";\n';
  const parts = [...guide.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code = ""]) => code.replace(line, ""));
  const [, create = ""] = /default export, `([^`]*)`/.exec(guide) ?? [];
  const [, machine = ""] = /such as `(\{ paths[^`]*)`/.exec(guide) ?? [];
  const rest = `export default ${create.replace("() =>", "(): Backend =>")};\nexport const machine = ${machine};\n`;
  await project.write("board/mod.ts", [line, ...parts, rest].join("\n"));
  const { stdout, exitCode } = await project.vendue(["backends", "test", "./board/mod.ts"]);
  expect({ exitCode, broken: /BROKEN.*/.exec(stdout)?.[0] }).toEqual({ exitCode: 0 });
});
