import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PipelineError } from "../../core/errors.ts";
import type { Light } from "../../core/types.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeHdr, readPatches } from "../support/light.ts";
import { makeProject, type Project } from "../support/project.ts";
import { makeStudio, psnr, type Studio } from "../support/studio.ts";

let media: Project;

beforeAll(async () => {
  media = await makeProject();
  const source = (filter: string) => ["-f", "lavfi", "-i", `testsrc2=s=160x120:r=10:d=1,${filter}`];
  const ffv1 = ["-c:v", "ffv1"];
  await Promise.all([
    makeHdr(media.path("pq.mp4"), "pq"),
    makeHdr(media.path("hlg.mp4"), "hlg"),
    ffmpeg([...source("format=gbrp"), ...ffv1, media.path("rgb.mkv")]),
    ffmpeg([...source("format=gray"), ...ffv1, media.path("gray.mkv")]),
    ffmpeg([
      ...source("scale=out_color_matrix=bt709:out_range=pc,format=yuv420p"),
      ...["-color_range", "pc", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", media.path("full.mp4")],
    ]),
    ffmpeg([...source("scale=out_color_matrix=smpte170m,format=yuv420p"), ...ffv1, media.path("untagged.mkv")]),
    ffmpeg([...source("scale=1280:720,format=yuv420p"), "-c:v", "libx264", media.path("large.mp4")]),
    ffmpeg([
      ...source(
        "format=gbrp,zscale=pin=bt709:tin=bt709:rin=pc:m=bt2020nc:p=bt2020:t=bt2020-10:r=tv,format=yuv420p10le",
      ),
      ...[...ffv1, "-color_primaries", "bt2020", "-color_trc", "bt2020-10", "-colorspace", "bt2020nc"],
      ...["-color_range", "tv", media.path("wide.mkv")],
    ]),
  ]);
});
afterAll(() => media.remove());

function pipeline(input: string, exports: string): string {
  return `version: 1\ninputs: { a: "${media.path(input)}" }\nstages:\n  - id: web\n    export: { ${exports} }\n`;
}

const tv = { range: "tv" };
const bt709 = { primaries: "bt709", transfer: "bt709", matrix: "bt709", ...tv };
const tags = {
  pq: { primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc", ...tv },
  hlg: { primaries: "bt2020", transfer: "arib-std-b67", matrix: "bt2020nc", ...tv },
};

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;
  beforeAll(async () => void (studio = await makeStudio(path)));
  afterAll(() => studio.remove());

  test.each([
    ["pq", "hevc", "mp4"],
    ["pq", "av1", "mkv"],
    ["hlg", "hevc", "ts"],
    ["hlg", "vp9", "webm"],
  ] as const)("HDR of the kind %s is kept in %s and %s, tags, depth and light", async (kind, codec, container) => {
    const output = `out/${kind}-${codec}.${container}`;
    const video = `video: { codec: ${codec}, effort: fastest, quality: 50 }`;
    const { report } = await studio.render(pipeline(`${kind}.mp4`, `output: ${output}, ${video}`));
    expect(report.state).toBe("done");
    const [{ video: source }, { video: found }] = await Promise.all([
      studio.read(media.path(`${kind}.mp4`)),
      studio.read(studio.path(output)),
    ]);
    expect(found).toMatchObject({ hdr: kind, bitDepth: 10, color: tags[kind] });
    if (kind === "pq") expect(source?.light).toMatchObject({ maxCll: 1000, mastering: { luminance: [0.0001, 1000] } });
    expect(coarse(found?.light)).toEqual(coarse(source?.light));
  });

  test.each(["pq", "hlg"] as const)("HDR of the kind %s becomes an SDR picture that looks like it", async (kind) => {
    const exports = `output: out/${kind}-sdr.mp4, video: { codec: h264, effort: fastest, crf: 8 }`;
    const { report, plan } = await studio.render(pipeline(`${kind}.mp4`, exports));
    expect(report.state).toBe("done");
    expect(plan.warnings.map(({ text }) => text).join()).toContain("tone-mapped");
    const { video } = await studio.read(studio.path(`out/${kind}-sdr.mp4`));
    expect(video).toMatchObject({ hdr: "sdr", bitDepth: 8, color: bt709 });
    expect(video).not.toHaveProperty("light");
    const [black, dark, grey, bright, white, glare, red, green, blue] = readPatches(
      studio.frame(studio.path(`out/${kind}-sdr.mp4`)),
    );
    // Mid grey keeps its place, and white stays below what is brighter than white.
    for (const [patch, level] of [
      [black, 0],
      [dark, 54],
      [grey, 108],
      [bright, 183],
      [white, 215],
    ] as const)
      for (const value of patch ?? []) expect(Math.abs(value - level)).toBeLessThan(9);
    expect(Math.min(...(glare ?? [0]))).toBeGreaterThan(225);
    for (const [nth, patch] of [red, green, blue].entries()) {
      const [own = 0, others] = [patch?.[nth], patch?.filter((_, other) => other !== nth) ?? []];
      for (const other of others) expect(own - other).toBeGreaterThan(25);
    }
  });

  test("a copy keeps what the source says of its colour in every container", async () => {
    for (const container of ["mp4", "mov", "mkv", "ts"]) {
      const { report } = await studio.render(
        pipeline("pq.mp4", `output: out/copy.${container}, video: { codec: copy }`),
      );
      expect(report.state).toBe("done");
      expect((await studio.read(studio.path(`out/copy.${container}`))).video?.color).toEqual(tags.pq);
    }
  });

  test.each([
    ["rgb.mkv", "160x120"],
    ["gray.mkv", "160x120"],
    ["full.mp4", "160x120"],
    ["wide.mkv", "160x120"],
    ["untagged.mkv", "960x720"],
  ])("%s looks the same at %s in eight bits of limited range", async (file, size) => {
    const exports = `output: out/${file}.mp4, video: { codec: h264, effort: fastest, crf: 4, size: ${size}, fit: stretch }`;
    const { report } = await studio.render(pipeline(file, exports));
    expect(report.state).toBe("done");
    const { video } = await studio.read(studio.path(`out/${file}.mp4`));
    expect(video).toMatchObject({ bitDepth: 8, color: { range: "tv" } });
    expect(video?.color.primaries).not.toBe("bt2020");
    if (size === "960x720") expect(video?.color).toEqual(bt709);
    const reference = file === "wide.mkv" ? "rgb.mkv" : file;
    const small = { filter: "format=gbrp,scale=40:30:flags=area" };
    const found = psnr(studio.frame(studio.path(`out/${file}.mp4`), small), studio.frame(media.path(reference), small));
    expect(found).toBeGreaterThan(file === "wide.mkv" ? 22 : 28);
  });
});

test("a small picture of a large one keeps its colour, said or not", async () => {
  const studio = await makeStudio(builds[0]?.path ?? "ffmpeg");
  const { report } = await studio.render(
    pipeline("large.mp4", "output: out/small.mp4, video: { codec: h264, effort: fastest, size: 320x180 }"),
  );
  expect(report.state).toBe("done");
  expect((await studio.read(studio.path("out/small.mp4"))).video?.color).toEqual(bt709);
});

test("what cannot be kept is refused before anything is encoded, with the reason", async () => {
  const studio = await makeStudio(builds[0]?.path ?? "ffmpeg");
  const refusal = (file: string, exports: string) =>
    studio.plan(pipeline(file, exports)).then(
      () => "planned",
      (error: PipelineError) => error.problems.map(({ message }) => message).join("; "),
    );
  expect(await refusal("pq.mp4", "output: o.mp4, video: { codec: h264, hdr: preserve }")).toContain(
    "HDR cannot be preserved",
  );
  expect(await refusal("pq.mp4", "output: o.mp4, video: { codec: hevc, hdr: reject }")).toContain("is HDR (pq)");
  expect(await refusal("rgb.mkv", "output: o.mp4, video: { codec: hevc, hdr: reject }")).toBe("planned");
  expect(await refusal("rgb.mkv", "output: o.mp4, video: { codec: h264, pixel_format: yuva420p }")).toContain(
    "carries no transparency",
  );
  expect(await refusal("rgb.mkv", "output: o.mp4, video: { codec: hevc, pixel_format: yuv420p12le }")).toContain(
    "12 bits",
  );
  await studio.remove();
});

/** AV1 counts in other fractions than HEVC. */
function coarse(light: Light | undefined): unknown {
  return JSON.parse(JSON.stringify(light ?? null), (_, value: unknown) =>
    typeof value === "number" ? Math.round(value * 1000) / 1000 : value,
  );
}
