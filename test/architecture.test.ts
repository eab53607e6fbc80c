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
  redact: [],
  media: [],
  backend: [],
  ffmpeg: ["media", "backend"],
  pipeline: ["backend"],
  plan: ["media", "backend", "ffmpeg", "pipeline", "cost"],
  cost: [],
  draw: [],
  host: ["media", "backend", "ffmpeg", "cost"],
  run: ["media", "ffmpeg", "plan", "host", "cost"],
  observe: ["plan", "cost", "draw"],
  testing: ["backend"],
  // The public door, and the command line in front of it.
  mod: ["media", "backend", "ffmpeg", "pipeline", "plan", "host", "run", "cost"],
  cli: ["media", "backend", "pipeline", "plan", "host", "run", "observe", "testing", "mod", "cost", "schema"],
  schema: ["pipeline", "cost"],
};
const leaves = ["types", "errors", "redact", "bench/types"];

/** The bench stands beside the command line and enters the core by the same doors. Judging is pure, measuring is not. */
const doors = ["media", "backend", "ffmpeg", "pipeline", "plan", "host", "run", "mod"];
const benchAllowed: Readonly<Record<string, readonly string[]>> = {
  "bench/types": [],
  "bench/stats": [],
  "bench/verdict": ["bench/stats"],
  "bench/baseline": ["bench/stats"],
  "bench/gate": ["bench/stats", "bench/verdict", "bench/baseline", "pipeline"],
  "bench/report": ["bench/stats", "bench/verdict", "bench/baseline", "bench/gate", "plan"],
  "bench/clips": ["media"],
  "bench/readings": [],
  "bench/harness": [],
  "bench/measure": ["bench/clips", "bench/readings", "host", "ffmpeg"],
  "bench/cases": ["bench/clips", "backend", "media", "pipeline", "plan"],
  "bench/session": [
    ...["bench/clips", "bench/measure", "bench/harness", "bench/quality", "bench/cases", "bench/stats"],
    ...["bench/verdict", "bench/baseline", ...doors],
  ],
  "bench/quality": ["bench/clips", "bench/measure", "bench/stats", "host", "ffmpeg"],
  // The engine's own speed, behind npm run bench.
  "bench/engine": ["bench/clips", "bench/harness", "bench/stats", "bench/verdict"],
  "bench/pure": doors,
  "bench/startup": [],
};
/** Who may start programs, read files and ask the system. */
const windows = ["host", "bench/measure", "bench/startup", "bench/pure", "bench/engine"];

interface Import {
  readonly file: string;
  /** As written, or a path from the root for a relative one. */
  readonly to: string;
  readonly typeOnly: boolean;
  /** By `import()`: only when that line is reached. */
  readonly lazy: boolean;
}

const files = globSync(["core/**/*.{ts,js}", "backends/**/*.ts", "bench/**/*.ts"], { cwd: root }).sort();
const texts = new Map(await Promise.all(files.map(async (file) => [file, await readCode(file)] as const)));
const imports = files.flatMap((file) => importsOf(file, texts.get(file) ?? ""));

test("rooms import only rooms that the architecture lets them know", () => {
  expect(imports.length).toBeGreaterThan(100);
  const wrong = imports.filter(({ file, to }) => {
    const [from, into] = [roomOf(file), roomOf(to)];
    if (from === "" || into === "" || from === into || leaves.includes(into)) return false;
    return !(from.startsWith("bench/") ? benchAllowed : allowed)[from]?.includes(into) && !isBenchForCli(from, into);
  });
  expect(wrong.map(tell)).toEqual([]);
  const known = { ...allowed, ...benchAllowed };
  expect([...new Set(files.map(roomOf))].filter((room) => room !== "" && !(room in known))).toEqual([]);
});

test("the command line loads the bench only when it is asked for", () => {
  const early = imports.filter(
    ({ file, to, typeOnly, lazy }) => file.startsWith("core/cli/") && to.startsWith("bench/") && !typeOnly && !lazy,
  );
  expect(early.map(tell)).toEqual([]);
});

test("outsiders enter a room by its mod.ts", () => {
  const wrong = imports.filter(
    ({ file, to }) =>
      /^(core|bench)\/\w+\/.+/.test(to) && roomOf(file) !== roomOf(to) && !/^\w+\/\w+\/mod\.ts$/.test(to),
  );
  expect(wrong.map(tell)).toEqual([]);
});

test("a mod.ts holds a comment and named re-exports, no logic", () => {
  const rooms = files.filter((file) => /^(core|bench)\/\w+\/mod\.ts$/.test(file) && file !== "core/cli/mod.ts");
  const busy = rooms.filter(
    (file) => (texts.get(file) ?? "").replace(/^export (type )?\{[^}]*\} from "[^"]+";$/gm, "").trim() !== "",
  );
  expect(busy).toEqual([]);
});

test("only host touches the outside", () => {
  const outside = /^(node:(?!path$)|(fs|os|net|http|https|child_process)$|execa$|tinyglobby$)/;
  const wrong = imports.filter(({ file, to }) => outside.test(to) && !windows.includes(roomOf(file)));
  expect(wrong.map(tell)).toEqual([]);
  const ambient = files.filter(
    (file) => !windows.includes(roomOf(file)) && /\bprocess\.env\b/.test(texts.get(file) ?? ""),
  );
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
  return found.map(({ 0: line, 1: type, 2: to = "" }) => ({
    file,
    to: to.startsWith(".") ? join(dirname(file), to) : to,
    typeOnly: type !== undefined && type !== "",
    lazy: line.startsWith("import("),
  }));
}

/** The folder below core, or the name of a file that lies there; the public door is three files. Bench rooms keep their prefix. */
function roomOf(file: string): string {
  const [, bench = "", room = ""] = /^(?:core\/|(bench\/))(\w+)/.exec(file) ?? [];
  return bench === "" && (room === "engine" || room === "load") ? "mod" : `${bench}${room}`;
}

function isBenchForCli(from: string, into: string): boolean {
  return from === "cli" && into.startsWith("bench/");
}

function tell({ file, to }: Import): string {
  return `${file} imports ${to}`;
}
