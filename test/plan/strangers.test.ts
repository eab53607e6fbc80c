import { expect, test } from "vitest";
import type { Backend } from "../../core/backend/mod.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import { backends, mediaFor, survey } from "../support/machine.ts";

/** Answers well when asked about the sample of a stage, and throws on the clip that is really there. */
const moody: Backend = {
  name: "moody",
  api: 1,
  probe: () => Promise.resolve({ state: "ready", facts: {} }),
  score: ({ encode }) => ({ kind: "bid", speed: 50, quality: 0.9, ...(encode && { encoder: "h264_moody" }) }),
  buildArgs({ ops, encode }) {
    if (ops.some((op) => op.kind === "frames" && op.count > 1)) throw new Error("not in the mood");
    return { filters: ops, ...(encode && { encode: { on: "system", args: ["-c:v", "h264_moody"] } }) };
  },
};

function planWith(specifier: string) {
  const pipeline = parse("version: 1\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: x.mp4 }\n", {
    file: "/p.yaml",
  });
  const found = { name: "moody", specifier, accel: true, probe: { state: "ready", facts: {} } } as const;
  return makePlan(
    pipeline,
    mediaFor(pipeline),
    { ...survey, backends: [found, ...survey.backends] },
    { backends: [moody, ...backends] },
  );
}

test("a stranger that throws on one clip loses its rung, with a warning, and never the plan", () => {
  const plan = planWith("./moody/mod.ts");
  const [job] = plan.jobs;
  expect(job?.kind === "render" && job.bids.map(({ backend }) => backend)).toEqual(["cpu"]);
  expect(plan.warnings[0]?.text).toMatch(/moody threw in buildArgs: not in the mood; it is left out/);
});

test("a built-in that throws is a bug that shows", () => {
  expect(() => planWith("moody")).toThrow("not in the mood");
});
