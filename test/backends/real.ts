import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Backend, ProbeContext } from "../../core/backend/mod.ts";
import { describeBuild, probeContext } from "../../core/host/mod.ts";

/** A probe's context over a real ffmpeg, as the survey would make it. */
export async function realContext(backend: Backend, ffmpeg: string): Promise<ProbeContext> {
  const cache = await mkdtemp(join(tmpdir(), "vendue-build-"));
  const build = await describeBuild(ffmpeg, { cache, launcher: [] });
  await rm(cache, { recursive: true, force: true });
  const use = { specifier: backend.name, options: {}, allow: { read: [], env: [] } };
  const one = { backend, use, trusted: true, file: "" };
  return probeContext(one, { build, signal: new AbortController().signal, launcher: [], env: process.env });
}
