import { expect, test } from "vitest";
import { cascadeOf } from "../../core/plan/cascade.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import type { Color, Filter, Op, Plan, Survey } from "../../core/types.ts";
import { backends, mediaFor, survey } from "../support/machine.ts";
import { machines, surveyOf } from "../support/machines.ts";

const bt709: Color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" };
const old: Color = { ...bt709, matrix: "smpte170m" };
const plain: Op = { kind: "format", pixelFormat: "yuv420p" };
const scale = (width: number, height: number, to = bt709): Op => ({ kind: "scale", width, height, from: bt709, to });
const rung = (width: number, height: number): readonly Op[] => [scale(width, height), plain];
/** Where each outlet of a ladder takes its picture: the size it reads. */
const taken = (ends: readonly (readonly (Filter | Op)[])[]) => {
  const { sizes, outlets } = cascadeOf(ends, "yuv420p");
  const names = ["base", ...sizes.map(({ ops: [op] }) => (op?.kind === "scale" ? op.height : "none"))];
  return {
    made: sizes.map(({ from }, nth) => `${names[nth + 1]}<${names[from]}`),
    read: outlets.map((one) => names[one.from]),
  };
};

test("cascadeOf() scales each size from the smallest that is one and a half times as large, in any order", () => {
  const { made, read } = taken([rung(640, 360), [], rung(1280, 720), rung(854, 480), rung(426, 240)]);
  expect(made).toEqual(["720<base", "480<720", "360<720", "240<360"]);
  expect(read).toEqual([360, "base", 720, 480, 240]);
});

test("cascadeOf() leaves small steps to the common picture", () => {
  expect(taken([[], rung(1600, 900), rung(1280, 720)]).made).toEqual(["900<base", "720<base"]);
});

test("cascadeOf() makes one picture for two outlets of one size, and what else they do stays theirs", () => {
  const burnt: Op = { kind: "subtitles", file: "a.ass" };
  const { sizes, outlets } = cascadeOf([[...rung(1280, 720), burnt], rung(1280, 720)], "yuv420p");
  expect(sizes).toEqual([{ from: 0, ops: rung(1280, 720) }]);
  expect(outlets).toEqual([
    { from: 1, steps: [burnt] },
    { from: 1, steps: [] },
  ]);
});

test.each<{ readonly what: string; readonly steps: readonly (Filter | Op)[] }>([
  { what: "bars", steps: [scale(640, 270), { kind: "pad", width: 640, height: 360, x: 0, y: 44 }, plain] },
  { what: "another matrix", steps: [scale(640, 360, old), plain] },
  { what: "another depth", steps: [scale(640, 360), { kind: "format", pixelFormat: "yuv420p10le" }] },
  { what: "fewer frames", steps: [{ kind: "frames", rate: { num: 15, den: 1 }, count: 9 }, ...rung(640, 360)] },
  { what: "mapped light", steps: [scale(640, 360), { kind: "tonemap", from: "pq", to: bt709, peakNits: 1000 }, plain] },
  { what: "a device", steps: [{ name: "scale_cuda", args: { w: 640, h: 360 }, on: "cuda" }] },
])("cascadeOf() takes an outlet with $what from the common picture, and nothing from it", ({ steps }) => {
  const { sizes, outlets } = cascadeOf([rung(1280, 720), steps, rung(320, 180)], "yuv420p");
  expect(sizes.map(({ from }) => from)).toEqual([0, 1]);
  expect(outlets[1]).toEqual({ from: 0, steps });
});

test("cascadeOf() scales no picture from one that is narrower or lower", () => {
  expect(taken([[], rung(1280, 536), rung(640, 640), rung(300, 400)]).made).toEqual([
    "536<base",
    "640<base",
    "400<640",
  ]);
});

function planOf(told: Survey, known: typeof backends, lines: readonly string[]): Plan {
  const export_ = `  - id: web\n    export:\n      output: "out/\${rendition}.mp4"\n      renditions:\n`;
  const renditions = lines
    .map((video, nth) => `        - { name: r${nth}, video: { codec: h264, ${video} } }`)
    .join("\n");
  const text = `version: 1\ninputs: { a: a.mp4 }\nstages:\n${export_}${renditions}\n`;
  const pipeline = parse(text, { file: "/show/p.yaml" });
  return makePlan(pipeline, mediaFor(pipeline), told, { backends: known });
}

const ladder = ["size: 1920x1080", "size: 1280x720", "size: 854x480", "size: 640x360"];
const graphsOf = ({ jobs }: Plan) =>
  jobs
    .flatMap((job) => (job.kind === "render" ? job.bids : []))
    .map(({ backend, commands }) => {
      const args = commands[0]?.args ?? [];
      return { backend, graph: args[args.indexOf("-filter_complex") + 1] ?? "" };
    });
const graphOf = (plan: Plan) => graphsOf(plan)[0]?.graph ?? "";
const scales = (graph: string) =>
  [...graph.matchAll(/\[(\w+)\]scale=w=\d+:h=(\d+)/g)].map(([, pad, h]) => `${pad}>${h}`);

test("makePlan() draws a ladder as a cascade, and tags each rung behind the picture it shares", () => {
  const graph = graphOf(planOf(survey, backends, ladder));
  expect(graph).toContain("[v0]split=outputs=2[v1][v2];");
  expect(graph).toContain(
    "[v1]scale=w=1280:h=720:flags=bicubic,format=pix_fmts=yuv420p[v3];[v3]split=outputs=3[v4][v5][v6];",
  );
  expect(scales(graph)).toEqual(["v1>720", "v4>480", "v5>360"]);
  expect(graph).toContain("[v6]setsar=sar=1,setparams=");
  expect(graph.match(/setparams=/g)).toHaveLength(4);
});

test("makePlan() scales one size once for two bitrates", () => {
  const rates = ["size: 1920x1080", "size: 1280x720, bitrate: 3M", "size: 1280x720, bitrate: 1M"];
  expect(scales(graphOf(planOf(survey, backends, rates)))).toEqual(["v1>720"]);
});

test("makePlan() leaves a rung at another rate to the common picture", () => {
  const graph = graphOf(planOf(survey, backends, ["size: 1920x1080", "size: 1280x720", "size: 640x360, max_fps: 15"]));
  expect(graph).toContain("[v0]split=outputs=3");
  expect(graph).toMatch(/\[v3]fps=[^;]*scale=w=640:h=360/);
});

test("makePlan() cascades in the chunks of a long ladder as in one process", () => {
  const platform = { ...survey.platform, cores: 64, memoryBytes: 256e9 };
  const slow = ladder.map((size) => `${size}, effort: best`);
  const plan = planOf({ ...survey, platform }, backends, slow);
  const [bid] = plan.jobs.flatMap((job) => (job.kind === "render" ? job.bids : []));
  const pieces = bid?.commands.slice(0, bid.pieces?.list.length) ?? [];
  const graphs = pieces
    .map(({ args }) => args[args.indexOf("-filter_complex") + 1] ?? "")
    .filter((one) => one.includes("scale="));
  expect(graphs.length).toBeGreaterThan(1);
  for (const graph of graphs) expect(scales(graph).map((one) => one.split(">")[1])).toEqual(["720", "480", "360"]);
});

test("makePlan() lets a device scale every rung from the common picture, and cascades where software stands in", async () => {
  const { survey: told, backends: known } = await surveyOf(machines["workstation with two NVIDIA cards"] ?? {});
  const graphs = graphsOf(planOf(told, known, ladder));
  const [device, software] = ["nvenc", "cpu"].map(
    (name) => graphs.find(({ backend }) => backend === name)?.graph ?? "",
  );
  expect(device).toContain("[v0]split=outputs=4[v1][v2][v3][v4];");
  expect(device?.match(/hwupload,scale_cuda=/g)).toHaveLength(3);
  expect(scales(software ?? "")).toEqual(["v1>720", "v4>480", "v5>360"]);
});
