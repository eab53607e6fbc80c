import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeStudio, psnr, type Studio } from "../support/studio.ts";

/** Fine lines and moving edges, which a picture loses first where it is scaled twice. */
const source = "testsrc2=s=960x540:r=30:d=0.8,noise=alls=4:allf=t:all_seed=7,format=yuv420p";
const sizes = ["960x540", "640x360", "426x240", "320x180", "160x90"] as const;

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await makeStudio(path);
    const tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];
    const encode = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", ...tags];
    await ffmpeg(["-f", "lavfi", "-i", source, ...encode, studio.path("a.mp4")]);
  });
  afterAll(() => studio.remove());

  test("every rung of a cascade has its size, all its frames, its tags, and looks as if scaled at once", async () => {
    const rungs = sizes.map((size) => `        - { name: "${size}", video: { size: ${size} } }`);
    const { plan, report } = await studio.render(
      [
        "version: 1",
        "inputs: { a: a.mp4 }",
        "stages:",
        "  - export:",
        '      output: "out/${rendition}.mp4"',
        "      video: { codec: h264, effort: fastest, crf: 2 }",
        "      renditions:",
        ...rungs,
        "        - { name: slow, video: { size: 320x180, max_fps: 15 } }",
      ].join("\n"),
    );
    expect(report.jobs.map(({ state, error }) => error ?? state)).toEqual(["done"]);
    const [job] = plan.jobs;
    const args = job?.kind === "render" ? (job.bids[0]?.commands[0]?.args ?? []) : [];
    // The rung of the full size, the one below it, and the slow one.
    expect(args[args.indexOf("-filter_complex") + 1]).toContain("[v0]split=outputs=3");
    for (const [nth, size] of [...sizes, "320x180"].entries()) {
      const name = nth < sizes.length ? size : "slow";
      const [width = 0, height = 0] = size.split("x").map(Number);
      const { video } = await studio.read(`out/${name}.mp4`);
      expect(video).toMatchObject({ width, height, sar: { num: 1, den: 1 }, color: { matrix: "bt709", range: "tv" } });
      expect(report.jobs[0]?.outputs[nth]?.checks.filter(({ ok }) => !ok)).toEqual([]);
      const at = name === "slow" ? 5 : 10;
      const direct = studio.frame("a.mp4", {
        nth: 10,
        filter: `scale=${width}:${height}:flags=bicubic,format=yuv420p`,
      });
      expect(psnr(studio.frame(`out/${name}.mp4`, { nth: at }), direct), name).toBeGreaterThan(40);
    }
  });
});
