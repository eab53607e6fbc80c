import { afterAll, expect, test } from "vitest";
import { newMarker } from "../../core/run/rerun.ts";
import { makeProject } from "../support/project.ts";

const project = await makeProject();
afterAll(() => project.remove());

test("a source is read once, however many jobs are made of it, and again when it is another one", async () => {
  const path = await project.write("a.mp4", "one");
  const mark = newMarker(new AbortController().signal);
  const [one, other] = await Promise.all([mark(path), mark(path)]);
  expect(other).toBe(one);
  expect(await mark(path)).toBe(one);
  await project.write("a.mp4", "another");
  const changed = await mark(path);
  expect(changed).toMatchObject({ path, sizeBytes: 7 });
  expect(changed.sha256).not.toBe(one.sha256);
});

test("nobody waits for a source to be read to its end when the run is over", async () => {
  const over = new AbortController();
  over.abort();
  await expect(newMarker(over.signal)(await project.write("b.mp4", "two"))).rejects.toThrow("aborted");
});
