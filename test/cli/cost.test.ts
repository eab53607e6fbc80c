import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

/** A history of three runs in one month and one in another, as reports lie in the state folder. */
beforeAll(async () => {
  project = await makeProject();
  const run = (id: string, pipeline: string, backend: string, cost: object) =>
    project.write(
      `.state/runs/${id}/report.json`,
      JSON.stringify({
        ...{
          version: 1,
          run: id,
          pipeline,
          started: `${id.slice(0, 4)}-${id.slice(4, 6)}-${id.slice(6, 8)}T10:00:00Z`,
        },
        jobs: [
          {
            id: "web",
            kind: "render",
            state: "done",
            backend,
            busy_sec: 30,
            media_sec: 60,
            joules: { gpu: 3.6e6 },
            cost,
          },
        ],
      }),
    );
  await run("20260301T100000-a", "show", "cpu", { amount: 20, currency: "EUR" });
  await run("20260301T110000-b", "show", "nvenc", { amount: 30, currency: "EUR" });
  await run("20260302T100000-c", "clip", "cpu", { unknown: "no prices are set" });
  await run("20260401T100000-d", "clip", "cpu", { amount: 999, currency: "EUR" });
  await project.write(".state/runs/20260303T100000-torn/report.json", "{");
  await project.write(".config/config.yaml", "prices: { currency: EUR, cpu: { hour: 1 } }\n");
});
afterAll(() => project.remove());

const cost = (...args: readonly string[]) => project.vendue(["cost", "--month", "2026-03", ...args]);

test("cost sums a month by day, backend and pipeline, and tells what it does not know", async () => {
  const { exitCode, stdout } = await cost();
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/2026-03-01 +2 +2 +60\.0 s +2\.0 min +2\.0000 kWh +50\.00 EUR/);
  expect(stdout).toMatch(/2026-03-02 +1 +1 .* unknown +1 job of unknown cost not counted/);
  expect(stdout).toMatch(/total +3 .* 50\.00 EUR +1 job of unknown cost not counted/);
  const { rows } = JSON.parse((await cost("--by", "backend", "--json")).stdout) as {
    rows: { name: string; cost: number }[];
  };
  expect(rows.map(({ name, cost: sum }) => [name, sum])).toEqual([
    ["cpu", 20],
    ["nvenc", 30],
  ]);
});

test.each([
  [101, 0],
  [100, 6],
  [60, 7],
  [50, 8],
  [41, 9],
])("cost against a budget of %i ends with exit code %i", async (budget, code) => {
  const { exitCode, stderr } = await cost("--budget", String(budget));
  expect(exitCode).toBe(code);
  if (code === 0) expect(stderr).toBe("");
  else
    expect(stderr).toMatch(/warning {2}spent [\d.]+ % of the budget of [\d.]+ EUR for 2026-03: past (50|80|100|120) %/);
});

test("cost refuses what is no month and no amount", async () => {
  const bad = await project.vendue(["cost", "--month", "March"]);
  expect(bad.exitCode).toBe(2);
  expect(bad.stderr).toContain("2026-03");
  expect((await cost("--budget", "much")).exitCode).toBe(2);
});
