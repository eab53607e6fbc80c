import { isAbsolute, resolve, win32 } from "node:path";
import { VendueError } from "../errors.ts";

/** How a pipeline names a backend, told apart. Paths are absolute. */
export type Specifier =
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "npm"; readonly name: string };

export interface SpecifierOptions {
  /** The folder of the pipeline file; relative paths start here, never in the working directory. */
  readonly base: string;
  readonly builtins: readonly string[];
}

/** Reads a specifier, or says why it is refused. A bare word is only ever a built-in, so no package can shadow one. */
export function parseSpecifier(text: string, { base, builtins }: SpecifierOptions): Specifier {
  if (builtins.includes(text)) return { kind: "builtin", name: text };
  if (win32.isAbsolute(text) && !isAbsolute(text)) return { kind: "file", path: text };
  if (/^\.{1,2}[/\\]/.test(text) || isAbsolute(text)) return { kind: "file", path: resolve(base, text) };
  const [, scheme, rest = ""] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(text) ?? [];
  if (scheme === "npm") return { kind: "npm", name: packageName(text, rest) };
  if (scheme !== undefined) throw refused(text, "names no kind of backend", schemeHints[scheme.toLowerCase()] ?? forms);
  throw refused(text, "is no built-in backend", wordHint(text, builtins));
}

const forms = "name a built-in, a path such as ./mine/mod.ts, or npm:name";
const noDownload = "backends are never downloaded; save the file and name its path, such as ./mine/mod.ts";

const schemeHints: Readonly<Record<string, string>> = {
  http: noDownload,
  https: noDownload,
  data: "put the code into a file and name its path, such as ./mine/mod.ts",
  file: "name the path itself, such as ./mine/mod.ts",
  jsr: "install it with: npx jsr add @scope/name, then name it npm:@scope/name",
};

const npmName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(\/[^/\\\s@]+)*$/;

function packageName(text: string, name: string): string {
  const isClimbing = name.split("/").some((part) => part === "." || part === "..");
  if (npmName.test(name) && !isClimbing) return name;
  const version = name.indexOf("@", 1);
  throw refused(
    text,
    "is no package name",
    version > 0
      ? `versions belong into package.json: npm:${name.slice(0, version)}`
      : "write npm:name, npm:@scope/name or npm:name/subpath, in lower case",
  );
}

function wordHint(text: string, builtins: readonly string[]): string {
  if (text.startsWith("@")) return `a package is npm:${text}`;
  if (/[/\\]|\.[cm]?[jt]s$/.test(text)) return `a path starts with a dot: ./${text}`;
  const near = builtins.filter((one) => isSlip(text.toLowerCase(), one));
  if (near.length > 0) return `did you mean ${near.join(" or ")}?`;
  return `built in are ${builtins.join(", ")}; a package is npm:${text || "name"}`;
}

/** One letter wrong, missing or too many, or two swapped: as far as a slip goes in so short a word. */
function isSlip(typed: string, meant: string): boolean {
  let same = 0;
  while (same < typed.length && typed[same] === meant[same]) same++;
  const [a, b] = [typed.slice(same), meant.slice(same)];
  const isSwapped = a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0];
  return a.slice(1) === b.slice(1) || a === b.slice(1) || a.slice(1) === b || isSwapped;
}

function refused(text: string, why: string, hint: string): VendueError {
  return new VendueError("SPECIFIER_REFUSED", `The specifier ${JSON.stringify(text)} ${why}`, {
    hint,
    data: { specifier: text },
  });
}
