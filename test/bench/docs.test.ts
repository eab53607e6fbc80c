import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { budgetForms } from "../../bench/gate/mod.ts";
import { marker } from "../../bench/report/mod.ts";
import { VERDICTS } from "../../bench/types.ts";
import { rulesFor } from "../../bench/verdict/mod.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const docs = read("docs/bench.md");
const workflow = read("docs/ci/bench.yml");

test("docs/bench.md names every budget as the reader takes it, and every verdict", () => {
  const rows = [...docs.matchAll(/^\| `(\w+)` +\| (.*?) +\| `(.*?)` +\|$/gm)].map(([, name, holds, example]) => [
    name,
    holds,
    example,
  ]);
  expect(rows).toEqual(Object.entries(budgetForms).map(([name, { holds, example }]) => [name, holds, example]));
  for (const word of VERDICTS) expect(docs).toContain(`| \`${word}\``);
});

test("docs/bench.md states the rules that hold", () => {
  const { cpu, stored, vmaf, bytes } = rulesFor({ sharing: "shared" });
  expect([cpu.p, cpu.effect, cpu.confirmP, cpu.rounds]).toEqual([0.05, 1.05, 0.01, 7]);
  expect([stored, vmaf, bytes]).toEqual([
    { warn: 1.1, fail: 1.15 },
    { warn: 0.5, fail: 1.5 },
    { warn: 0.02, fail: 0.05 },
  ]);
});

test("the example workflow is YAML, and finds the comment by the marker that is written", () => {
  const { jobs } = parse(workflow) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly unknown[] }>>;
  };
  expect(Object.keys(jobs)).toEqual(["compare", "nightly"]);
  expect(workflow).toContain(`startswith("${marker}")`);
});
test("every bench command in the docs and the workflow is one", () => {
  const frame = read("core/cli/bench.ts");
  const known = [...frame.matchAll(/command\("(\w+)"/g)].map(([, name]) => name);
  const used = [...`${docs}\n${workflow}`.matchAll(/(?:npx |^)vendue bench (\w+)/gm)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(6);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});
