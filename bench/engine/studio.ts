import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { interleave } from "../harness/mod.ts";
import { type Took, watched } from "./watched.ts";

/** What all scenarios are told. */
export interface StudioOptions {
  readonly folder: string;
  /** What users start: the door of an installed package, or of this checkout. */
  readonly bin: string;
  readonly ffmpeg: string;
  /** The ffmpeg that scores; it need not be the one that encodes. */
  readonly scorer: string;
  readonly rounds: number;
  readonly signal: AbortSignal;
}

/** A folder with sources and scripts, and the means to run them. */
export interface Studio extends StudioOptions {
  path(name: string): string;
  write(name: string, text: string): Promise<void>;
  /** Makes a file once, and again where its recipe changes. */
  source(name: string, args: (path: string) => readonly string[]): Promise<void>;
  script(text: string): Promise<Took>;
  /** Outputs are as large as the sources; only those are worth keeping. */
  clear(): Promise<void>;
  /** Runs a pipeline as if for the first time; `again` keeps what is remembered of the last. */
  vendue(file: string, options?: VendueOptions): Promise<Took & { readonly commands: readonly string[] }>;
}

interface VendueOptions {
  /** Only plans: what is known of the machine from then on is no part of a run. */
  readonly plan?: boolean;
  readonly again?: boolean;
}

export async function openStudio(options: StudioOptions): Promise<Studio> {
  const { folder, bin, ffmpeg, scorer, signal } = options;
  const path = (name: string) => join(folder, name);
  await mkdir(path("out"), { recursive: true });
  const env = {
    FF: ffmpeg,
    SCORER: scorer,
    VENDUE_FFMPEG: await spyOn(ffmpeg, { folder: path("spy"), log: path("spy/log") }),
    VENDUE_CACHE_DIR: path(".cache"),
    VENDUE_STATE_DIR: path(".state"),
    VENDUE_CONFIG_DIR: path(".config"),
  };
  const runIt = (program: string, args: readonly string[]) => watched(program, args, { cwd: folder, env, signal });
  return {
    ...options,
    path,
    write: (name, text) => writeFile(path(name), text),
    async source(name, args) {
      const part = path(`part-${name}`);
      const recipe = args(part).join(" ");
      const known = await readFile(path(`${name}.recipe`), "utf8").catch(() => "");
      if (known === recipe) return;
      await runIt(ffmpeg, ["-hide_banner", "-nostdin", "-v", "error", "-y", ...args(part)]);
      await rename(part, path(name));
      await writeFile(path(`${name}.recipe`), recipe);
    },
    clear: () => rm(path("out"), { recursive: true, force: true }),
    script: (text) => runIt("/bin/sh", ["-e", "-c", text]),
    async vendue(file, { plan = false, again = false } = {}) {
      const known = again ? [] : [".state", ".cache/loudness", ".cache/media"];
      await Promise.all([...known, "spy/log"].map((name) => rm(path(name), { recursive: true, force: true })));
      const took = await runIt(process.execPath, [bin, "--quiet", plan ? "plan" : "run", path(file)]);
      const log = await readFile(path("spy/log"), "utf8").catch(() => "");
      return { ...took, commands: log.split("\n").filter((line) => line !== "") };
    },
  };
}

/** Stands in front of ffmpeg and writes down what it is asked for. */
async function spyOn(
  ffmpeg: string,
  { folder, log }: { readonly folder: string; readonly log: string },
): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const program = join(folder, "ffmpeg");
  await writeFile(program, `#!/bin/sh\nprintf '%s ' "$@" >> '${log}'; echo >> '${log}'\nexec '${ffmpeg}' "$@"\n`);
  await chmod(program, 0o755);
  return program;
}

/** What each side took in every round, each measured in turn with the others. */
export async function compare<Side extends string>(
  sides: Readonly<Record<Side, () => Promise<Took>>>,
  { rounds, signal }: Pick<Studio, "rounds" | "signal">,
): Promise<Readonly<Record<Side, readonly Took[]>>> {
  const { entries, failures } = await interleave<Took>(sides, { rounds, warmups: 0, signal });
  const [failure] = failures;
  if (failure) throw new Error(`${failure.name} failed: ${failure.reason}`);
  const of = (name: string) => entries.filter((one) => one.name === name).map(({ seen }) => seen);
  return Object.fromEntries(Object.keys(sides).map((name) => [name, of(name)])) as unknown as Readonly<
    Record<Side, readonly Took[]>
  >;
}
