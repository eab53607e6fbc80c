import { expect, test } from "vitest";
import type { Backend } from "../../core/backend/mod.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import { backends, mediaFor, survey } from "../support/machine.ts";

const head = "version: 1\ninputs: { a: a.mp4 }\nstages:\n";
const times = (count: number, line: (nth: number) => string) => Array.from({ length: count }, (_, nth) => line(nth));

const chain = (stages: number) =>
  times(stages - 1, (nth) =>
    nth % 2 === 0 ? "  - cut: { keep: '0:00-0:59' }" : "  - normalize: { video: { size: 1280x720 } }",
  ).concat("  - export: { output: out.mp4 }");

const jobs = (stages: number) =>
  times(stages / 2, (nth) => {
    const cut = `  - { id: cut${nth}, cut: { input: a, keep: "0:01-0:0${(nth % 8) + 2}" } }`;
    return `${cut}\n  - { id: out${nth}, export: { output: out/${nth}.mp4 } }`;
  });

const joined = (stages: number) => {
  const names = times(stages - 2, (nth) => `cut${nth}`);
  return [
    ...names.map((id, nth) => `  - { id: ${id}, cut: { input: a, keep: "0:0${nth % 5}-0:${10 + (nth % 40)}" } }`),
    `  - concat: { inputs: [${names.join(", ")}] }`,
    "  - export: { output: out.mp4 }",
  ];
};

const shapes = { "stages in one chain": chain, "cuts with an export each": jobs, "cuts joined to one": joined };

/** A planner of one pipeline that tells what it took, in microseconds of this process alone; of several, the mean. */
function planner(lines: readonly string[], { bidders = backends, plans = 1 } = {}): () => number {
  const pipeline = parse(`${head}${lines.join("\n")}\n`, { file: "/p.yaml" });
  const media = mediaFor(pipeline);
  return () => {
    const before = process.cpuUsage();
    for (let nth = 0; nth < plans; nth += 1) makePlan(pipeline, media, survey, { backends: bidders });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / plans;
  };
}

test.each(Object.entries(shapes))("makePlan() takes time in proportion to %s", (_, shape) => {
  // As many stages on both sides: a small plan alone is done before any garbage is collected, and pays for none.
  const [few, many] = [planner(shape(200), { plans: 4 }), planner(shape(800))];
  // In turns, and the best of each: the first ones compile, and others who use the machine slow both down alike.
  const took = Array.from({ length: 12 }, () => [few(), many()] as const).slice(3);
  const best = (nth: 0 | 1) => Math.min(...took.map((pair) => pair[nth]));
  expect(best(1) / best(0)).toBeLessThan(6);
});

test("makePlan() asks a backend nothing twice, however many stages ask it", () => {
  let asked = 0;
  const counting = backends.map((one): Backend => ({
    ...one,
    score: (task, facts) => (asked++, one.score(task, facts)),
  }));
  const questions = [200, 800].map((stages) => {
    asked = 0;
    planner(chain(stages), { bidders: counting })();
    return asked;
  });
  expect(questions[1]).toBe(questions[0]);
});

test("makePlan() asks for the arguments of a lower rung when the ladder is read, and then once", () => {
  const asked: string[] = [];
  const counting = backends.map((one): Backend => ({
    ...one,
    buildArgs: (task, facts) => (asked.push(one.name), one.buildArgs(task, facts)),
  }));
  const pipeline = parse(`${head}  - export: { input: a, output: out.mp4 }\n`, { file: "/p.yaml" });
  const { jobs } = makePlan(pipeline, mediaFor(pipeline), survey, { backends: counting });
  const [job] = jobs;
  if (job?.kind !== "render") throw new Error("there is nothing to render");
  const planned = asked.length;
  const { bids } = job;
  expect(new Set(asked.slice(planned))).toEqual(new Set(bids.map(({ backend }) => backend)));
  const read = asked.length;
  expect(job.bids).toBe(bids);
  expect(JSON.parse(JSON.stringify(job))).toEqual({ ...job });
  expect(asked).toHaveLength(read);
});
