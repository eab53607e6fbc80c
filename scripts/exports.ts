/**
 * `npm pack` runs this before and after: a package leads to what was built, a checkout to its sources, which need no
 * building. Either way can be said again and changes nothing then.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const doors = { ".": "core/mod", "./backend": "core/backend/mod", "./testing": "core/testing/mod" } as const;
const built = (door: string) => ({ types: `./dist/${door}.d.ts`, default: `./dist/${door}.js` });
const source = (door: string) => `./${door}.ts`;

const path = fileURLToPath(new URL("../package.json", import.meta.url));
const lead = process.argv[2] === "built" ? built : source;
const manifest = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
const exports = Object.fromEntries(Object.entries(doors).map(([name, door]) => [name, lead(door)]));
const text = JSON.stringify({ ...manifest, exports: { ...exports, "./package.json": "./package.json" } }, undefined, 2);
await writeFile(path, `${text}\n`);
