import { readFile } from "node:fs/promises";
import { cpus, release } from "node:os";
import { join } from "node:path";
import type { Measurement } from "../types.ts";
import type { LoadedBackend } from "./backends.ts";
import type { Settings } from "./config.ts";
import { shortHash, toolKey } from "./ffmpeg.ts";
import { identify, readJson, writeJson } from "./files.ts";
import { packageVersion } from "./text.ts";

/** A measurement with what it holds for: another ffmpeg, driver or backend may be faster, slower or better. */
interface Kept extends Measurement {
  readonly key: string;
}

interface MeasuredDesk {
  readonly settings: Pick<Settings, "state_dir">;
  /** The path of the ffmpeg that encodes. */
  readonly ffmpeg: string;
}

/**
 * What was measured with this very ffmpeg, driver and backend; `stale` counts what was measured with others. Those are
 * kept, since the old driver may come back, and never used.
 */
export async function readMeasured(loaded: readonly LoadedBackend[], desk: MeasuredDesk) {
  const all = await readKept(desk);
  if (all.length === 0) return { measured: [], stale: 0 };
  const keys = new Map(
    await Promise.all(loaded.map(async (one) => [one.backend.name, await keyOf(one, desk)] as const)),
  );
  const known = all.filter(({ backend }) => keys.has(backend));
  const valid = known.filter(({ backend, key }) => keys.get(backend) === key);
  return { measured: valid.map(({ key: _, ...one }): Measurement => one), stale: known.length - valid.length };
}

/** Adds to what is known of the same encoder; each new number takes the place of the old one. */
export async function keepMeasured(
  found: readonly Measurement[],
  loaded: readonly LoadedBackend[],
  desk: MeasuredDesk,
): Promise<void> {
  let all = await readKept(desk);
  for (const one of found) {
    const owner = loaded.find(({ backend }) => backend.name === one.backend);
    if (owner === undefined) continue;
    const key = await keyOf(owner, desk);
    const same = (other: Kept) => other.key === key && identity(other) === identity(one);
    const before = all.find(same);
    all = [...all.filter((other) => !same(other)), { ...before, ...one, key }];
  }
  await writeJson(fileIn(desk), { schema: "vendue-measured/1", entries: all });
}

function identity({ backend, device, encoder, codec, effort, sizeClass }: Measurement): string {
  return [backend, device, encoder, codec, effort, sizeClass].join("\n");
}

async function readKept(desk: MeasuredDesk): Promise<readonly Kept[]> {
  const file = (await readJson(fileIn(desk))) as { readonly entries?: readonly Kept[] } | undefined;
  return file?.entries ?? [];
}

function fileIn({ settings }: MeasuredDesk): string {
  return join(settings.state_dir, "bench", "measured.json");
}

/** The binary, the processor, and of a device also its driver: that of many GPUs is part of the kernel. */
async function keyOf({ backend, use, trusted, file }: LoadedBackend, { ffmpeg }: MeasuredDesk): Promise<string> {
  const processor = [cpus()[0]?.model, cpus().length];
  const nvidia = await readFile("/proc/driver/nvidia/version", "utf8").catch(() => "");
  const driver = (backend.accel ?? true) ? [nvidia, release()] : [];
  // Not how a pipeline happens to spell it, and not where it stands there.
  const code = trusted ? [backend.name, packageVersion()] : await identify(file);
  return shortHash([await toolKey(ffmpeg), processor, driver, code, use.options]);
}
