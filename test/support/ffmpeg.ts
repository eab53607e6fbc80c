import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { execa, execaSync } from "execa";

/** Every real ffmpeg at hand: the system's and the packaged one. At least one is always there. */
export const builds: readonly { readonly name: string; readonly path: string }[] = [
  { name: "system", path: onPath() },
  { name: "packaged", path: packaged() },
].flatMap(({ name, path }) => (path === undefined ? [] : [{ name, path }]));

/** The one tests use where it does not matter which. */
export const anyBuild: string = builds[0]?.path ?? "ffmpeg";

function onPath(): string | undefined {
  const { stdout, exitCode } = execaSync("which", ["ffmpeg"], { reject: false });
  return exitCode === 0 ? stdout.trim() : undefined;
}

function packaged(): string | undefined {
  try {
    const path = join(
      dirname(
        createRequire(import.meta.url).resolve(`@ffmpeg-binary/${process.platform}-${process.arch}/package.json`),
      ),
      "ffmpeg",
    );
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Runs ffmpeg quietly; fails with its words. */
export async function ffmpeg(args: readonly string[], build = anyBuild): Promise<void> {
  await execa(build, ["-hide_banner", "-nostdin", "-v", "error", "-y", ...args]);
}

const lumaFilter = "scale=16:16,signalstats,metadata=print:key=lavfi.signalstats.YAVG";

function readLumas(stderr: string): readonly { readonly sec: number; readonly luma: number }[] {
  const times = [...stderr.matchAll(/pts_time:(\S+)/g)].map(([, sec]) => Number(sec));
  const values = [...stderr.matchAll(/YAVG=(\S+)/g)].map(([, luma]) => Number(luma));
  return values.map((luma, nth) => ({ sec: times[nth] ?? Number.NaN, luma }));
}

function readSamples(stdout: Uint8Array): Float32Array {
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
}

/** Mean luma of every frame, with its time, and the sound as mono samples, both on the file's own clock. */
export async function watch(path: string, rate: number) {
  const { stderr, stdout } = await execa(
    anyBuild,
    [
      ...["-hide_banner", "-nostdin", "-i", path],
      ...["-map", "0:v:0", "-vf", lumaFilter, "-fps_mode", "passthrough", "-f", "null", "-"],
      ...["-map", "0:a:0", "-af", `aresample=${rate}:async=1:first_pts=0`, "-ac", "1", "-f", "f32le", "-"],
    ],
    { encoding: "buffer" },
  );
  return { frames: readLumas(new TextDecoder().decode(stderr)), sound: readSamples(stdout) };
}

/** Mean luma of every frame, with its time. */
export async function lumas(path: string): Promise<readonly { readonly sec: number; readonly luma: number }[]> {
  const { stderr } = await execa(anyBuild, [
    "-hide_banner",
    "-nostdin",
    "-i",
    path,
    "-map",
    "0:v:0",
    "-vf",
    lumaFilter,
    "-fps_mode",
    "passthrough",
    "-f",
    "null",
    "-",
  ]);
  return readLumas(stderr);
}

/** The sound of a file as mono samples, the way a player would time it. */
export async function samples(path: string, rate = 8000, track = 0): Promise<Float32Array> {
  const { stdout } = await execa(
    anyBuild,
    [
      "-hide_banner",
      "-nostdin",
      "-v",
      "error",
      "-i",
      path,
      "-map",
      `0:a:${track}`,
      "-af",
      `aresample=${rate}:async=1:first_pts=0`,
      "-ac",
      "1",
      "-f",
      "f32le",
      "-",
    ],
    { encoding: "buffer" },
  );
  return readSamples(stdout);
}
