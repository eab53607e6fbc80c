import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, type Project, root } from "../support/project.ts";

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project.remove());

async function hasCommits(): Promise<boolean> {
  const { exitCode } = await execa("git", ["-C", root, "rev-parse", "--verify", "HEAD"], { reject: false });
  return exitCode === 0;
}

test("bench compare runs whole pipelines of two commits in turns, and leaves the repository as it was", async ({
  skip,
}) => {
  if (!(await hasCommits())) skip("this is no git checkout");
  const { stdout, stderr, exitCode } = await project.vendue(
    [
      "bench",
      "compare",
      "HEAD..HEAD",
      "--clip",
      "talk",
      "--size",
      "64x36",
      "--frames",
      "24",
      "--rounds",
      "1",
      "--json",
    ],
    { cwd: root },
  );
  expect({ exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({ exitCode: 0, stderr: "" });
  const { result, decision } = JSON.parse(stdout) as {
    result: {
      run: { commit: string; base: string };
      cases: { samples: { side: string; cpuSec: number; bytes: number }[]; failures: unknown[] }[];
    };
    decision: { passed: boolean; verdicts: { word: string; metric: string }[] };
  };
  expect(result.run.commit).toBe(result.run.base);
  const [one] = result.cases;
  expect(one?.samples.map(({ side }) => side).toSorted()).toEqual(["base", "candidate"]);
  expect(one?.failures).toEqual([]);
  // Whole runs: starting Node alone takes longer than a file of this size.
  for (const { cpuSec, bytes } of one?.samples ?? []) {
    expect(cpuSec).toBeGreaterThan(0.1);
    expect(bytes).toBeGreaterThan(300);
  }
  // One round can show nothing, and that is what it says.
  expect(decision.verdicts.find(({ metric }) => metric === "cpuSec")?.word).toBe("inconclusive");
  expect(decision.verdicts.find(({ metric }) => metric === "bytes")?.word).toBe("same");
  const { stdout: left } = await execa("git", ["-C", root, "worktree", "list"]);
  expect(left).not.toContain("vendue-bench-");
}, 300_000);

test("bench compare refuses what is no range and what is no checkout", async () => {
  const range = await project.vendue(["bench", "compare", "main"], { cwd: root });
  expect([range.exitCode, range.stderr]).toEqual([2, expect.stringContaining("main..HEAD")]);
  await execa("git", ["init", "--quiet", project.folder]);
  const elsewhere = await project.vendue(["bench", "compare", "a..b"]);
  expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([2, expect.stringContaining("not a checkout of vendue")]);
});
