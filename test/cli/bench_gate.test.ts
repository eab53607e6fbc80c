import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCase, makeResult } from "../bench/results.ts";
import { makeProject, type Project } from "../support/project.ts";

const sides = ["candidate"] as const;
let project: Project;
const bench = (...args: readonly string[]) => project.vendue(["bench", ...args]);
const read = (name: string) => readFile(project.path(name), "utf8");

beforeAll(async () => {
  project = await makeProject();
  const save = (name: string, result: ReturnType<typeof makeResult>) => project.write(name, JSON.stringify(result));
  const run = (id: string) => ({ ...makeResult().run, id, startedAt: `2026-02-${id.slice(1)}T00:00:00.000Z` });
  await save("good.json", makeResult({ run: run("r01"), cases: [makeCase({ sides })] }));
  await save("slow.json", makeResult({ run: run("r02"), cases: [makeCase({ sides, ratio: 1.3 })] }));
  await save(
    "quick.json",
    makeResult({ run: { ...run("r03"), quick: true }, cases: [makeCase({ sides, rounds: 3 })] }),
  );
  await project.write("bad.yaml", "version: 1\nbudgets:\n  - vmaf_wihtin: 2\n");
});
afterAll(() => project.remove());

test("bench gate without a baseline is not a pass, and accepting one takes a reason", async () => {
  const open = await bench("gate", "good.json");
  expect(open).toMatchObject({ exitCode: 0 });
  expect(open.stdout).toMatch(/^not measured +cpu\/h264\/.* no baseline has /m);
  expect(await bench("baseline", "accept", "good.json")).toMatchObject({ exitCode: 2 });
  const quick = await bench("baseline", "accept", "quick.json", "--reason", "hurry");
  expect([quick.exitCode, quick.stderr]).toEqual([2, expect.stringContaining("was a quick run")]);
});

test("bench gate ends with 3 on a regression, and writes every form of the account", async () => {
  expect(await bench("baseline", "accept", "good.json", "--reason", "the first one")).toMatchObject({ exitCode: 0 });
  expect(await read("bench/baseline.json")).toContain('"reason": "the first one"');
  expect((await bench("baseline")).stdout).toMatch(/cpu\/h264\/balanced\/full\/talk@320x180 .* the first one$/m);

  const forms = ["--junit", "o/j.xml", "--markdown", "o/m.md", "--html", "o/p.html", "--prometheus", "o/b.prom"];
  await project.write("summary.md", "before\n");
  const env = { ...project.env, GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: project.path("summary.md") };
  const failed = await project.vendue(["bench", "gate", "slow.json", "--record", ...forms], { env });
  expect(failed.exitCode).toBe(3);
  expect(failed.stdout).toMatch(/^missed +cpu\/h264\/balanced\/full\/talk@320x180 +cpuSec +x1\.\d\d n=7 /m);
  expect(failed.stdout).toMatch(/^::error title=cpu\/h264.* cpuSec::/m);
  expect(await read("o/j.xml")).toContain('<failure type="regression"');
  expect(await read("o/m.md")).toContain("Gate failed");
  expect(await read("o/p.html")).toMatch(/^<!doctype html>/);
  expect(await read("o/b.prom")).toContain("vendue_bench_gate_passed");
  expect(await read("summary.md")).toMatch(/^before\n<!-- bench:report -->/);
  expect(JSON.parse(await read("bench/history.jsonl"))).toMatchObject({ run: "r02", said: "regression" });
});

test("bench report says the same and fails nothing; broken budgets are told with their place", async () => {
  const report = await bench("report", "slow.json", "--json");
  expect(report.exitCode).toBe(0);
  expect(JSON.parse(report.stdout)).toMatchObject({ decision: { passed: false } });
  // An account is as good as the result in it.
  await project.write("account.json", report.stdout);
  expect((await bench("report", "account.json", "--json")).stdout).toBe(report.stdout);
  const broken = await bench("gate", "good.json", "--budgets", "bad.yaml");
  expect(broken.exitCode).toBe(2);
  expect(broken.stderr).toMatch(
    /CONFIG_INVALID .*bad\.yaml:3:5\n.*Unknown key "vmaf_wihtin".*\n.*did you mean vmaf_within\?/,
  );
  expect(await bench("gate", "bad.yaml")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("is not JSON") as string,
  });
});

test("bench history adds a run once, and ends with 3 where something drifts", async () => {
  expect((await bench("history", "add", "slow.json")).stdout).toContain("has r02 already");
  expect((await bench("history", "add", "good.json")).stdout).toContain("1 cases of r01 added");
  const [line = ""] = (await read("bench/history.jsonl")).split("\n");
  const { relativeCpu, ...rest } = JSON.parse(line) as { readonly relativeCpu: object };
  const lines = Array.from({ length: 20 }, (_, nth) =>
    JSON.stringify({
      ...rest,
      run: `n${nth}`,
      commit: `c${nth}`,
      at: new Date(Date.UTC(2026, 2, 1 + nth)).toISOString(),
      relativeCpu: { ...relativeCpu, p50: (nth < 10 ? 2 : 2.3) + (nth % 3) / 100 },
    }),
  );
  await project.write("long.jsonl", `${lines.join("\n")}\n`);
  const drift = await bench("history", "check", "--history", "long.jsonl");
  expect(drift.exitCode).toBe(3);
  expect(drift.stdout).toMatch(/^drifting +cpu\/h264.* between c9 and c10/m);
});
