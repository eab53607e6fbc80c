import { access } from "node:fs/promises";
import { arch, availableParallelism, totalmem } from "node:os";
import { relative, isAbsolute } from "node:path";
import type { ProbeContext } from "../backend/mod.ts";
import { VendueError } from "../errors.ts";
import type { FfmpegBuild, Platform } from "../types.ts";
import type { LoadedBackend } from "./backends.ts";
import { findProgram } from "./paths.ts";
import { spawnProgram } from "./spawn.ts";
import { tryEncode } from "./trial.ts";

export interface ProbeOptions {
  readonly build: FfmpegBuild;
  readonly signal: AbortSignal;
  readonly launcher: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cache: string;
}

/** A lost card can make its own tool hang. */
export const toolLimitSec = 4;

export function describePlatform(): Platform {
  return { os: process.platform, arch: arch(), cores: availableParallelism(), memoryBytes: totalmem() };
}

/** What one backend's probe may reach: what it needs, as far as the user allows it. Built-ins are trusted. */
export function probeContext(
  { backend, use, trusted }: LoadedBackend,
  { build, signal, launcher, env, cache }: ProbeOptions,
): ProbeContext {
  const { needs = {} } = backend;
  const mayRead = (path: string) => within(path, needs.read) && (trusted || within(path, use.allow.read));
  const mayAsk = (name: string) => (needs.env?.includes(name) ?? false) && (trusted || use.allow.env.includes(name));
  return {
    ffmpeg: build,
    platform: describePlatform(),
    signal,
    tryEncode: (parts, shape) => tryEncode(parts, shape ?? {}, { build, signal, launcher, cache, backend }),
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
    async ask(program, args) {
      const granted = needs.run?.includes(program) && (trusted || use.allow.run.includes(program));
      if (!granted) throw denied(backend.name, `run ${program}`, "run");
      const path = findProgram(program, env);
      if (path === undefined) return { ok: false, text: `${program} is not installed` };
      const { exitCode, stdout, stderr, why } = await spawnProgram(
        { program: path, args, keepStdout: true, signal, limitSec: toolLimitSec },
        launcher,
      );
      if (why === "timeout") return { ok: false, text: `${program} did not answer within ${toolLimitSec} s` };
      return { ok: exitCode === 0, text: exitCode === 0 ? stdout : stderr || stdout };
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
