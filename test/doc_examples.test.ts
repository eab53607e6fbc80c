import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { execa } from "execa";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Example {
  /** `core/plan/mod.ts:3`, the line it starts on. */
  readonly where: string;
  readonly file: string;
  readonly text: string;
}

const sources = globSync(["core/**/*.ts", "backends/**/*.ts", "bench/**/*.ts", "README.md"], { cwd: root }).sort();
const examples = (await Promise.all(sources.map(readExamples))).flat();
let folder = "";

beforeAll(async () => {
  // Inside the package, so that its own name resolves; in a folder that git and tsc leave out.
  await mkdir(join(root, ".vendue"), { recursive: true });
  folder = await mkdtemp(join(root, ".vendue", "examples-"));
  await Promise.all(examples.map((example) => writeFile(fileFor(example), example.text)));
  const config = { extends: "../../tsconfig.json", compilerOptions: { noUnusedLocals: false }, include: ["*.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("every room's mod.ts has an example", () => {
  const rooms = sources.filter((file) => /^(core|bench)\/\w+\/mod\.ts$/.test(file));
  const shown = new Set(examples.map(({ file }) => file));
  expect(rooms.filter((file) => !shown.has(file))).toEqual([]);
  expect(shown).toContain("README.md");
});

describe("examples", { concurrent: true }, () => {
  test.for(examples)("$where runs", async (example, { expect: local }) => {
    const { exitCode, stderr } = await execa(process.execPath, ["--import", "tsx", fileFor(example)], {
      cwd: root,
      reject: false,
    });
    // A failed console.assert only talks.
    local({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test("hold their types", async ({ expect: local }) => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = await execa(process.execPath, [tsc, "--pretty", "false", "-p", folder], {
      cwd: root,
      reject: false,
    });
    local(stdout).toBe("");
  });
});

function fileFor({ where }: Example): string {
  return join(folder, `${where.replace(/\W+/g, "_")}.ts`);
}

async function readExamples(file: string): Promise<readonly Example[]> {
  const text = await readFile(join(root, file), "utf8");
  // Everything that is no doc comment is blanked, so that lines keep their numbers.
  const told = file.endsWith(".md")
    ? text
    : text.replace(/\/\*\*[\s\S]*?\*\/|[^\n]/g, (part) =>
        part.length > 1 ? part.replace(/^[ \t]*(\/\*\*|\*\/|\*) ?/gm, "") : "",
      );
  return [...told.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ index, 1: code = "" }) => ({
    where: `${file}:${told.slice(0, index).split("\n").length + 1}`,
    file,
    text: code.replace(/(from |import\()"(\.{1,2}\/[^"]+)"/g, (_, before: string, path: string) => {
      const url = pathToFileURL(join(root, dirname(file), path));
      return `${before}"${fileURLToPath(url)}"`;
    }),
  }));
}
