import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import { makeStudio, psnr, type Studio } from "../support/studio.ts";

let media: Project;
/** Left half of red, of which the right half of the picture lets nothing be seen. */
const ghost = "color=red:s=128x96:r=10:d=0.5,format=gbrap,geq=r=255:g=0:b=0:a='if(lt(X,64),255,0)'";
const lossless = ["-c:v", "ffv1"];

beforeAll(async () => {
  media = await makeProject();
  const lavfi = (source: string) => ["-f", "lavfi", "-i", source];
  const bars = "testsrc2=s=128x96:r=10:d=1";
  const ts = (name: string, filter: string, startSec: number) =>
    ffmpeg([
      ...lavfi(`${bars},${filter}`),
      ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", "-bf", "0", "-g", "5"],
      ...["-output_ts_offset", String(startSec), media.path(name)],
    ]);
  await Promise.all([
    ffmpeg([...lavfi(ghost), ...lossless, media.path("gbrap.mkv")]),
    ffmpeg([...lavfi(`${ghost},format=rgba`), "-c:v", "qtrle", media.path("argb.mov")]),
    ffmpeg([
      ...lavfi(ghost),
      "-c:v",
      "prores_ks",
      "-profile:v",
      "4444",
      "-pix_fmt",
      "yuva444p10le",
      media.path("pr.mov"),
    ]),
    ffmpeg([
      ...[...lavfi(`${ghost},format=yuva420p`), "-c:v", "libvpx-vp9", "-auto-alt-ref", "0", "-cpu-used", "8"],
      media.path("vp9.webm"),
    ]),
    ...["yuv422p", "yuv444p", "yuv420p12le", "yuv422p10le", "gbrp10le", "yuv411p"].map((format) =>
      ffmpeg([...lavfi(`${bars},format=${format}`), ...lossless, media.path(`${format}.mkv`)]),
    ),
    ffmpeg([...lavfi("testsrc2=s=127x95:r=10:d=0.5,format=yuv444p"), ...lossless, media.path("odd.mkv")]),
    ffmpeg([...lavfi(`${bars},setsar=4/3`), "-c:v", "libx264", "-preset", "ultrafast", media.path("wide.mp4")]),
    ts("a.ts", "format=yuv420p", 0),
    ts("b.ts", "scale=64:48,format=yuv420p", 1),
    ts("c.ts", "format=yuv422p", 2),
  ]);
  const parts = await Promise.all(["a", "b", "c"].map((name) => readFile(media.path(`${name}.ts`))));
  await writeFile(media.path("switch.ts"), Buffer.concat(parts));
});
afterAll(() => media.remove());

function pipeline(input: string, exports: string, before = ""): string {
  return `version: 1\ninputs: { a: "${media.path(input)}" }\nstages:\n${before}  - id: web\n    export: { ${exports} }\n`;
}

const fast = "effort: fastest, crf: 8";

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;
  beforeAll(async () => void (studio = await makeStudio(path)));
  afterAll(() => studio.remove());

  test.each(["gbrap.mkv", "argb.mov", "pr.mov", "vp9.webm"])(
    "what can be seen through in %s is black",
    async (file) => {
      const { report } = await studio.render(
        pipeline(file, `output: out/${file}.mp4, video: { codec: h264, ${fast} }`),
      );
      expect(report.state).toBe("done");
      const rgb = studio.frame(`out/${file}.mp4`);
      const at = (x: number) => [...rgb.subarray((48 * 128 + x) * 3, (48 * 128 + x) * 3 + 3)];
      const [seen, hidden] = [at(20), at(108)];
      expect(seen[0]).toBeGreaterThan(235);
      expect(Math.max(...seen.slice(1))).toBeLessThan(20);
      expect(Math.max(...hidden)).toBeLessThan(8);
    },
  );

  test("alpha is kept where the pixel format asks for it and the container carries it", async () => {
    const video = "video: { codec: vp9, effort: fastest, quality: 80, pixel_format: yuva420p }";
    const { report } = await studio.render(pipeline("pr.mov", `output: out/ghost.webm, ${video}`));
    expect(report.state).toBe("done");
    expect((await studio.read("out/ghost.webm")).video?.alpha).toBe(true);
    const alpha = studio.frame("out/ghost.webm", { args: ["-c:v", "libvpx-vp9"], filter: "alphaextract" });
    expect(alpha[(48 * 128 + 20) * 3]).toBeGreaterThan(245);
    expect(alpha[(48 * 128 + 108) * 3]).toBeLessThan(10);
  });

  test.each([
    ["yuv422p.mkv", "h264", "yuv420p"],
    ["yuv411p.mkv", "h264", "yuv420p"],
    ["yuv420p12le.mkv", "h264", "yuv420p"],
    ["yuv420p12le.mkv", "hevc", "yuv420p10le"],
    ["yuv422p10le.mkv", "hevc", "yuv420p10le"],
    ["gbrp10le.mkv", "hevc", "yuv420p10le"],
    ["odd.mkv", "h264", "yuv420p"],
  ])("%s as %s becomes %s and looks the same", async (file, codec, pixelFormat) => {
    const output = `out/${file}-${codec}.mp4`;
    const { report } = await studio.render(pipeline(file, `output: ${output}, video: { codec: ${codec}, ${fast} }`));
    expect(report.state).toBe("done");
    const { video } = await studio.read(output);
    expect(video).toMatchObject({ pixelFormat, width: 128, height: 96 });
    const small = { filter: "format=gbrp,scale=32:24:flags=area" };
    expect(psnr(studio.frame(output, small), studio.frame(media.path(file), small))).toBeGreaterThan(26);
  });

  test("pixels that are not square become square", async () => {
    const exports = `output: out/wide.mp4, video: { codec: h264, ${fast} }`;
    expect((await studio.render(pipeline("wide.mp4", exports))).report.state).toBe("done");
    expect((await studio.read("out/wide.mp4")).video).toMatchObject({
      width: 170,
      height: 96,
      sar: { num: 1, den: 1 },
    });
  });

  test("a stream that changes its size and its pixel format keeps its size, its length and its picture", async () => {
    const cut = "  - cut: { keep: ['0.4-2.8'] }\n";
    for (const [name, before, frames] of [
      ["whole", "", 30],
      ["part", cut, 24],
    ] as const) {
      const exports = `output: out/${name}.mp4, video: { codec: h264, ${fast} }`;
      const { report } = await studio.render(pipeline("switch.ts", exports, before));
      expect(report.state).toBe("done");
      expect(report.jobs[0]?.outputs[0]?.video).toMatchObject({ width: 128, height: 96, frames });
    }
    const small = "format=gbrp,scale=32:24:flags=area";
    for (const [nth, file] of ["a.ts", "b.ts", "c.ts"].entries()) {
      const found = studio.frame("out/whole.mp4", { nth: nth * 10 + 4, filter: small });
      expect(psnr(found, studio.frame(media.path(file), { nth: 4, filter: small }))).toBeGreaterThan(24);
    }
  });
});
