import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Backend, checkBackend, parseSpecifier, type Specifier } from "../backend/mod.ts";
import { BackendError, VendueError } from "../errors.ts";
import type { BackendUse } from "../types.ts";
import { importModule } from "./import.ts";
import { oneLine } from "./text.ts";

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

export interface LoadOptions {
  /** When a module that does not finish loading is given up. */
  readonly importLimitSec?: number;
}

/** Imports what the pipeline names, or every built-in. `base` is the folder of the pipeline file. */
export async function loadBackends(
  uses: readonly BackendUse[],
  base: string,
  { importLimitSec = 20 }: LoadOptions = {},
): Promise<{ readonly loaded: readonly LoadedBackend[]; readonly broken: readonly BrokenBackend[] }> {
  const wanted =
    uses.length > 0
      ? uses
      : builtins.map((specifier): BackendUse => ({ specifier, options: {}, allow: { read: [], env: [], run: [] } }));
  const found: LoadedBackend[] = [];
  const broken: BrokenBackend[] = [];
  const answers = await Promise.allSettled(wanted.map((use) => loadBackend(use, { base, importLimitSec })));
  answers.forEach((answer, nth) => {
    const specifier = wanted[nth]?.specifier ?? "";
    if (answer.status === "fulfilled") found.push(answer.value);
    else if (answer.reason instanceof BackendError) broken.push({ specifier, error: answer.reason });
    else throw answer.reason;
  });
  const loaded = found.filter((one) => {
    const owner = ownerOf(one.backend.name, found);
    if (owner !== one) broken.push({ specifier: one.use.specifier, error: nameTaken(one, owner) });
    return owner === one;
  });
  return { loaded, broken };
}

/** Whose name it is: a built-in's, else of the one named first. */
function ownerOf(name: string, found: readonly LoadedBackend[]): LoadedBackend | undefined {
  const all = found.filter(({ backend }) => backend.name === name);
  return all.find(({ trusted }) => trusted) ?? all[0];
}

/** A stranger under another's name only loses its bid. The same file twice is the pipeline's own mistake. */
function nameTaken({ backend, file, use }: LoadedBackend, owner: LoadedBackend | undefined): VendueError {
  if (owner?.file === file)
    throw new VendueError("PIPELINE_INVALID", `Two backends are named ${backend.name}`, {
      hint: `leave one of them out of backends, or rename it in ${file}`,
    });
  return new BackendError(
    "BACKEND_BROKEN",
    `${use.specifier} calls itself ${backend.name}, which is the name of ${owner?.use.specifier}`,
    { hint: `rename it in ${file}, or leave the other one out of backends` },
  );
}

async function loadBackend(
  use: BackendUse,
  { base, importLimitSec }: { readonly base: string; readonly importLimitSec: number },
): Promise<LoadedBackend> {
  const specifier = parseSpecifier(use.specifier, { base, builtins });
  const file = locate(specifier, base);
  const trusted = specifier.kind === "builtin";
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await importModule(file, { limitSec: importLimitSec, foreign: !trusted });
  } catch (cause) {
    throw new BackendError("BACKEND_BROKEN", `${use.specifier} could not be imported: ${oneLine(cause)}`, {
      hint: existsSync(file) ? "run it alone to see the whole error" : `there is no file ${file}`,
      cause,
    });
  }
  const { machine } = module;
  const backend = await checkBackend(module, { specifier: use.specifier, options: use.options });
  return { backend, use, trusted, file, ...(machine !== undefined && { machine }) };
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
