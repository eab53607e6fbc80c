import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { budgetForms, budgetSchema, parseBudgets } from "../../../bench/gate/mod.ts";
import { PipelineError } from "../../../core/errors.ts";

const root = join(import.meta.dirname, "../../..");
const head = "version: 1\nbudgets:\n";

function problemsOf(text: string) {
  try {
    parseBudgets(text, "b.yaml");
    return [];
  } catch (error) {
    if (error instanceof PipelineError) return error.problems;
    throw error;
  }
}

test("parseBudgets() reads numbers as they are meant", () => {
  const text = `${head}  - for: { backend: nvenc, codec: [h264, hevc] }
    speedup_at_least: 4x
    slower_at_most: 5 %
    wall_at_most: 1500ms
    vmaf_within: 2.5 points
  - required: true
    chroma_within: 1 dB
    fps_at_least: 120
`;
  const budgets = parseBudgets(text, "b.yaml");
  expect(budgets.map(({ name, limit, required, at }) => [name, limit, required, at?.line, at?.column])).toEqual([
    ["speedup_at_least", 4, false, 4, 23],
    ["slower_at_most", 0.05, false, 5, 21],
    ["vmaf_within", 2.5, false, 7, 18],
    ["wall_at_most", 1.5, false, 6, 19],
    ["chroma_within", 1, true, 9, 20],
    ["fps_at_least", 120, true, 10, 19],
  ]);
  expect(budgets[0]?.about).toEqual({ backends: ["nvenc"], codecs: ["h264", "hevc"], clips: [] });
});

/** One mistake each: the text, where it is, a part of what is said, a part of the hint. */
const mistakes: readonly (readonly [text: string, place: string, message: string, hint: string])[] = [
  ["", "1:1", "The file is empty", "start with version: 1"],
  ["- a\n", "1:1", "A list is no budget file", "version: 1"],
  ["version: 1\n---\nversion: 1\n", "2:1", "several documents", "one budget file in a file"],
  ["budgets: [{ vmaf_within: 2 }]", "1:1", "version is missing in the file", "write version: 1"],
  ["version: 1", "1:1", "budgets is missing", "a list of budgets"],
  [`${head}  - vmaf_whithin: 2`, "3:5", 'Unknown key "vmaf_whithin"', "did you mean vmaf_within?"],
  [`${head}  - vmaf_within: lots`, "3:18", '"lots" is no value for vmaf_within', "such as 2"],
  [`${head}  - size_within: 10`, "3:18", "10 is no value for size_within", "such as 10 %"],
  [`${head}  - wall_at_most: 5`, "3:19", "5 is no value for wall_at_most", "such as 5 s"],
  [`${head}  - vmaf_within: -1`, "3:18", "-1 is no value for vmaf_within", "such as 2"],
  [
    `${head}  - { for: { bakend: nvenc }, vmaf_within: 2 }`,
    "3:14",
    'Unknown key "bakend" in for',
    "did you mean backend?",
  ],
  [`${head}  - { for: { backend: [] }, vmaf_within: 2 }`, "3:23", "backend is empty", "[nvenc, vaapi]"],
  [`${head}  - for: { backend: nvenc }`, "3:5", "The budget asks for nothing", "speedup_at_least"],
  [`${head}  - { required: perhaps, vmaf_within: 2 }`, "3:17", '"perhaps" is no value for required', "true or false"],
];

test.each(mistakes)("parseBudgets() of %j says where and what", (text, place, message, hint) => {
  const problems = problemsOf(text);
  expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([place]);
  expect(problems[0]).toMatchObject({ code: "CONFIG_INVALID" });
  expect(problems[0]?.message).toContain(message);
  expect(problems[0]?.hint).toContain(hint);
});

test("parseBudgets() tells every mistake at once", () => {
  expect(problemsOf(`${head}  - vmaf: 2\n  - size_within: 10\n    wall_at_most: x`).map(({ line }) => line)).toEqual([
    3, 4, 5,
  ]);
});

test("budgetSchema is strict draft-07, and takes every budget's own example", () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  ajv.addVocabulary(["errorMessage"]);
  const validate = ajv.compile(budgetSchema);
  for (const [name, { example }] of Object.entries(budgetForms))
    expect([name, validate({ version: 1, budgets: [{ [name]: example }] })]).toEqual([name, true]);
  expect(validate({ version: 1, budgets: [{ vmaf_within: -2 }] })).toBe(false);
});

test("the budgets in the docs are read, and name the schema for editors", () => {
  const text = readFileSync(join(root, "docs/ci/budgets.yaml"), "utf8");
  expect(text.split("\n", 1)[0]).toMatch(/^# yaml-language-server: \$schema=.*budgets\.schema\.json$/);
  expect(parseBudgets(text, "budgets.yaml").length).toBeGreaterThan(5);
  expect(new Ajv({ strict: false }).validate(budgetSchema, parse(text))).toBe(true);
});
