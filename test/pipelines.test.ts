import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "../core/pipeline/mod.ts";
import { explainPlan, explainStage, makePlan } from "../core/plan/mod.ts";
import { backends, mediaFor, survey } from "./support/machine.ts";
import { root } from "./support/project.ts";

const names = readdirSync(join(root, "pipelines")).filter((name) => name.endsWith(".yaml"));

test.each(names)("the example %s makes a plan, and the same one every time", (name) => {
  const file = join("/show/pipelines", name);
  const pipeline = parse(readFileSync(join(root, "pipelines", name), "utf8"), { file });
  const media = mediaFor(pipeline);
  const plan = makePlan(pipeline, media, survey, { backends });
  expect(plan.jobs.length).toBeGreaterThan(0);
  expect(JSON.stringify(makePlan(pipeline, media, survey, { backends }))).toBe(JSON.stringify(plan));
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  for (const { id } of pipeline.stages) expect(explainStage(plan, id)).toContain(id);
  for (const job of plan.jobs) expect(explainPlan(plan)).toContain(job.id);
});
