import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa, type Options } from "execa";
import type { Report } from "../../core/types.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "bin", "vendue.mjs");

/** A folder of its own for one test: pipelines, media and outputs, with caches that nobody else sees. */
export interface Project {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  path(...parts: readonly string[]): string;
  write(name: string, text: string): Promise<string>;
  vendue(args: readonly string[], options?: Options): Promise<Ended>;
  /** Runs a pipeline and reads its report. */
  run(file: string, ...args: readonly string[]): Promise<Ended & { readonly report: Report }>;
  remove(): Promise<void>;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function makeProject({ ffmpeg }: { readonly ffmpeg?: string } = {}): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "vendue-"));
  const env = {
    VENDUE_CACHE_DIR: join(folder, ".cache"),
    VENDUE_STATE_DIR: join(folder, ".state"),
    VENDUE_CONFIG_DIR: join(folder, ".config"),
    ...(ffmpeg !== undefined && { VENDUE_FFMPEG: ffmpeg }),
  };
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  const vendue: Project["vendue"] = async (args, options = {}) => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [bin, ...args], {
      cwd: folder,
      env,
      reject: false,
      ...options,
    });
    return { exitCode: exitCode ?? -1, stdout: String(stdout), stderr: String(stderr) };
  };
  return {
    folder,
    env,
    path,
    vendue,
    async write(name, text) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), text);
      return path(name);
    },
    async run(file, ...args) {
      const reportFile = path(".report.json");
      await rm(reportFile, { force: true });
      const ended = await vendue(["run", file, "--report", reportFile, ...args]);
      const text = await readFile(reportFile, "utf8").catch(() => "{}");
      return { ...ended, report: JSON.parse(text) as Report };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
