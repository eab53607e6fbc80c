import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeStudio, type Studio } from "../support/studio.ts";

const liar = fileURLToPath(new URL("../support/liar/liar.mjs", import.meta.url));

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await makeStudio(path, { accel: "preferred" });
    const encode = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "12", "-pix_fmt", "yuv420p"];
    await Promise.all([
      ffmpeg(["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=3", ...encode, studio.path("a.mp4")]),
      ffmpeg(["-f", "lavfi", "-i", "mandelbrot=s=128x96:r=30", "-t", "2", ...encode, studio.path("b.ts")]),
    ]);
  });
  afterAll(() => studio.remove());

  async function attempts(lie: string) {
    const { report } = await studio.render(
      [
        "version: 1",
        "inputs: { a: a.mp4, b: b.ts }",
        `backends: [{ use: ${liar}, options: { lie: ${lie} } }, cpu]`,
        "stages:",
        "  - cut: { input: a, keep: ['0.4-1.2', '1.6-2.4'] }",
        "  - concat: { inputs: [cut, b], crossfade: 0.4 }",
        "  - id: web",
        "    export: { output: 'out/${stage}.mp4', video: { codec: h264, effort: fastest, size: 128x128 } }",
      ].join("\n"),
    );
    return {
      report,
      told: report.jobs[0]?.attempts.map(({ backend, outcome, cause = "" }) => ({ backend, outcome, cause })),
    };
  }

  test.each(
    [
      ["green", "colours|dark|bright"],
      ["black", "dark|something else"],
      ["garbled", "something else"],
      ["black half way", "dark|something else"],
    ].slice(0, path === builds[0]?.path ? 4 : 1),
  )("a %s picture made by the real job does not count, and the cpu makes it well", async (lie, words) => {
    const { report, told } = await attempts(lie);
    expect(report.state).toBe("done");
    expect(told).toHaveLength(2);
    expect(told?.[0]).toMatchObject({ backend: "liar", outcome: "unverified" });
    expect(told?.[0]?.cause).toMatch(/looks like its sources/);
    expect(told?.[0]?.cause).toMatch(new RegExp(words));
    expect(told?.[1]).toMatchObject({ backend: "cpu", outcome: "done" });
  });

  test("an honest picture counts, at a low quality and over cuts, a crossfade and another rate", async () => {
    const { report, told } = await attempts("none");
    expect(told).toEqual([{ backend: "liar", outcome: "done", cause: "" }]);
    const checks = report.jobs[0]?.outputs[0]?.checks.filter(({ name }) => name === "looks like its sources");
    expect(checks).toHaveLength(1);
    // One moment of four lies in the crossfade, where two sources are shown.
    expect(checks?.[0]).toMatchObject({ ok: true, expected: "what the sources show, at 3 moments" });
  });
});
