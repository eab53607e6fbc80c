import { expect, test } from "vitest";
import { PipelineError } from "../../core/errors.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import type { Media, MediaInfo, Plan, RenderJob } from "../../core/types.ts";
import { backends, mediaFor, survey, videoInfo } from "../support/machine.ts";

interface Change {
  readonly info?: (info: MediaInfo) => MediaInfo;
  readonly media?: (media: Media) => Media;
}

function planOf(
  stages: string,
  { info, media = (same) => same }: Change = {},
  inputs = "{ a: a.mp4, b: b.mp4 }",
): Plan {
  const pipeline = parse(`version: 1\ninputs: ${inputs}\nstages:\n${stages}\n`, { file: "/show/p.yaml" });
  return makePlan(pipeline, media(mediaFor(pipeline, info)), survey, { backends });
}

const renders = ({ jobs }: Plan): readonly RenderJob[] => jobs.filter((job): job is RenderJob => job.kind === "render");
const command = (plan: Plan) => renders(plan)[0]?.bids[0]?.commands.at(-1)?.args ?? [];
const graph = (plan: Plan) => command(plan)[command(plan).indexOf("-filter_complex") + 1] ?? "";
const count = (args: readonly string[], word: string) => args.filter((arg) => arg === word).length;

function problemsOf(stages: string, change?: Change) {
  try {
    planOf(stages, change);
  } catch (error) {
    if (error instanceof PipelineError) return error.problems;
    throw error;
  }
  return [];
}

test("makePlan() fuses four stages into one decode and one encode, each range with its own seek", () => {
  const plan = planOf(`
  - id: level
    normalize: { loudness: podcast, video: { size: 1280x720, fps: 25 } }
  - id: best
    cut: { keep: ["1:00-1:02", "5:00-5:03"] }
  - id: show
    concat:
  - id: web
    export: { output: out/x.mp4 }`);
  expect(renders(plan)).toHaveLength(1);
  expect(count(command(plan), "-i")).toBe(4);
  expect(command(plan).flatMap((arg, nth, all) => (arg === "-ss" ? [all[nth + 1]] : []))).toEqual([
    "60",
    "300",
    "60",
    "300",
  ]);
  expect(count(command(plan), "-c:v")).toBe(1);
  expect(renders(plan)[0]?.stages).toEqual(["level", "best", "show", "web"]);
  expect(renders(plan)[0]?.outputs[0]).toMatchObject({
    durationSec: 10,
    video: { frames: 250, width: 1280, height: 720 },
  });
  expect(plan.segments.map(({ frames }) => frames)).toEqual([
    [1800, 1860],
    [9000, 9090],
    [1800, 1860],
    [9000, 9090],
  ]);
});

test("makePlan() scales a picture once, however many stages ask for a size", () => {
  const plan = planOf(`
  - normalize: { inputs: [a], video: { size: 1920x1080 } }
  - id: web
    export: { output: out/x.mp4, video: { size: 1280x720 } }`);
  expect(graph(plan).match(/scale=/g)).toHaveLength(1);
  expect(graph(plan)).toContain("scale=w=1280:h=720");
});

test("makePlan() drops frames before it scales them", () => {
  const plan = planOf(
    "  - id: web\n    export: { input: a, output: out/x.mp4, video: { size: 640x360, max_fps: 30 } }",
    { info: (info) => ({ ...info, video: videoInfo({ fps: { num: 60, den: 1 } }) }) },
  );
  expect(graph(plan).indexOf("fps=fps=30/1")).toBeGreaterThan(-1);
  expect(graph(plan).indexOf("fps=fps=30/1")).toBeLessThan(graph(plan).indexOf("scale="));
});

test("makePlan() measures loudness in a pass of its own, sound only, and names the gain until then", () => {
  const plan = planOf(
    "  - id: level\n    normalize: { input: a, loudness: streaming }\n  - id: web\n    export: { output: out/x.mp4 }",
  );
  const [measure] = plan.jobs;
  expect(measure).toMatchObject({ kind: "measure", id: "measure level.a", after: [] });
  expect(measure?.kind === "measure" && measure.command.args).toContain("-vn");
  expect(graph(plan)).toContain("volume=volume={{level.a}}dB");
  expect(renders(plan)[0]?.after).toEqual(["measure level.a"]);
  expect(plan.unfused).toMatchObject([{ between: ["level.a", "web"] }]);
});

test("makePlan() measures one sound once, however many stages want its loudness", () => {
  const plan = planOf(`
  - id: loud
    normalize: { input: a, loudness: streaming }
  - id: one
    export: { output: out/1.mp4 }
  - id: quiet
    normalize: { input: a, loudness: broadcast }
  - id: two
    export: { output: out/2.mp4 }`);
  const measures = plan.jobs.filter(({ kind }) => kind === "measure");
  expect(measures).toHaveLength(1);
  expect(measures[0]?.kind === "measure" && measures[0].gains.map(({ name }) => name)).toEqual(["loud.a", "quiet.a"]);
});

test("makePlan() makes renditions from one decode", () => {
  const plan = planOf(`
  - id: web
    export:
      input: a
      output: "out/\${rendition}.mp4"
      renditions: [{ name: big }, { name: mid, video: { size: 1280x720 } }, { name: small, video: { size: 640x360, max_fps: 15 } }]`);
  expect(renders(plan)).toHaveLength(1);
  expect(count(command(plan), "-i")).toBe(1);
  expect(count(command(plan), "-c:v")).toBe(3);
  expect(graph(plan)).toContain("split=outputs=3");
  expect(renders(plan)[0]?.outputs.map(({ video }) => [video?.width, video?.frames])).toEqual([
    [1920, 18000],
    [1280, 18000],
    [640, 9000],
  ]);
});

test("makePlan() writes one file for every clip of a list", () => {
  const plan = planOf('  - id: web\n    export: { output: "out/${input}.mp4" }', {}, "{ clips: clips/*.mp4 }");
  expect(renders(plan).map(({ id, outputs }) => [id, outputs[0]?.target])).toEqual([
    ["web.clips-1", "/show/out/clips-1.mp4"],
    ["web.clips-2", "/show/out/clips-2.mp4"],
  ]);
});

test("makePlan() copies packets where that was asked for and is possible", () => {
  const plan = planOf(
    "  - id: web\n    export: { input: a, output: out/x.mkv, video: { codec: copy }, audio: { codec: copy } }",
  );
  const [job] = renders(plan);
  expect(job?.bids).toMatchObject([{ backend: "copy", encoder: "copy" }]);
  expect(command(plan)).not.toContain("-filter_complex");
  expect(command(plan).join(" ")).toContain("-c:v copy");
});

test.each([
  ["a changed size", "  - normalize: { input: a, video: { size: 640x360 } }\n", "changes the picture"],
  ["a crossfade", "  - concat: { inputs: [a, b], crossfade: 1 }\n", "crossfade"],
  ["an exact cut", "  - cut: { input: a, keep: '0:01-0:02' }\n", "keyframe"],
])("makePlan() refuses to copy %s and says why", (_, stages, word) => {
  const [problem] = problemsOf(`${stages}  - id: web\n    export: { output: out/x.mp4, video: { codec: copy } }`);
  expect(problem?.code).toBe("COPY_REFUSED");
  expect(problem?.message).toContain(word);
});

test("makePlan() refuses to copy clips that differ, and names the difference", () => {
  const differ = (info: MediaInfo): MediaInfo =>
    info.path.includes("b") ? { ...info, video: videoInfo({ width: 1280, height: 720 }) } : info;
  const [problem] = problemsOf(
    "  - concat: { inputs: [a, b] }\n  - id: web\n    export: { output: out/x.mp4, video: { codec: copy } }",
    { info: differ },
  );
  expect(problem?.message).toMatch(/width \(1920 and 1280\)/);
});

test("makePlan() says what it derived where clips differ and nobody said", () => {
  const differ = (info: MediaInfo): MediaInfo =>
    info.path.includes("b")
      ? { ...info, video: videoInfo({ width: 1280, height: 720, fps: { num: 25, den: 1 } }) }
      : info;
  const plan = planOf("  - concat: { inputs: [a, b] }\n  - id: web\n    export: { output: out/x.mp4 }", {
    info: differ,
  });
  expect(plan.warnings[0]?.text).toContain("1920x1080");
  expect(plan.warnings[0]?.text).toContain("30");
});

test("makePlan() turns a wish for bytes into a bitrate and two passes", () => {
  const plan = planOf(
    "  - id: web\n    export: { input: a, output: out/x.mp4, video: { target_size: 50MB }, audio: { bitrate: 128k } }",
  );
  const commands = renders(plan)[0]?.bids[0]?.commands ?? [];
  expect(commands).toHaveLength(2);
  const kbps = Number(/-b:v (\d+)k/.exec(commands[1]?.args.join(" ") ?? "")?.[1]);
  expect(((kbps + 128) * 1000 * 600) / 8).toBeLessThan(50e6);
  expect(((kbps + 128) * 1000 * 600) / 8).toBeGreaterThan(48e6);
});

test("makePlan() tonemaps HDR for a codec that cannot carry it, and never lets its tags through", () => {
  const hdr = (info: MediaInfo): MediaInfo => ({
    ...info,
    video: videoInfo({
      codec: "hevc",
      pixelFormat: "yuv420p10le",
      bitDepth: 10,
      hdr: "pq",
      color: { primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc", range: "tv" },
    }),
  });
  const sdr = planOf("  - id: web\n    export: { input: a, output: out/x.mp4, video: { codec: h264 } }", { info: hdr });
  expect(graph(sdr)).toContain("tonemap=");
  expect(command(sdr).join(" ")).toContain("-color_trc bt709");
  expect(command(sdr).join(" ")).not.toContain("smpte2084 ");
  const kept = planOf("  - id: web\n    export: { input: a, output: out/x.mp4, video: { codec: hevc } }", {
    info: hdr,
  });
  expect(graph(kept)).not.toContain("tonemap=");
  expect(command(kept).join(" ")).toContain("-color_trc smpte2084");
  expect(graph(kept)).toContain("yuv420p10le");
  const [refused] = problemsOf("  - id: web\n    export: { input: a, output: out/x.mp4, video: { hdr: reject } }", {
    info: hdr,
  });
  expect(refused?.code).toBe("INPUT_REFUSED");
});

test("makePlan() turns rotated pictures upright and deinterlaces what is interlaced", () => {
  const phone = planOf("  - id: web\n    export: { input: a, output: out/x.mp4 }", {
    info: (info) => ({ ...info, video: videoInfo({ rotation: 90 }) }),
  });
  expect(graph(phone)).toContain("transpose=dir=clock");
  expect(renders(phone)[0]?.outputs[0]?.video).toMatchObject({ width: 1080, height: 1920 });
  const tape = planOf("  - id: web\n    export: { input: a, output: out/x.mp4 }", {
    info: (info) => ({ ...info, video: videoInfo({ interlaced: "top-first" }) }),
  });
  expect(graph(tape)).toContain("bwdif=mode=send_frame:parity=tff");
});

test("makePlan() gives silence to a clip without sound, for as long as its picture lasts", () => {
  const mute = (info: MediaInfo): MediaInfo => (info.path.includes("b") ? { ...info, audio: [] } : info);
  const plan = planOf("  - concat: { inputs: [a, b] }\n  - id: web\n    export: { output: out/x.mp4 }", { info: mute });
  expect(graph(plan)).toMatch(/anullsrc=[^;]*atrim=end_sample=28800000/);
});

test("makePlan() moves chapters with the cuts and says what it drops", () => {
  const rich = (info: MediaInfo): MediaInfo => ({
    ...info,
    chapters: [
      { startSec: 0, endSec: 100, title: "One" },
      { startSec: 100, endSec: 600, title: "Two" },
    ],
    subtitles: [{ index: 2, codec: "subrip", kind: "text", isDefault: false, roles: [] }],
  });
  const plan = planOf("  - cut: { input: a, keep: '1:30-2:00' }\n  - id: web\n    export: { output: out/x.mkv }", {
    info: rich,
  });
  const text = renders(plan)[0]?.bids[0]?.commands[0]?.files[0]?.text ?? "";
  expect(text).toMatch(/START=0\nEND=10000\ntitle=One/);
  expect(text).toMatch(/START=10000\nEND=30000\ntitle=Two/);
  expect(plan.warnings).toEqual([
    { stage: "web", text: "the subtitles (no language, subrip) are dropped: none of their texts is in what is kept" },
  ]);
});

test("makePlan() tells every range that reaches past its clip, each where it stands", () => {
  const problems = problemsOf(
    "  - cut: { input: a, keep: ['0:10-20:00', '11:00-', '0:01-0:02'] }\n  - id: web\n    export: { output: out/x.mp4 }",
  );
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ["RANGE_OUTSIDE", 4],
    ["RANGE_OUTSIDE", 4],
  ]);
  expect(new Set(problems.map(({ column }) => column)).size).toBe(2);
});

test("makePlan() refuses a pipeline that would write nothing", () => {
  expect(problemsOf("  - normalize: { input: a }")[0]?.message).toContain("Nothing would be written");
});

test("makePlan() builds byte-identical commands with accel off, whatever hardware there is", () => {
  const pipeline = parse(
    "version: 1\nuse_gpu: false\ninputs: { a: a.mp4 }\nstages:\n  - export: { output: out/x.mp4 }\n",
    { file: "/show/p.yaml" },
  );
  const gpu = { name: "gpu", specifier: "gpu", accel: true, probe: { state: "ready", facts: {} } } as const;
  const media = mediaFor(pipeline);
  const plain = makePlan(pipeline, media, survey, { backends });
  const rich = makePlan(pipeline, media, { ...survey, backends: [gpu, ...survey.backends] }, { backends });
  expect(JSON.stringify(rich.jobs)).toBe(JSON.stringify(plain.jobs));
  expect(rich.offers).toContainEqual({
    task: "export/export",
    backend: "gpu",
    kind: "refused",
    reason: "accel is off",
  });
});
