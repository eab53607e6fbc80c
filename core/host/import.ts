import { pathToFileURL } from "node:url";

export interface ImportOptions {
  /** When a module that does not finish loading is given up. */
  readonly limitSec: number;
  /** A file of somebody else's, which may lie in any folder. */
  readonly foreign: boolean;
}

/** The exports of a module by its path: JavaScript or TypeScript, module or CommonJS. */
export async function importModule(
  file: string,
  { limitSec, foreign }: ImportOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const { href } = pathToFileURL(file);
  const work = foreign && needsHelp(file) ? importWithTsx(href) : import(href);
  return unwrap((await inTime(work, limitSec)) as Readonly<Record<string, unknown>>);
}

/** The types of Node 20 do not know this feature. */
function needsHelp(file: string): boolean {
  const { typescript } = process.features as { readonly typescript?: unknown };
  return !typescript && /\.[cm]?ts$/.test(file);
}

/** A lone file has no package.json to say that it is a module; tsx's global hooks then take it for CommonJS. */
async function importWithTsx(href: string): Promise<unknown> {
  const { tsImport } = await import("tsx/esm/api");
  return tsImport(href, import.meta.url);
}

/** CommonJS hides its exports one level deeper. */
function unwrap(found: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = found["default"];
  return typeof inner === "object" && inner !== null && "default" in inner
    ? (inner as Readonly<Record<string, unknown>>)
    : found;
}

/** Its timer keeps the process alive: a module that waits for nothing would let Node end without a word. */
async function inTime<Value>(work: Promise<Value>, limitSec: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${limitSec} s`)), limitSec * 1000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
