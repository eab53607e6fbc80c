import { expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import type { Plan, RenderJob } from "../../core/types.ts";
import { backends, mediaFor, survey, videoInfo } from "../support/machine.ts";

interface Machine {
  readonly cores: number;
  readonly gigabytes?: number;
  readonly accel?: string;
  readonly size?: readonly [number, number];
}

function planOf(stages: string, { cores, gigabytes = 16, accel = "preferred", size = [1920, 1080] }: Machine): Plan {
  const text = `version: 1\naccel: ${accel}\ninputs: { a: a.mp4 }\nstages:\n${stages}\n`;
  const pipeline = parse(text, { file: "/show/p.yaml" });
  const [width, height] = size;
  const media = mediaFor(pipeline, (info) => ({ ...info, video: videoInfo({ width, height }) }));
  const platform = { ...survey.platform, cores, memoryBytes: gigabytes * 1e9 };
  return makePlan(pipeline, media, { ...survey, platform }, { backends });
}

/** Far apart, and out of order, so that nothing can be read in one go. */
function ranges(count: number, video = ""): string {
  const keep = Array.from({ length: count }, (_, nth) => `"${(nth * 97) % 590}-${((nth * 97) % 590) + 1}"`);
  return `  - cut: { keep: [${keep.join(", ")}] }\n  - id: web\n    export: { output: out/x.mp4, video: { codec: h264${video} } }`;
}

const render = ({ jobs }: Plan) => jobs.find((job): job is RenderJob => job.kind === "render");
const pieces = (plan: Plan) => render(plan)?.bids[0]?.pieces;
const note = (plan: Plan) => plan.fused[0]?.note ?? "";
const whole = (video: string) => `  - id: web\n    export: { input: a, output: out/x.mp4, video: ${video} }`;
const slow = "{ codec: hevc, effort: best, size: 640x360 }";

test.each([
  { size: [1920, 1080] as const, count: 40, groups: 4 },
  { size: [3840, 2160] as const, count: 12, groups: 4 },
  { size: [640, 360] as const, count: 40, groups: 0 },
])("makePlan() keeps $count ranges of $size in $groups groups", ({ size, count, groups }) => {
  const plan = planOf(ranges(count), { cores: 2, size });
  expect(pieces(plan)?.list.length ?? 0).toBe(groups);
  if (groups > 0) expect(render(plan)?.memoryBytes).toBeLessThan(size[0] > 1920 ? 3.5e9 : 1.5e9);
});

test("groups cover every frame once, in order, and only a wider machine runs them side by side", () => {
  const [narrow, wide] = [planOf(ranges(40), { cores: 2 }), planOf(ranges(40), { cores: 64, gigabytes: 64 })];
  const list = pieces(narrow)?.list ?? [];
  expect(list.map(({ frames: [first] }) => first)).toEqual([0, ...list.slice(0, -1).map(({ frames }) => frames[1])]);
  expect(list.at(-1)?.frames[1]).toBe(1200);
  expect(pieces(narrow)?.atOnce).toBe(1);
  expect(pieces(wide)?.atOnce).toBeGreaterThan(1);
  // What differs is how many run at once, never a command.
  expect(render(wide)?.bids[0]?.commands).toEqual(render(narrow)?.bids[0]?.commands);
  expect(note(narrow)).toContain("all 40 open at once would take");
});

test("pieces encode alike: but for what they read and write, their commands are one", () => {
  const commands = render(planOf(ranges(40), { cores: 2 }))?.bids[0]?.commands.slice(0, 4) ?? [];
  const encoders = commands.map(({ args }) => args.slice(args.indexOf("-c:v"), -1).join(" "));
  expect(new Set(encoders).size).toBe(1);
});

test.each([
  { machine: { cores: 2 }, reason: "one encode keeps 2 cores busy" },
  { machine: { cores: 32, accel: "off" }, reason: "accel: off builds the same command on every machine" },
  { machine: { cores: 32 }, reason: "joined by copy at keyframes" },
  { machine: { cores: 32, gigabytes: 0.2 }, reason: "there is no memory for two encodes at once" },
])("makePlan() says of a long encode: $reason", ({ machine, reason }) => {
  expect(note(planOf(whole(slow), { ...machine, size: [640, 360] }))).toContain(reason);
});

test("a bitrate is never shared out over pieces", () => {
  const plan = planOf(ranges(40, ", bitrate: 4M"), { cores: 2 });
  expect(pieces(plan)).toBeUndefined();
  expect(note(plan)).toContain("a bitrate is shared out over the whole programme");
});

test("planning costs the same per stage, however many there are", () => {
  const many = (count: number) =>
    Array.from(
      { length: count / 2 },
      (_, nth) =>
        `  - { id: c${nth}, cut: { input: a, keep: "0:01-0:0${(nth % 8) + 2}" } }\n  - { id: o${nth}, export: { output: out/${nth}.mp4 } }`,
    ).join("\n");
  const took = (count: number, plans = 1) => {
    const text = `version: 1\ninputs: { a: a.mp4 }\nstages:\n${many(count)}\n`;
    const pipeline = parse(text, { file: "/show/p.yaml" });
    const media = mediaFor(pipeline);
    const times = Array.from({ length: 4 }, () => {
      const { user } = process.cpuUsage();
      for (let nth = 0; nth < plans; nth += 1) makePlan(pipeline, media, survey, { backends });
      return (process.cpuUsage().user - user) / plans;
    });
    return Math.min(...times);
  };
  // What is timed is compiled by then, and garbage is collected on both sides: one small plan alone would see none.
  took(200, 4);
  took(800);
  // Four times the stages; sixteen times the work would be quadratic.
  expect(took(800) / took(200, 4)).toBeLessThan(9);
});
