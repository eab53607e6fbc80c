import { createHash } from "node:crypto";
import { readdir, readFile, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";

const kills = 50;
const old = "the old file, which must stand until the new one is complete";
const bin = join(root, "bin", "vendue.mjs");
let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await ffmpeg([
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=640x360:rate=30",
    "-f",
    "lavfi",
    "-i",
    "sine=440",
    "-t",
    "4",
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
    "version: 1\ninputs: { a: media/a.mp4 }\nstages:\n  - normalize: { loudness: streaming }\n  - id: web\n    export: { output: out/a.mp4, video: { codec: h264, quality: 50, effort: fast } }\n",
  );
});
afterAll(() => project.remove());

const hash = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

/** Processes whose command line names this project, other than this one. */
async function survivors(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (line.includes(project.path("media/a.mp4"))) found.push(line.replaceAll("\0", " "));
  }
  return found;
}

test(
  `killing a run ${kills} times at random instants leaves the old file or the complete new one`,
  { timeout: 300_000 },
  async () => {
    await project.vendue(["run", "p.yaml"]);
    const complete = await hash(project.path("out/a.mp4"));
    const begun = performance.now();
    await project.vendue(["run", "p.yaml", "--force"]);
    const wholeMs = performance.now() - begun;
    expect(await hash(project.path("out/a.mp4"))).toBe(complete);

    let interrupted = 0;
    for (let round = 0; round < kills; round += 1) {
      await writeFile(project.path("out/a.mp4"), old);
      // Spread over the whole run, and a little past its end: the last instants are the ones that matter.
      const delayMs = wholeMs * (0.15 + (0.95 * ((round * 37) % kills)) / kills);
      const child = execa(process.execPath, [bin, "run", "p.yaml", "--force"], {
        cwd: project.folder,
        env: project.env,
        reject: false,
        stdio: "ignore",
      });
      const timer = setTimeout(() => child.kill("SIGKILL"), delayMs);
      const { isTerminated } = await child;
      clearTimeout(timer);
      if (isTerminated) interrupted += 1;
      const now = await readFile(project.path("out/a.mp4"));
      const is =
        now.toString() === old
          ? "old"
          : createHash("sha256").update(now).digest("hex") === complete
            ? "complete"
            : "broken";
      expect(["old", "complete"]).toContain(is);
    }
    expect(interrupted).toBeGreaterThan(kills / 2);

    // Nothing that was killed may block or spoil the next run, and nothing outlives it.
    const after = await project.run("p.yaml", "--force");
    expect(after.exitCode).toBe(0);
    expect(await hash(project.path("out/a.mp4"))).toBe(complete);
    expect((await readdir(project.path("out"))).filter((name) => name !== "a.mp4")).toEqual([]);
    if (process.platform === "linux") expect(await survivors()).toEqual([]);
  },
);

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s stops politely, keeps the old file, cleans up and exits with %d", async (signal, code) => {
  await mkdir(project.path("out"), { recursive: true });
  await writeFile(project.path("out/a.mp4"), old);
  const child = execa(process.execPath, [bin, "run", "p.yaml", "--force", "--json"], {
    cwd: project.folder,
    env: project.env,
    reject: false,
  });
  let seen = "";
  for await (const line of child.iterable()) {
    seen += `${line}\n`;
    // Encoding has begun, so there is something to stop.
    if (seen.includes('"attempt.started"')) {
      child.kill(signal);
      break;
    }
  }
  const { exitCode } = await child;
  expect(exitCode).toBe(code);
  expect(await readFile(project.path("out/a.mp4"), "utf8")).toBe(old);
  expect((await readdir(project.path("out"))).filter((name) => name !== "a.mp4")).toEqual([]);
  if (process.platform === "linux") expect(await survivors()).toEqual([]);
});
