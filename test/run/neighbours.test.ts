import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RenderJob } from "../../core/types.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import { makeStudio, type Studio } from "../support/studio.ts";

let media: Project;

beforeAll(async () => {
  media = await makeProject();
  const make = (name: string, rate: string, gop: number) =>
    ffmpeg([
      ...["-f", "lavfi", "-i", `testsrc2=s=160x90:r=${rate}:d=4`, "-f", "lavfi", "-i", "aevalsrc=t/4:s=48000:d=4"],
      ...["-c:v", "libx264", "-preset", "veryfast", "-g", String(gop), "-bf", "3", "-c:a", "aac", media.path(name)],
    ]);
  await Promise.all([
    make("25.mp4", "25", 250),
    make("30.mkv", "30", 250),
    make("60.mov", "60", 250),
    make("25.ts", "25", 250),
    make("ntsc.mp4", "30000/1001", 250),
    make("short.mp4", "25", 10),
  ]);
});
afterAll(() => media.remove());

const ranges = ["0.4-0.8", "1.2-1.6", "2-2.4", "3-3.4"];

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;
  beforeAll(async () => void (studio = await makeStudio(path)));
  afterAll(() => studio.remove());

  const command = async (file: string, fps: string, keep: readonly string[]) => {
    const { jobs } = await studio.plan(
      [
        "version: 1",
        `inputs: { a: "${media.path(file)}" }`,
        "stages:",
        `  - normalize: { video: { fps: ${fps} } }`,
        `  - cut: { keep: ${JSON.stringify(keep)} }`,
        "  - id: web",
        "    export: { output: out/x.mp4, video: { codec: h264 } }",
      ].join("\n"),
    );
    return (jobs[0] as RenderJob).bids[0]?.commands[0]?.args ?? [];
  };
  const opened = (args: readonly string[]) => args.filter((arg) => arg === "-i").length;
  /** A sum of every picture of a command, in order. */
  const pictures = async (args: readonly string[]) => {
    const map = args[args.indexOf("-map") + 1] ?? "";
    const head = args.slice(0, args.indexOf("-filter_complex") + 2).join("\n");
    // What is heard goes nowhere.
    const graph = head.replace(/;\[\d+:1\][^]*$/, "").split("\n");
    const out = ["-map", map, "-fps_mode", "passthrough", "-f", "framemd5", "-"];
    const { stdout } = await execa(path, [...graph, ...out]);
    return stdout.split("\n").flatMap((line) => (line.startsWith("0,") ? [line.split(",").at(-1)] : []));
  };

  test.each([
    ["25.mp4", "30", 1],
    ["25.mp4", "source", 1],
    ["30.mkv", "30", 1],
    ["60.mov", "30", 1],
    ["25.ts", "25", 1],
    ["ntsc.mp4", "source", 4],
    ["short.mp4", "25", 4],
  ])("near ranges of %s at %s are read from %i inputs, and are what each is alone", async (file, fps, inputs) => {
    const together = await command(file, fps, ranges);
    expect(opened(together)).toBe(inputs);
    const alone = [];
    for (const range of ranges) alone.push(...(await pictures(await command(file, fps, [range]))));
    const found = await pictures(together);
    expect(found.length).toBeGreaterThan(35);
    if (inputs === 1) expect(found).toEqual(alone);
  });
});
