import { readFile, stat } from "node:fs/promises";
import { execa } from "execa";
import { afterAll, expect, test } from "vitest";
import { type ClipClass, recipe, recipeArgs } from "../../bench/clips/mod.ts";
import { readVmaf } from "../../bench/quality/mod.ts";
import { mean } from "../../bench/stats/mod.ts";
import { load, openHost, plan, run, survey } from "../../core/mod.ts";
import type { Piece, Plan, RenderJob, Survey } from "../../core/types.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject } from "../support/project.ts";

const project = await makeProject();
afterAll(() => project.remove());

/** One that can score; the system's seldom does. */
const scorer = await firstWith("libvmaf");
const frames = 1000;

async function firstWith(filter: string): Promise<string | undefined> {
  for (const { path } of builds) {
    const { stdout } = await execa(path, ["-hide_banner", "-filters"]);
    if (stdout.includes(` ${filter} `)) return path;
  }
  return undefined;
}

/** So many cores that one encode leaves some idle, and an encoder so slow that it matters. */
function wideAndSlow(found: Survey): Survey {
  const slow = (facts: unknown) => ({ ...(facts as object), cores: 1e-6 });
  return {
    ...found,
    platform: { ...found.platform, cores: 4, memoryBytes: 32e9 },
    backends: found.backends.map((one) =>
      one.probe.state === "ready" ? { ...one, probe: { ...one.probe, facts: slow(one.probe.facts) } } : one,
    ),
  };
}

async function make(file: string, as: string, told: (found: Survey) => Survey = (found) => found) {
  const host = await openHost(project.folder, { cache_dir: project.path(".cache"), state_dir: project.path(".state") });
  const { pipeline, media, backends } = await load(project.path(file), { host, set: { as } });
  const bidders = backends.loaded.map(({ backend }) => backend);
  const chosen = plan(pipeline, media, told(await survey(backends)), { backends: bidders });
  const { jobs } = await run(chosen, { host }).report;
  expect(jobs.map(({ state, error }) => error ?? state)).toEqual(["done"]);
  return { pieces: piecesOf(chosen), path: project.path("out", `${as}.mp4`) };
}

function piecesOf({ jobs }: Plan): readonly Piece[] {
  const render = jobs.find((job): job is RenderJob => job.kind === "render");
  return render?.bids[0]?.pieces?.list ?? [];
}

/** Of every frame, against the source. */
async function scoresOf(path: string, source: string): Promise<readonly number[]> {
  const log = `${path}.json`;
  const pads = ["[0:v]", "[1:v]"].map((pad, nth) => `${pad}settb=1/1000,setpts=N[p${nth}]`);
  const graph = `${pads.join(";")};[p0][p1]libvmaf=n_threads=2:log_fmt=json:log_path=${log}`;
  await execa(scorer ?? "", ["-v", "error", "-i", path, "-i", source, "-filter_complex", graph, "-f", "null", "-"]);
  return readVmaf(await readFile(log, "utf8"), "vmaf");
}

test.skipIf(scorer === undefined).each(["sport", "talk"] as const)(
  "chunks of %s look as good at their seams as beside them, and are as large as the whole",
  { timeout: 180_000 },
  async (kind: ClipClass) => {
    const [raw, source] = [project.path(`${kind}.y4m`), project.path(`${kind}.mkv`)];
    await execa(scorer ?? "", recipeArgs(recipe(kind, { width: 320, height: 180, frames }), raw));
    await ffmpeg(["-i", raw, "-vf", "setsar=1", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", source]);
    const file = `${kind}.yaml`;
    const video = "{ codec: h264, crf: 26 }";
    await project.write(
      file,
      `version: 1\nbackends: [cpu]\ninputs: { a: ${kind}.mkv }\nvars: { as: x }\nstages:\n  - { id: web, export: { output: "out/\${as}.mp4", video: ${video} } }\n`,
    );
    const whole = await make(file, `${kind}-whole`);
    const chunked = await make(file, `${kind}-chunks`, wideAndSlow);
    expect(whole.pieces).toEqual([]);
    const seams = chunked.pieces.slice(1).map(({ frames: [first] }) => first);
    expect(seams.length).toBeGreaterThan(1);
    const [one, other] = [await scoresOf(whole.path, source), await scoresOf(chunked.path, source)];
    expect(other).toHaveLength(frames);
    expect(Math.abs((await stat(chunked.path)).size / (await stat(whole.path)).size - 1)).toBeLessThan(0.03);
    expect(mean(other)).toBeGreaterThan(mean(one) - 1);
    const around = (from: number, to: number) => mean(other.slice(from, to));
    for (const seam of seams)
      for (const near of [around(seam - 12, seam), around(seam, seam + 12)])
        for (const neighbour of [around(seam - 60, seam - 12), around(seam + 12, seam + 60)])
          expect(Math.abs(near - neighbour), `at ${seam}`).toBeLessThan(2);
  },
);
