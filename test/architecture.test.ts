import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Which room may import which. Leaves (types, errors) are open to all. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  types: [],
  errors: ["types"],
  media: [],
  backend: [],
  ffmpeg: ["media", "backend"],
  pipeline: ["backend"],
  plan: ["media", "backend", "ffmpeg", "pipeline"],
  host: ["media", "backend", "ffmpeg"],
  run: ["media", "ffmpeg", "plan", "host"],
  observe: [],
  testing: ["backend"],
  // The public door, and the command line in front of it.
  mod: ["media", "backend", "ffmpeg", "pipeline", "plan", "host", "run"],
  cli: ["media", "backend", "pipeline", "plan", "host", "run", "observe", "testing", "mod"],
};
const leaves = ["types", "errors"];

interface Import {
  readonly file: string;
  /** As written, or a path from the root for a relative one. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = globSync(["core/**/*.{ts,js}", "backends/**/*.ts"], { cwd: root }).sort();
const texts = new Map(await Promise.all(files.map(async (file) => [file, await readCode(file)] as const)));
const imports = files.flatMap((file) => importsOf(file, texts.get(file) ?? ""));

test("rooms import only rooms that the architecture lets them know", () => {
  expect(imports.length).toBeGreaterThan(100);
  const wrong = imports.filter(({ file, to }) => {
    if (!file.startsWith("core/") || !to.startsWith("core/")) return false;
    const [from, into] = [roomOf(file), roomOf(to)];
    return from !== into && !leaves.includes(into) && !allowed[from]?.includes(into);
  });
  expect(wrong.map(tell)).toEqual([]);
  expect(
    [...new Set(files.filter((file) => file.startsWith("core/")).map(roomOf))].filter((room) => !(room in allowed)),
  ).toEqual([]);
});

test("outsiders enter a room by its mod.ts", () => {
  const wrong = imports.filter(
    ({ file, to }) => /^core\/\w+\/.+/.test(to) && roomOf(file) !== roomOf(to) && to !== `core/${roomOf(to)}/mod.ts`,
  );
  expect(wrong.map(tell)).toEqual([]);
});

test("a mod.ts holds a comment and named re-exports, no logic", () => {
  const rooms = files.filter((file) => /^core\/\w+\/mod\.ts$/.test(file) && file !== "core/cli/mod.ts");
  const busy = rooms.filter(
    (file) => (texts.get(file) ?? "").replace(/^export (type )?\{[^}]*\} from "[^"]+";$/gm, "").trim() !== "",
  );
  expect(busy).toEqual([]);
});

test("only host touches the outside", () => {
  const outside = /^(node:(?!path$)|(fs|os|net|http|https|child_process)$|execa$|tinyglobby$)/;
  const wrong = imports.filter(({ file, to }) => outside.test(to) && roomOf(file) !== "host");
  expect(wrong.map(tell)).toEqual([]);
  const ambient = files.filter((file) => roomOf(file) !== "host" && /\bprocess\.env\b/.test(texts.get(file) ?? ""));
  expect(ambient).toEqual([]);
});

test("backends know the contract's types and their own files, nothing else", () => {
  const wrong = imports.filter(({ file, to, typeOnly }) => {
    if (!file.startsWith("backends/")) return false;
    const [, own] = file.split("/");
    return !(to === "vendue/backend" && typeOnly) && !to.startsWith(`backends/${own}/`);
  });
  expect(wrong.map(tell)).toEqual([]);
  const ambient = files.filter(
    (file) => file.startsWith("backends/") && /\b(process|globalThis)\./.test(texts.get(file) ?? ""),
  );
  expect(ambient).toEqual([]);
});

test("only the kit's vitest form imports a test runner", () => {
  expect(imports.filter(({ to }) => to === "vitest").map(({ file }) => file)).toEqual(["core/testing/suite.ts"]);
});

test("no file imports itself by a detour", () => {
  const next = new Map(
    files.map((file) => [file, imports.filter((one) => one.file === file && !one.typeOnly).map(({ to }) => to)]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" > "));
    if (path.includes(file) || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

/** Without comments: an import in an example is not one. */
async function readCode(file: string): Promise<string> {
  return (await readFile(join(root, file), "utf8")).replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/^\s*\/\/.*$/gm, "");
}

function importsOf(file: string, text: string): readonly Import[] {
  const found = [
    ...text.matchAll(/^(?:import|export)\s(type\s)?[^;"']*?from\s+"([^"]+)"/gm),
    ...text.matchAll(/^import()\s+"([^"]+)"/gm),
    ...text.matchAll(/\bimport\(()"([^"]+)"\)/g),
  ];
  return found.map(({ 1: type, 2: to = "" }) => ({
    file,
    to: to.startsWith(".") ? join(dirname(file), to) : to,
    typeOnly: type !== undefined && type !== "",
  }));
}

/** The folder below core, or the name of a file that lies there; the public door is three files. */
function roomOf(file: string): string {
  const [, room = ""] = /^core\/(\w+)/.exec(file) ?? [];
  return room === "engine" || room === "load" ? "mod" : room;
}

function tell({ file, to }: Import): string {
  return `${file} imports ${to}`;
}
