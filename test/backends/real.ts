import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Backend, ProbeContext } from "../../core/backend/mod.ts";
import { describeBuild, probeContext } from "../../core/host/mod.ts";

const cache = await mkdtemp(join(tmpdir(), "vendue-real-"));
afterAll(() => rm(cache, { recursive: true, force: true }));

/** A probe's context over a real ffmpeg, as the survey would make it. */
export async function realContext(backend: Backend, ffmpeg: string): Promise<ProbeContext> {
  const build = await describeBuild(ffmpeg, { cache, launcher: [] });
  const use = { specifier: backend.name, options: {}, allow: { read: [], env: [], run: [] } };
  const { signal } = new AbortController();
  return probeContext(
    { backend, use, trusted: true, file: "" },
    { build, signal, launcher: [], env: process.env, cache },
  );
}
