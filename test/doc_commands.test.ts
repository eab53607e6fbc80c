import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ffmpeg } from "./support/ffmpeg.ts";
import { makeProject, type Project, root } from "./support/project.ts";

/** Every command in a block of shell in the README and in docs/ is run as it stands, in a small project. */
const files = globSync(["README.md", "docs/*.md"], { cwd: root }).sort();

/** Run elsewhere in the suite, by their beginning: on the whole repository, or by a test of their own. */
const elsewhere = [
  ["npm ci", ".ci/run"],
  ["npm run demo", "test/demo.test.ts"],
  ["npm test", ".ci/run"],
  ["npm run build", "test/package.test.ts"],
  ["npx tsc board/mod.ts", "test/cli/new.test.ts"],
] as const;

const blocks = files.map((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const lines = [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const commands = lines.flatMap((line) => line.replace(/\s+# .*$/, "").split(" && ")).map((line) => line.trim());
  return [file, commands.filter((line) => line !== "" && !line.startsWith("#"))] as const;
});

describe.each(blocks)("%s", (file, commands) => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
    await mkdir(project.path("media"));
    await ffmpeg([
      ...["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-t", "1", "-c:v", "libx264", "-preset", "ultrafast"],
      ...["-pix_fmt", "yuv420p", project.path("media/clip.mp4")],
    ]);
    await project.write(
      "pipeline.yaml",
      "version: 1\nbackends: [cpu]\ninputs: { clip: media/clip.mp4 }\nstages:\n  - export: { output: out/clip.mp4, video: { effort: fastest } }\n",
    );
    // What a page talks about has been run before one reads it.
    if (commands.some((line) => /vendue (?:report|verify|cost)/.test(line)))
      await project.vendue(["run", "pipeline.yaml"]);
  });
  afterAll(() => project.remove());

  const own = commands.filter((line) => !elsewhere.some(([start]) => line.startsWith(start)));
  test.skipIf(own.length === 0)("every command in it runs", { timeout: 300_000 }, async () => {
    const npx = `npx() { shift; "${process.execPath}" "${join(root, "bin/vendue.mjs")}" "$@"; }`;
    for (const line of own) {
      expect(line).toMatch(/^(?:VENDUE_\w+=\S+ )?npx vendue |^ffmpeg /);
      const { exitCode, stderr } = await execa("bash", ["-c", `set -o pipefail; ${npx}; ${line}`], {
        cwd: project.folder,
        env: project.env,
        reject: false,
      });
      expect({ file, line, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({
        file,
        line,
        exitCode: 0,
        stderr: "",
      });
    }
  });
});

test("what is run elsewhere is really run there, and links lead somewhere", () => {
  const used = elsewhere.filter(([start]) =>
    blocks.some(([, commands]) => commands.some((line) => line.startsWith(start))),
  );
  for (const [start, where] of used)
    expect(readFileSync(join(root, where), "utf8")).toContain(start.split(" ").at(-1) ?? "");
  for (const file of files)
    for (const [, path = ""] of readFileSync(join(root, file), "utf8").matchAll(/\]\((?!\w+:)([\w./-]+)\)/g))
      expect(() => readFileSync(join(root, file, "..", path))).not.toThrow(/ENOENT/);
});
