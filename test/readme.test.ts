import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { estimateCost } from "../core/cost/mod.ts";
import { parse } from "../core/pipeline/mod.ts";
import { explainPlan, makePlan } from "../core/plan/mod.ts";
import { mediaFor, mediaInfo, videoInfo } from "./support/machine.ts";
import { machines, surveyOf } from "./support/machines.ts";
import { makeProject, root } from "./support/project.ts";

const file = join(root, "README.md");
const text = readFileSync(file, "utf8");
const blocks = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, block]) => block ?? "");

/** The demo on a cloud machine with one NVIDIA card, described in data: what the README shows first. */
async function shownPlan(): Promise<string> {
  const pipeline = parse(readFileSync(join(root, "pipelines/demo.yaml"), "utf8"), {
    file: "/show/pipelines/demo.yaml",
  });
  const rates = { a: 25, b: 30, c: 60 } as const;
  const media = mediaFor(pipeline, ({ path }) => {
    const name = path.slice(7, 8) as keyof typeof rates;
    return mediaInfo(path, { durationSec: 7, video: videoInfo({ fps: { num: rates[name], den: 1 }, endSec: 7 }) });
  });
  const { survey, backends } = await surveyOf(machines["cloud T4"] ?? {});
  const plan = makePlan(pipeline, media, survey, { backends });
  const cost = estimateCost(plan.jobs, { currency: "EUR", classes: { gpu: { hour: 0.45 }, cpu: { hour: 0.15 } } });
  return explainPlan({ ...plan, estimate: { ...plan.estimate, cost } });
}

test("the plan in the README is what the planner says", async () => {
  const plan = `${await shownPlan()}\n`;
  if (process.env["UPDATE_README"])
    writeFileSync(file, text.replace(/^```text\n[^]*?^```/m, `\`\`\`text\n${plan}\`\`\``));
  else expect(blocks("text")[0]).toBe(plan);
});

test("every pipeline in the README is well formed", () => {
  const pipelines = blocks("yaml").filter((block) => block.includes("stages:"));
  expect(pipelines.length).toBeGreaterThan(0);
  for (const block of pipelines) expect(parse(block, { file: "/show/p.yaml" }).stages.length).toBeGreaterThan(0);
});

test("every command in the README is there, and every command is in the README", async () => {
  const project = await makeProject();
  const { stdout } = await project.vendue(["--help"]);
  await project.remove();
  const known = [...stdout.matchAll(/^ {2}(\w+) .*$/gm)]
    .map(([, name]) => name ?? "")
    .filter((name) => name !== "help");
  const shown = new Set([...text.matchAll(/vendue (\w+)/g)].map(([, name]) => name ?? ""));
  for (const name of known.filter((one) => one !== "bench")) expect(shown).toContain(name);
  for (const name of shown) expect(known).toContain(name);
});

test("every script in the README is in the package, and every link leads somewhere", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const [, name = ""] of text.matchAll(/npm run (\w[\w:]*)/g)) expect(Object.keys(scripts)).toContain(name);
  for (const [, path = ""] of text.matchAll(/\]\(([\w./-]+)\)/g))
    expect(() => readFileSync(join(root, path))).not.toThrow(/ENOENT/);
});
