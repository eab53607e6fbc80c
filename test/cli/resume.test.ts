import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyBuild, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";
import { spyOn } from "../support/spy.ts";
import { readEvents, reportOf } from "../support/views.ts";

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "2", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", project.path("media/clip.mp4")],
  ]);
});
afterAll(() => project.remove());

test(
  "run goes on where a killed one stood: what was finished stays, the rest is made",
  { timeout: 180_000 },
  async () => {
    const exports = ["one", "two"].map(
      (id) => `  - id: ${id}\n    export: { input: clip, output: out/${id}.mp4, video: { effort: fastest } }\n`,
    );
    await project.write("two.yaml", `version: 1\ninputs: { clip: media/clip.mp4 }\nstages:\n${exports.join("")}`);
    const spy = await spyOn(anyBuild, project.path("spy"));
    const env = { ...project.env, ...spy.env };
    const child = execa(process.execPath, [join(root, "bin/vendue.mjs"), "run", "two.yaml", "--jobs", "1", "--json"], {
      cwd: project.folder,
      env,
      reject: false,
    });
    let seen = "";
    for await (const line of child) {
      seen += `${line}\n`;
      if (line.includes('"type":"job.ended"')) child.kill("SIGKILL");
    }
    await child;
    expect(seen).toContain('"job":"one"');
    expect([existsSync(project.path("out/one.mp4")), existsSync(project.path("out/two.mp4"))]).toEqual([true, false]);

    const resumed = await project.vendue(["run", "two.yaml", "--jobs", "1", "--json", "--why"], { env });
    expect(resumed.exitCode).toBe(0);
    const { jobs } = reportOf(readEvents(resumed.stdout));
    expect(jobs.map(({ id, state, why }) => [id, state, why])).toEqual([
      ["one", "unchanged", "nothing changed since it was made"],
      ["two", "done", "it has not been made before"],
    ]);
    expect(resumed.stderr).toContain("two  done: it has not been made before");
    const encodes = (await spy.calls()).filter((args) =>
      args.some((arg) => arg.includes("one") && arg.includes("vendue-part")),
    );
    expect(encodes.filter((args) => args.includes("-c:v"))).toHaveLength(1);

    const other = await project.run("two.yaml", "--why");
    expect(other.report.jobs.map(({ why }) => why)).toEqual(["ffmpeg is another build", "ffmpeg is another build"]);
  },
);

test("run makes an output again whose source was changed while it was made", { timeout: 60_000 }, async () => {
  const [source, wrapper] = [project.path("media/growing.mp4"), project.path("growing/ffmpeg")];
  await copyFile(project.path("media/clip.mp4"), source);
  await mkdir(project.path("growing"));
  // The last command, which writes the output, finds the file longer than it was.
  const grow = `case "$*" in *vendue-part*-c:v*|*-c:v*vendue-part*) echo more >> '${source}';; esac`;
  await writeFile(wrapper, `#!/bin/sh\n${grow}\nexec '${anyBuild}' "$@"\n`);
  await chmod(wrapper, 0o755);
  const env = { ...project.env, VENDUE_FFMPEG: wrapper };
  await project.write(
    "growing.yaml",
    `version: 1\ninputs: { clip: media/growing.mp4 }\nstages:\n  - id: one\n    export: { output: out/growing.mp4, video: { effort: fastest } }\n`,
  );
  const first = await project.vendue(["run", "growing.yaml", "--json"], { env });
  expect(reportOf(readEvents(first.stdout)).state).toBe("done");
  const second = await project.vendue(["run", "growing.yaml", "--json"], { env });
  expect(reportOf(readEvents(second.stdout)).jobs.map(({ state, why }) => [state, why])).toEqual([
    ["done", `the content of ${source} changed`],
  ]);
});
