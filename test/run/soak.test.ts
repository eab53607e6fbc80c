import { expect, test } from "vitest";
import { soak } from "../support/soak/soak.ts";

test("no job is lost on machines that die, hang, fill up and come back", { timeout: 180_000 }, async () => {
  const { losses, failures, fallbacks } = await soak({ jobs: 25, seed: 21, rounds: 2 });
  expect(losses).toEqual([]);
  // Or nothing was put to the test.
  expect(Object.values(failures).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
  expect(Object.keys(failures).length).toBeGreaterThan(2);
  expect(fallbacks).toBeGreaterThan(0);
});
