import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { realpathSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { VendueError } from "../errors.ts";
import type { FfmpegBuild } from "../types.ts";
import { identify, readJson, writeJson } from "./files.ts";
import { findProgram } from "./paths.ts";
import { spawnProgram } from "./spawn.ts";

export interface Tools {
  readonly ffmpeg: string;
  /** Where the path came from, for people. */
  readonly origin: string;
}

export interface ToolWishes {
  readonly ffmpeg?: string | undefined;
  /** Who asked for that ffmpeg. */
  readonly origin?: string;
}

/** The one that was asked for, else the one on PATH, else the one an npm package brought along. */
export function findTools({ ffmpeg, origin = "configuration" }: ToolWishes, env: NodeJS.ProcessEnv): Tools {
  if (ffmpeg !== undefined) {
    const path = findProgram(ffmpeg, env);
    if (path === undefined)
      throw new VendueError("FFMPEG_MISSING", `The ffmpeg that the ${origin} names is not a program: ${ffmpeg}`, {
        hint: `correct it, or leave it out to use the ffmpeg on PATH`,
      });
    return { ffmpeg: path, origin };
  }
  const onPath = findProgram("ffmpeg", env);
  if (onPath !== undefined) return { ffmpeg: onPath, origin: "PATH" };
  const packaged = packagedFfmpeg();
  if (packaged !== undefined && findProgram(packaged, env))
    return { ffmpeg: packaged, origin: "the package @ffmpeg-binary" };
  throw new VendueError(
    "FFMPEG_MISSING",
    "No ffmpeg was found: not in VENDUE_FFMPEG, not in the configuration, not on PATH, and no packaged one",
    { hint: howToGet[process.platform] ?? "install ffmpeg 5.1 or newer, or set VENDUE_FFMPEG to its path" },
  );
}

const howToGet: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: "install it: apt-get install ffmpeg, dnf install ffmpeg or apk add ffmpeg; or set VENDUE_FFMPEG to its path",
  darwin: "install it: brew install ffmpeg; or set VENDUE_FFMPEG to its path",
  win32: "install it: winget install ffmpeg; or set VENDUE_FFMPEG to its path",
  android: "install it in Termux: pkg install ffmpeg; or set VENDUE_FFMPEG to its path",
};

/** Every ffmpeg there may be on this machine, best equipped first: some know filters that the chosen one was built without. */
export function knownFfmpegs({ ffmpeg }: Pick<Tools, "ffmpeg">, env: NodeJS.ProcessEnv): readonly string[] {
  const onPath = (env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "ffmpeg"));
  const usual = ["/usr/local/bin", "/opt/homebrew/bin", "/usr/lib/jellyfin-ffmpeg", "/opt/ffmpeg/bin", "/snap/bin"];
  const all = [packagedFfmpeg(), ffmpeg, ...onPath, ...usual.map((folder) => join(folder, "ffmpeg"))];
  const found = all.flatMap((path) => (path === undefined ? [] : (findProgram(path, env) ?? [])));
  // One binary may lie in two folders of PATH, as /bin and /usr/bin are one.
  return [...new Map(found.map((path) => [realpathSync(path), path] as const).toReversed()).values()].toReversed();
}

function packagedFfmpeg(): string | undefined {
  const name = `@ffmpeg-binary/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "ffmpeg");
  } catch {
    return undefined;
  }
}

/** Part of every cache key: another binary, or the same one rebuilt, starts afresh. */
export async function toolKey(path: string): Promise<string> {
  const real = await realpath(path);
  const found = await identify(real);
  return shortHash([real, found?.sizeBytes, found?.mtimeMs]);
}

/** What this ffmpeg was built with. Asked of the binary once, then remembered. */
export async function describeBuild(
  path: string,
  { cache, launcher }: { readonly cache: string; readonly launcher: readonly string[] },
): Promise<FfmpegBuild> {
  const file = join(cache, "ffmpeg", `${await toolKey(path)}.json`);
  const known = (await readJson(file)) as FfmpegBuild | undefined;
  if (known?.path === path) return known;
  const ask = async (...args: string[]) => {
    const { stdout, exitCode, stderr } = await spawnProgram(
      { program: path, args: ["-hide_banner", ...args], keepStdout: true, limitSec: 10 },
      launcher,
    );
    if (exitCode !== 0)
      throw new VendueError("FFMPEG_MISSING", `${path} does not run: ${stderr.split("\n")[0] ?? ""}`, {
        hint: "check that it is an ffmpeg for this machine",
      });
    return stdout;
  };
  const [banner, encoders, decoders, filters, hwaccels] = await Promise.all([
    ask("-version"),
    ask("-encoders"),
    ask("-decoders"),
    ask("-filters"),
    ask("-hwaccels"),
  ]);
  const version = /^ffmpeg version (\S+)/m.exec(banner)?.[1] ?? "unknown";
  const build: FfmpegBuild = {
    path,
    version,
    release: releaseOf(version, banner),
    encoders: names(encoders, /^ [VAS][F.][S.][X.][B.][D.] (\S+)/gm),
    decoders: names(decoders, /^ [VAS][F.][S.][X.][B.][D.] (\S+)/gm),
    filters: names(filters, /^ [T.][S.][C.] (\S+)|^ [TSC.]{2,3} +(\S+) +\S+->\S+/gm),
    hwaccels: hwaccels
      .split("\n")
      .slice(1)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    configuration: /^configuration: (.*)$/m.exec(banner)?.[1] ?? "",
  };
  await writeJson(file, build).catch(() => undefined);
  return build;
}

/** Builds from git say no number; their libavutil major does: 57 is 5, 58 is 6, 59 is 7, 60 is 8. */
function releaseOf(version: string, banner: string): readonly [number, number] {
  const number = /^n?(\d+)\.(\d+)/.exec(version);
  if (number) return [Number(number[1]), Number(number[2])];
  const major = Number(/libavutil\s+(\d+)\./.exec(banner)?.[1] ?? 57);
  return [Math.max(5, major - 52), 0];
}

function names(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)]
    .flatMap(([, a, b]) => a ?? b ?? [])
    .filter((name) => name !== "=")
    .sort();
}

export function shortHash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
