import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../core/host/mod.ts";

/** What measuring needs of this machine: its host, and a folder of its own for outputs. */
export interface Rig {
  readonly host: Host;
  readonly signal: AbortSignal;
  /** Emptied when the rig is closed. */
  readonly scratch: string;
  /** Clips and what else may be made again. */
  readonly cache: string;
  close(): Promise<void>;
}

/** Outputs go where temporary files go: often memory, and never beside the user's own. */
export async function openRig(host: Host, signal: AbortSignal): Promise<Rig> {
  const scratch = await mkdtemp(join(tmpdir(), "vendue-bench-"));
  const cache = join(host.settings.cache_dir, "bench");
  await mkdir(cache, { recursive: true });
  return { host, signal, scratch, cache, close: () => rm(scratch, { recursive: true, force: true }) };
}

export async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}

/** A new folder in the scratch folder. */
export async function emptyFolder({ scratch }: Rig): Promise<string> {
  return mkdtemp(join(scratch, "part-"));
}

export async function readText(path: string): Promise<string> {
  return readFile(path, "utf8");
}
