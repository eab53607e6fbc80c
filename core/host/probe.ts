import { access } from "node:fs/promises";
import { arch, availableParallelism, totalmem } from "node:os";
import { relative, isAbsolute } from "node:path";
import type { ProbeContext, Trial, TrialShape } from "../backend/mod.ts";
import { VendueError } from "../errors.ts";
import { bridge, classify, renderChain } from "../ffmpeg/mod.ts";
import type { ArgParts, FfmpegBuild, Platform } from "../types.ts";
import type { LoadedBackend } from "./backends.ts";
import { spawnProgram } from "./spawn.ts";

export interface ProbeOptions {
  readonly build: FfmpegBuild;
  readonly signal: AbortSignal;
  readonly launcher: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const trialLimitSec = 20;

export function describePlatform(): Platform {
  return { os: process.platform, arch: arch(), cores: availableParallelism(), memoryBytes: totalmem() };
}

/** What one backend's probe may reach: what it needs, as far as the user allows it. Built-ins are trusted. */
export function probeContext(
  { backend, use, trusted }: LoadedBackend,
  { build, signal, launcher, env }: ProbeOptions,
): ProbeContext {
  const { needs = {} } = backend;
  const mayRead = (path: string) => within(path, needs.read) && (trusted || within(path, use.allow.read));
  const mayAsk = (name: string) => (needs.env?.includes(name) ?? false) && (trusted || use.allow.env.includes(name));
  return {
    ffmpeg: build,
    platform: describePlatform(),
    signal,
    tryEncode: (parts, shape) => tryEncode(parts, shape ?? {}, { build, signal, launcher, backend }),
    async encoderOptions(encoder) {
      if (!/^\w+$/.test(encoder)) return [];
      const args = ["-hide_banner", "-h", `encoder=${encoder}`];
      const { stdout } = await spawnProgram(
        { program: build.path, args, keepStdout: true, signal, limitSec: 10 },
        launcher,
      );
      return [...stdout.matchAll(/^ {2}-(\S+)\s+</gm)].flatMap(([, name]) => name ?? []);
    },
    async exists(path) {
      if (!mayRead(path)) throw denied(backend.name, `read ${path}`, "read");
      return access(path).then(
        () => true,
        () => false,
      );
    },
    env(name) {
      if (!mayAsk(name)) throw denied(backend.name, `see the variable ${name}`, "env");
      return env[name];
    },
  };
}

function denied(name: string, wish: string, kind: string): VendueError {
  return new VendueError("PERMISSION_DENIED", `The backend ${name} may not ${wish}`, {
    hint: `it must state this in needs.${kind}, and the pipeline must grant it under backends: allow: ${kind}`,
  });
}

function within(path: string, roots: readonly string[] = []): boolean {
  return roots.some((root) => {
    const way = relative(root, path);
    return way === "" || (!way.startsWith("..") && !isAbsolute(way));
  });
}

/** Encodes a generated picture and throws it away. Exit code and packet count both have to agree that it worked. */
async function tryEncode(
  parts: ArgParts,
  shape: TrialShape,
  options: Omit<ProbeOptions, "env"> & { readonly backend: LoadedBackend["backend"] },
): Promise<Trial> {
  const { build, signal, launcher, backend } = options;
  const { width = 640, height = 480, frames = 30, pixelFormat = "yuv420p" } = shape;
  const format = parts.encode?.pixelFormat ?? pixelFormat;
  const steps = bridge([{ name: "format", args: { pix_fmts: format }, on: "system" }, ...(parts.filters ?? [])], {
    surface: backend.surface,
    to: parts.encode?.on ?? "system",
  });
  const args = [
    ...["-hide_banner", "-nostdin", "-v", "repeat+level+info", "-nostats"],
    ...(parts.device ?? []),
    ...["-f", "lavfi", "-i", `testsrc2=size=${width}x${height}:rate=30`],
    ...["-frames:v", String(frames), "-vf", renderChain(steps), "-an"],
    ...(parts.encode?.args ?? []),
    ...["-f", "null", "-"],
  ];
  let progress = "";
  const {
    exitCode,
    signal: killed,
    stderr,
    why,
  } = await spawnProgram(
    { program: build.path, args, signal, limitSec: trialLimitSec, onProgress: (text) => (progress += text) },
    launcher,
  );
  const counted = Number([...progress.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 0);
  if (why === "exited" && exitCode === 0 && counted === frames) return { ok: true };
  if (why === "timeout")
    return { ok: false, code: "STALLED", line: `the trial encode did not end within ${trialLimitSec} s` };
  if (why === "cancelled") return { ok: false, code: "CANCELLED", line: "cancelled" };
  if (exitCode === 0) return { ok: false, code: "VERIFY_FAILED", line: `${counted} of ${frames} frames came out` };
  const { code, line } = classify(stderr, {
    reads: [],
    writes: [],
    exitCode,
    signal: killed,
    accel: backend.accel ?? true,
  });
  return { ok: false, code, line };
}
