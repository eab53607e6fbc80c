import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command, RenderJob } from "../../core/types.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import { makeStudio, type Studio } from "../support/studio.ts";

let media: Project;
/** Soft shapes that move sideways, as a camera sees them. */
const moving = "testsrc2=s=320x240:r=50:d=3,gblur=sigma=4,crop=160:120:x=80+70*sin(t*4):y=50";

beforeAll(async () => {
  media = await makeProject();
  const make = (name: string, filter: string, encode: readonly string[]) =>
    ffmpeg(["-f", "lavfi", "-i", `${moving},${filter},format=yuv420p`, ...encode, media.path(name)]);
  const x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "8", "-flags", "+ildct+ilme"];
  const plain = ["-c:v", "mpeg4", "-q:v", "2"];
  await Promise.all([
    make("top.mp4", "tinterlace=mode=interleave_top", [...x264, "-x264-params", "tff=1"]),
    make("bottom.mp4", "tinterlace=mode=interleave_bottom", [...x264, "-x264-params", "bff=1"]),
    make("wrong.mp4", "tinterlace=mode=interleave_bottom,setfield=tff", [...x264, "-x264-params", "tff=1"]),
    make("whole.mp4", "fps=25,setfield=tff", [...x264, "-x264-params", "tff=1"]),
    make("mute.avi", "tinterlace=mode=interleave_bottom", plain),
    make("still.avi", "fps=25", plain),
  ]);
});
afterAll(() => media.remove());

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;
  beforeAll(async () => void (studio = await makeStudio(path)));
  afterAll(() => studio.remove());

  const pipeline = (file: string) =>
    [
      "version: 1",
      `inputs: { a: "${media.path(file)}" }`,
      "stages:",
      "  - id: web",
      `    export: { output: "out/${file}.mp4", video: { codec: h264, effort: fastest, crf: 8 } }`,
    ].join("\n");

  test.each([
    ["top.mp4", "parity=tff", ""],
    ["bottom.mp4", "parity=bff", ""],
    ["wrong.mp4", "parity=bff", "says top-first, but its frames are bottom-first"],
    ["whole.mp4", undefined, "says top-first, but its frames are progressive"],
    ["mute.avi", "parity=bff", ""],
    ["still.avi", undefined, ""],
  ])("%s is read by its flags and a look at its frames", async (file, parity, warning) => {
    const { jobs, warnings } = await studio.plan(pipeline(file));
    const args = (jobs[0] as RenderJob).bids[0]?.commands.map((one: Command) => one.args.join(" ")).join() ?? "";
    if (parity === undefined) expect(args).not.toContain("bwdif");
    else expect(args).toContain(`bwdif=mode=send_frame:${parity}`);
    expect(warnings.map(({ text }) => text).join()).toContain(warning);
  });

  test("an interlaced picture comes out whole, each frame of one moment", async () => {
    await studio.render(pipeline("bottom.mp4"));
    const combing = [30, 31, 32].map((nth) =>
      ["out/bottom.mp4.mp4", media.path("bottom.mp4")].map((name) => roughness(studio.frame(name, { nth }))),
    );
    for (const [made = 0, combed = 0] of combing) expect(made).toBeLessThan(0.6 * combed);
  });
});

/** How much neighbouring lines differ, on the average; lines of two moments differ more than lines of one. */
function roughness(rgb: Uint8Array): number {
  const row = 160 * 3;
  return rgb.reduce((sum, value, at) => sum + (at < row ? 0 : Math.abs(value - (rgb[at - row] ?? 0))), 0) / rgb.length;
}
