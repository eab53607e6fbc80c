import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import envPaths from "env-paths";

export interface Folders {
  readonly config: string;
  /** May be deleted at any time. */
  readonly cache: string;
  /** Run reports, logs, and what the last run of an output was made of. */
  readonly state: string;
}

/** Where this system keeps such things; the environment may say otherwise. */
export function folders(env: NodeJS.ProcessEnv): Folders {
  const found = envPaths("vendue", { suffix: "" });
  return {
    config: env["VENDUE_CONFIG_DIR"] ?? found.config,
    cache: env["VENDUE_CACHE_DIR"] ?? found.cache,
    state: env["VENDUE_STATE_DIR"] ?? found.log,
  };
}

/** Looks a program up as a shell would; a path is taken as it is. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | undefined {
  if (isAbsolute(name)) return isProgram(name) ? name : undefined;
  const suffixes = process.platform === "win32" ? [".exe", ""] : [""];
  for (const folder of (env["PATH"] ?? "").split(delimiter))
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      if (isAbsolute(path) && isProgram(path)) return path;
    }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The variables this process was started with. */
export function environment(): NodeJS.ProcessEnv {
  return process.env;
}
