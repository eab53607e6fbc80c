import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recipe, recipeArgs } from "../clips/mod.ts";
import { interleave } from "../harness/mod.ts";
import { median } from "./figures.ts";

/** What one side of a comparison took. */
export interface Took {
  readonly wallSec: number;
  readonly cpuSec: number;
  /** The most that the process and all below it held at one moment. */
  readonly peakBytes: number;
}

/** A folder with sources and scripts, and the means to run them. */
export interface Studio {
  readonly folder: string;
  readonly ffmpeg: string;
  readonly rounds: number;
  readonly signal: AbortSignal;
  path(name: string): string;
  write(name: string, text: string): Promise<void>;
  /** Makes a file once. */
  source(name: string, args: (path: string) => readonly string[]): Promise<void>;
  script(text: string): Promise<Took>;
  /** Runs a pipeline as if for the first time; `again` keeps what is remembered of the last. */
  vendue(file: string, options?: VendueOptions): Promise<Took>;
}

export interface VendueOptions {
  readonly again?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const bin = fileURLToPath(new URL("../../bin/vendue.mjs", import.meta.url));

export async function openStudio({
  folder,
  ffmpeg,
  rounds,
  signal,
}: Pick<Studio, "folder" | "ffmpeg" | "rounds" | "signal">): Promise<Studio> {
  await mkdir(join(folder, "out"), { recursive: true });
  const path = (name: string) => join(folder, name);
  const env = {
    FF: ffmpeg,
    VENDUE_FFMPEG: ffmpeg,
    VENDUE_CACHE_DIR: path(".cache"),
    VENDUE_STATE_DIR: path(".state"),
    VENDUE_CONFIG_DIR: path(".config"),
  };
  const runIt = (program: string, args: readonly string[]) => watched(program, args, { cwd: folder, env, signal });
  return {
    ...{ folder, ffmpeg, rounds, signal, path },
    write: (name, text) => writeFile(path(name), text),
    async source(name, args) {
      if (await stat(path(name)).catch(() => undefined)) return;
      const part = path(`part-${name}`);
      await runIt(ffmpeg, ["-hide_banner", "-nostdin", "-v", "error", "-y", ...args(part)]);
      await runIt("mv", [part, path(name)]);
    },
    script: (text) => runIt("/bin/sh", ["-e", "-c", text]),
    async vendue(file, { again = false, env: own = {} } = {}) {
      if (!again)
        await Promise.all(
          [".state", ".cache/loudness"].map((name) => rm(path(name), { recursive: true, force: true })),
        );
      return watched(process.execPath, [bin, "--quiet", "run", path(file)], {
        cwd: folder,
        env: { ...env, ...own },
        signal,
      });
    },
  };
}

/** Medians of each side, every one measured in turn with the others. */
export async function compare<Side extends string>(
  sides: Readonly<Record<Side, () => Promise<Took>>>,
  { rounds, signal }: Pick<Studio, "rounds" | "signal">,
): Promise<Readonly<Record<Side, Took>>> {
  const { entries, failures } = await interleave<Took>(sides, { rounds, warmups: 0, signal });
  const [failure] = failures;
  if (failure) throw new Error(`${failure.name} failed: ${failure.reason}`);
  const names = Object.keys(sides) as Side[];
  const of = (name: Side, key: keyof Took) =>
    median(entries.filter((one) => one.name === name).map(({ seen }) => seen[key]));
  return Object.fromEntries(
    names.map((name) => [
      name,
      { wallSec: of(name, "wallSec"), cpuSec: of(name, "cpuSec"), peakBytes: of(name, "peakBytes") },
    ]),
  ) as Record<Side, Took>;
}

interface WatchOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A shell around the program keeps account of it and of everything that it waited for. */
async function watched(program: string, args: readonly string[], { cwd, env, signal }: WatchOptions): Promise<Took> {
  const begun = performance.now();
  const shell = ["-c", '"$@"; code=$?; times >&2; exit $code', "sh", program, ...args];
  const child = spawn("/bin/sh", shell, {
    cwd,
    env: { ...process.env, ...env },
    signal,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told = (told + text).slice(-20_000)));
  let peakBytes = 0;
  const timer = setInterval(
    () => void treeBytes(child.pid ?? 0).then((bytes) => (peakBytes = Math.max(peakBytes, bytes))),
    200,
  );
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${told.trim().split("\n").slice(-6).join("\n")}`);
  const times = [...told.matchAll(/(\d+)m([\d.]+)s/g)].slice(-4);
  const cpuSec = times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  return { wallSec: (performance.now() - begun) / 1000, cpuSec, peakBytes };
}

/** Resident memory of a process and all below it; zero where the system does not tell. */
async function treeBytes(root: number): Promise<number> {
  const names = await readdir("/proc").catch(() => [] as string[]);
  const rows = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const text = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        return { pid: Number(name), parent: Number(fields[1]), bytes: Number(fields[21] ?? 0) * 4096 };
      }),
  );
  const inside = new Set([root]);
  for (let grown = -1; grown !== inside.size;) {
    grown = inside.size;
    for (const { pid, parent } of rows) if (inside.has(parent)) inside.add(pid);
  }
  return rows.filter(({ pid }) => inside.has(pid)).reduce((sum, { bytes }) => sum + (bytes || 0), 0);
}

/** Generated pictures with the statistics of real ones, as a camera would hand them over. */
export async function filmed(
  studio: Studio,
  name: string,
  { kind, fps, frames, gainDb }: { kind: "talk" | "sport" | "water"; fps: number; frames: number; gainDb: number },
): Promise<void> {
  const raw = studio.path(`${name}.y4m`);
  if (await stat(studio.path(`${name}.mp4`)).catch(() => undefined)) return;
  const clip = recipe(kind, { width: 1280, height: 720, fps, frames });
  await studio.source(`${name}.y4m`, (path) => recipeArgs(clip, path).slice(5));
  const voice = `aevalsrc='0.3*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*4*t))':s=48000,volume=${gainDb}dB`;
  await studio.source(`${name}.mp4`, (path) => [
    ...["-i", raw, "-f", "lavfi", "-i", voice, "-t", String(frames / fps), "-vf", "setsar=1", "-pix_fmt", "yuv420p"],
    ...[
      "-c:v",
      "libx264",
      "-preset",
      "veryfast",
      "-crf",
      "17",
      "-c:a",
      "aac",
      "-b:a",
      "128k",
      "-ac",
      "2",
      "-f",
      "mp4",
      path,
    ],
  ]);
  await rm(raw, { force: true });
}
