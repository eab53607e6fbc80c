import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Backend, checkBackend, parseSpecifier, type Specifier } from "../backend/mod.ts";
import { BackendError, VendueError } from "../errors.ts";
import type { BackendUse } from "../types.ts";

/** The backends that come with the package, in the order people know them. */
export const builtins = ["nvenc", "vaapi", "qsv", "amf", "mediacodec", "nvmpi", "cpu"] as const;

/** A backend with how it was named and what it may touch. */
export interface LoadedBackend {
  readonly backend: Backend;
  readonly use: BackendUse;
  readonly trusted: boolean;
  /** The file it came from, part of the survey's key. */
  readonly file: string;
  /** A computer where it is ready, as its module describes one for the conformance kit. */
  readonly machine?: unknown;
}

/** A backend that could not be loaded is reported beside the others; it never stops a run. */
export interface BrokenBackend {
  readonly specifier: string;
  readonly error: VendueError;
}

/** Imports what the pipeline names, or every built-in. `base` is the folder of the pipeline file. */
export async function loadBackends(uses: readonly BackendUse[], base: string) {
  const wanted =
    uses.length > 0
      ? uses
      : builtins.map((specifier): BackendUse => ({ specifier, options: {}, allow: { read: [], env: [], run: [] } }));
  const loaded: LoadedBackend[] = [];
  const broken: BrokenBackend[] = [];
  const answers = await Promise.allSettled(wanted.map((use) => loadBackend(use, base)));
  answers.forEach((answer, nth) => {
    const specifier = wanted[nth]?.specifier ?? "";
    if (answer.status === "fulfilled") loaded.push(answer.value);
    else if (answer.reason instanceof BackendError) broken.push({ specifier, error: answer.reason });
    else throw answer.reason;
  });
  const double = loaded.find(
    ({ backend }, nth) => loaded.findIndex((other) => other.backend.name === backend.name) < nth,
  );
  if (double)
    throw new VendueError("PIPELINE_INVALID", `Two backends are named ${double.backend.name}`, {
      hint: `leave one of them out of backends, or rename it in ${double.file}`,
    });
  return { loaded, broken };
}

async function loadBackend(use: BackendUse, base: string): Promise<LoadedBackend> {
  const specifier = parseSpecifier(use.specifier, { base, builtins });
  const file = locate(specifier, base);
  let module: unknown;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (cause) {
    throw new BackendError(
      "BACKEND_BROKEN",
      `${use.specifier} could not be imported: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: existsSync(file) ? "run it alone to see the whole error" : `there is no file ${file}`,
        cause,
      },
    );
  }
  const { machine } = module as { readonly machine?: unknown };
  const backend = await checkBackend(module, { specifier: use.specifier, options: use.options });
  return { backend, use, trusted: specifier.kind === "builtin", file, ...(machine !== undefined && { machine }) };
}

function locate(specifier: Specifier, base: string): string {
  switch (specifier.kind) {
    case "builtin": {
      const here = fileURLToPath(import.meta.url);
      return join(dirname(here), "..", "..", "backends", specifier.name, `mod${extname(here)}`);
    }
    case "file":
      return specifier.path;
    case "npm":
      return resolvePackage(specifier.name, base);
  }
}

/** As an import from the pipeline's folder would resolve it, also where a package exports ES modules only. */
function resolvePackage(name: string, base: string): string {
  try {
    return createRequire(join(base, "x.js")).resolve(name);
  } catch {
    const [scope = "", rest = ""] = name.split("/");
    const id = name.startsWith("@") ? `${scope}/${rest}` : scope;
    for (let folder = base; ; folder = dirname(folder)) {
      const home = join(folder, "node_modules", id);
      const entry = existsSync(join(home, "package.json")) ? entryOf(home, `.${name.slice(id.length)}`) : undefined;
      if (entry !== undefined) return join(home, entry);
      if (folder === dirname(folder)) break;
    }
    throw new BackendError("BACKEND_BROKEN", `The package ${name} is not installed where the pipeline is`, {
      hint: `npm install ${id}`,
    });
  }
}

function entryOf(home: string, subpath: string): string | undefined {
  const { exports, main } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
    exports?: unknown;
    main?: string;
  };
  const map =
    typeof exports === "object" && exports !== null && "." in exports
      ? (exports as Record<string, unknown>)[subpath]
      : exports;
  if (typeof map === "string") return map;
  const conditions = map as Record<string, unknown> | undefined;
  const found = conditions?.["import"] ?? conditions?.["default"];
  return typeof found === "string" ? found : main;
}
