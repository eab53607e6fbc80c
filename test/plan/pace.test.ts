import { expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import type { RenderJob } from "../../core/types.ts";
import { backends, mediaFor, survey, videoInfo } from "../support/machine.ts";

function planOf(stages: string) {
  const pipeline = parse(`version: 1\ninputs: { a: a.mp4 }\nstages:\n${stages}\n`, { file: "/p/p.yaml" });
  const media = mediaFor(pipeline, (info) => ({ ...info, video: videoInfo({ vfr: true, endSec: 600 }) }));
  const plan = makePlan(pipeline, media, survey, { backends });
  return { plan, bid: plan.jobs.find((job): job is RenderJob => job.kind === "render")?.bids[0] };
}

const out = "  - export: { output: out.mp4, video: { effort: best, size: 640x360 } }";
const rates = (args: readonly string[] = []) => args.join(" ").match(/fps=fps=[^:,]*/g) ?? [];

test("vfr: keep leaves a long clip in one piece, with no filter that makes a rate", () => {
  const { bid } = planOf(`  - normalize: { video: { vfr: keep } }\n${out}`);
  expect(bid?.pieces).toBeUndefined();
  expect(rates(bid?.commands[0]?.args)).toEqual([]);
});

test("a varying rate is made constant where nobody says anything, and where a rendition is capped", () => {
  expect(rates(planOf(out).bid?.commands[0]?.args).length).toBeGreaterThan(0);
  const capped = out.replace("effort: best", "effort: best, max_fps: 25");
  const { plan, bid } = planOf(`  - normalize: { video: { vfr: keep } }\n${capped}`);
  expect(rates(bid?.commands[0]?.args).length).toBeGreaterThan(0);
  expect(plan.warnings.map(({ text }) => text).join()).toContain("cannot keep its varying frame rate");
});
