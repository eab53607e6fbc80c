import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRig, type Rig } from "../../bench/measure/mod.ts";
import { openHost } from "../../core/mod.ts";

export type TestRig = Rig & { readonly remove: () => Promise<void> };

/** A rig whose caches nobody else sees. */
export async function rigFor({
  ffmpeg,
  signal = new AbortController().signal,
}: { readonly ffmpeg?: string; readonly signal?: AbortSignal } = {}): Promise<TestRig> {
  const folder = await mkdtemp(join(tmpdir(), "vendue-rig-"));
  const host = await openHost(folder, {
    ...{ cache_dir: join(folder, "cache"), state_dir: join(folder, "state") },
    ...(ffmpeg !== undefined && { ffmpeg }),
  });
  const rig = await openRig(host, signal);
  return {
    ...rig,
    async remove() {
      await rig.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
