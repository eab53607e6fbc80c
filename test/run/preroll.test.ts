import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RenderJob } from "../../core/types.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import { makeStudio, type Studio } from "../support/studio.ts";

let media: Project;
/** Pixels that have to be converted, and one keyframe for all that the ranges below hold. */
const x264 = ["-pix_fmt", "yuv444p", "-c:v", "libx264", "-preset", "veryfast", "-g", "250", "-bf", "3"];

beforeAll(async () => {
  media = await makeProject();
  const make = (name: string, rate: string, filter = "null") =>
    ffmpeg([
      ...["-f", "lavfi", "-i", `testsrc2=s=160x90:r=${rate}:d=4`],
      ...["-vf", filter, "-fps_mode", "passthrough", ...x264, media.path(name)],
    ]);
  await Promise.all([
    make("25.mp4", "25"),
    make("30.mkv", "30"),
    make("ntsc.mp4", "30000/1001"),
    make("60.mp4", "60"),
    make("25.ts", "25"),
    make("vfr.mp4", "30", "select='not(between(t,0.9,2.2))*not(eq(mod(n,7),3))'"),
  ]);
});
afterAll(() => media.remove());

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;
  beforeAll(async () => void (studio = await makeStudio(path)));
  afterAll(() => studio.remove());

  const command = async (file: string, fps: string) => {
    const { jobs } = await studio.plan(
      [
        "version: 1",
        `inputs: { a: "${media.path(file)}" }`,
        "stages:",
        `  - normalize: { video: { fps: ${fps} } }`,
        '  - cut: { keep: ["3.007-3.5", "2-2.313", "1.21-1.6", "0.5-0.8"] }',
        "  - id: web",
        "    export: { output: out/x.mp4, video: { codec: h264 } }",
      ].join("\n"),
    );
    return (jobs[0] as RenderJob).bids[0]?.commands[0]?.args ?? [];
  };
  /** A sum of every picture of this graph. */
  const pictures = async (args: readonly string[], graph: string) => {
    const at = args.indexOf("-filter_complex");
    const out = ["-filter_complex", graph, "-map", args[at + 3] ?? "", "-fps_mode", "passthrough", "-f", "framemd5"];
    return (await execa(path, [...args.slice(0, at), ...out, "-"])).stdout;
  };

  test.each([
    ["25.mp4", "30"],
    ["25.mp4", "source"],
    ["30.mkv", "30"],
    ["ntsc.mp4", "source"],
    ["60.mp4", "30"],
    ["25.ts", "25"],
    ["vfr.mp4", "30"],
  ])("of %s at %s only pictures that are shown are converted, and they are the same", async (file, fps) => {
    const args = await command(file, fps);
    const graph = args[args.indexOf("-filter_complex") + 1] ?? "";
    const late = /(trim=end=[\d.]+),(fps=[^;]*?trim=end_frame=\d+),(scale=w=160:h=90),/g;
    expect(graph.match(late)).toHaveLength(4);
    const all = graph.replace(late, "$1,$3,$2,");
    const shown = await pictures(args, graph);
    expect(shown.match(/^0, /gm)?.length).toBeGreaterThan(35);
    expect(shown).toBe(await pictures(args, all));
  });
});
