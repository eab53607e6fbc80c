import { chmod, copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runningPids } from "../../core/host/spawn.ts";
import { openHost } from "../../core/mod.ts";
import { checkCopied } from "../../core/run/copied.ts";
import { besideProof, type Prove } from "../../core/run/proof.ts";
import type { Piece } from "../../core/types.ts";
import { anyBuild, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

const [rate, sec] = [25, 4];
let project: Project;
let pieces: readonly Piece[];

beforeAll(async () => {
  project = await makeProject();
  for (const [name, seed] of Object.entries({ a: 1, b: 2, other: 3 }))
    await ffmpeg([
      ...["-f", "lavfi", "-i", `testsrc2=s=320x180:r=${rate}:d=${sec},noise=alls=20:allf=t:all_seed=${seed}`],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p", project.path(`${name}.mp4`)],
    ]);
  pieces = ["a.mp4", "b.mp4"].map((name, nth) => ({
    path: project.path(name),
    frames: [nth * rate * sec, (nth + 1) * rate * sec],
    copied: { source: project.path(name), fromSec: 0, toSec: sec },
  }));
  await copyFile(project.path("b.mp4"), project.path("b-kept.mp4"));
});
beforeEach(() => copyFile(project.path("b-kept.mp4"), project.path("b.mp4")));
afterAll(() => project.remove());

const hostOf = (path = anyBuild) =>
  openHost(project.folder, { cache_dir: project.path(".cache"), state_dir: project.path(".state"), ffmpeg: path });

/** The list reader puts parameter sets in front of keyframes; left in, packets are not the same bytes any more. */
async function join(name: string, filter = "filter_units=remove_types=7-8"): Promise<string> {
  const list = await project.write("list", "ffconcat version 1.0\nfile a.mp4\nfile b.mp4\n");
  await ffmpeg(["-f", "concat", "-i", list, "-c", "copy", "-bsf:v", filter, project.path(name)]);
  return project.path(name);
}

/** What is wrong with a file, by what was read of its sources before some work. */
async function wrongIn(path: string, meanwhile = async () => {}): Promise<readonly string[]> {
  const host = await hostOf();
  const checks = await besideProof(pieces, { host }, async (prove) => {
    expect(prove).toBeDefined();
    const proof = (prove as Prove)();
    await proof;
    await meanwhile();
    return checkCopied(pieces, host.readMedia(path), { host, proof });
  });
  expect(checks.length).toBeGreaterThan(1);
  return checks.flatMap(({ name, ok, found }) => (ok ? [] : [`${name}: ${found}`]));
}

test("checkCopied() finds one changed byte, and says in which piece", async () => {
  const path = await join("joined.mp4");
  expect(await wrongIn(path)).toEqual([]);
  const bytes = await readFile(path);
  const place = Math.round(bytes.length * 0.75);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(path, bytes);
  expect(await wrongIn(path)).toEqual(["frames 100 to 200 moved: 99 alike of 100"]);
});

test("checkCopied() takes parameter sets that a container put among the pictures for no change", async () => {
  const path = await join("beside.mp4", "null");
  expect(await wrongIn(path)).toEqual([]);
  const change = () => copyFile(project.path("other.mp4"), project.path("b.mp4"));
  expect(await wrongIn(path, change)).toHaveLength(1);
});

test("checkCopied() holds a file against what its source was while the file was made", async () => {
  const path = await join("joined.mp4");
  const change = () => copyFile(project.path("other.mp4"), project.path("b.mp4"));
  expect(await wrongIn(path, change)).toEqual([]);
  const [moved, ...more] = await wrongIn(path);
  expect(moved).toMatch(/^frames 100 to 200 moved: \d alike of 100$/);
  expect(more).toEqual([]);
});

/** A stand-in that never ends where packets or pictures are summed, and reads files as ever. */
async function slowReader(): Promise<string> {
  const path = await project.write(
    "slow/ffmpeg",
    `#!/bin/sh\ncase "$*" in *-copyinkf*-to*|*trim=end_frame*) exec sleep 600;; esac\nexec ${anyBuild} "$@"\n`,
  );
  await chmod(path, 0o755);
  return path;
}

async function whenReading(): Promise<void> {
  while (runningPids().length === 0) await wait(20);
}

test("besideProof() does not wait for its reading when the work fails, and leaves no process", async () => {
  const host = await hostOf(await slowReader());
  await Promise.all(pieces.map(({ path }) => host.readMedia(path)));
  const work = besideProof(pieces, { host }, async (prove) => {
    void prove?.();
    await whenReading();
    throw new Error("the disk is full");
  });
  await expect(work).rejects.toThrow("the disk is full");
  expect(runningPids()).toEqual([]);
});

test("besideProof() ends its reading when the run is cancelled", async () => {
  const host = await hostOf(await slowReader());
  await Promise.all(pieces.map(({ path }) => host.readMedia(path)));
  const cancel = new AbortController();
  const path = await join("joined.mp4");
  const checks = await besideProof(pieces, { host, signal: cancel.signal }, async (prove) => {
    const proof = (prove as Prove)();
    await whenReading();
    cancel.abort();
    return checkCopied(pieces, host.readMedia(path), { host, signal: AbortSignal.abort(), proof });
  });
  expect(runningPids()).toEqual([]);
  expect(checks.some(({ ok }) => ok)).toBe(false);
});

test("besideProof() keeps to itself that a source is gone until somebody asks", async () => {
  const host = await hostOf();
  await rm(project.path("b.mp4"));
  const work = async (prove: Prove | undefined) => {
    void prove?.();
    await wait(50);
    return "done";
  };
  await expect(besideProof(pieces, { host }, work)).resolves.toBe("done");
  await expect(besideProof(pieces, { host }, (prove) => (prove as Prove)())).rejects.toThrow("There is no file");
});

test("besideProof() reads nothing where nothing was copied", async () => {
  const host = await hostOf();
  const encoded = pieces.map(({ path, frames }) => ({ path, frames }));
  expect(await besideProof(encoded, { host }, (prove) => Promise.resolve(prove))).toBeUndefined();
});
