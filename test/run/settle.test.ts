import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { load, plan, run, survey } from "../../core/mod.ts";
import type { RunEvent } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  const clip = "-f lavfi -i testsrc2=size=1280x720:rate=25 -t 4 -c:v libx264 -preset ultrafast -pix_fmt yuv420p";
  await ffmpeg([...clip.split(" "), project.path("media/a.mp4")]);
  Object.assign(process.env, project.env);
});
afterAll(async () => {
  for (const name of Object.keys(project.env)) delete process.env[name];
  await project.remove();
});

test("the next job begins while the last is verified, and both are verified whole", { timeout: 120_000 }, async () => {
  const stage = (id: string) =>
    `  - { id: ${id}, export: { input: a, output: out/${id}.mp4, video: { effort: fastest } } }\n`;
  const text = `version: 1\nbackends: [cpu]\ninputs: { a: media/a.mp4 }\nstages:\n${stage("one")}${stage("two")}`;
  const { pipeline, backends, media } = await load(await project.write("two.yaml", text));
  const work = run(plan(pipeline, media, await survey(backends)));
  const events: RunEvent[] = [];
  for await (const event of work) events.push(event);
  const place = (type: RunEvent["type"], nth: number) =>
    events.indexOf(events.filter((event) => event.type === type)[nth] as RunEvent);
  expect(place("job.started", 1)).toBeGreaterThan(0);
  expect(place("job.started", 1)).toBeLessThan(place("job.ended", 0));
  const { state, jobs } = await work.report;
  expect(state).toBe("done");
  const decodes = jobs.flatMap(({ outputs }) =>
    outputs.flatMap(({ checks }) => checks.filter(({ name }) => name === "decodes")),
  );
  expect(decodes.map(({ ok, expected }) => [ok, expected])).toEqual(
    Array(2).fill([true, "no error from start to end"]),
  );
});
