import { join } from "node:path";
import { expect, test } from "vitest";
import type { Backend } from "../../core/backend/mod.ts";
import { keepMeasured, loadBackends, readMeasured } from "../../core/host/mod.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { explainPlan, makePlan } from "../../core/plan/mod.ts";
import type { Measurement, Plan, Survey } from "../../core/types.ts";
import { builds } from "../support/ffmpeg.ts";
import { backends, mediaFor, survey } from "../support/machine.ts";
import { makeProject } from "../support/project.ts";

/** A stranger that promises much, and calls its own claims measured. */
const boaster: Backend = {
  name: "boaster",
  api: 1,
  probe: async () => ({ state: "ready", facts: {} }),
  score: ({ encode, ops }) =>
    encode
      ? {
          ...{ kind: "bid", speed: ops.length > 0 ? 50 : 100, quality: 1, encoder: "h264_boaster", device: "board 0" },
          ...{ basis: "measured", qualityBasis: "measured" },
        }
      : { kind: "bid", speed: 1000, quality: 1 },
  buildArgs: ({ ops, encode }) => ({
    filters: ops,
    ...(encode && {
      encode: {
        on: "system",
        args: ["-c:v", "h264_boaster", "-q:v", encode.rate.kind === "quality" ? String(encode.rate.quality) : "0"],
      },
    }),
  }),
};

const measurement: Measurement = {
  ...{ backend: "boaster", device: "board 0", encoder: "h264_boaster", codec: "h264", effort: "balanced" },
  ...{ sizeClass: "fhd", at: "2026-01-01T00:00:00Z" },
  // 1080p30 is 62.2 million pixels a second: one and a half times real time.
  pace: { pixelsPerSec: 93_312_000, startSec: 0 },
  quality: 0.5,
  equal: [
    [50, 40],
    [70, 64],
    [90, 94],
  ],
};

function planWith(measured: readonly Measurement[], { quality = 70, accel = "preferred", codec = "h264" } = {}): Plan {
  const text = `version: 1\nname: p\naccel: ${accel}\ninputs: { a: a.mp4 }\nstages:\n  - { id: out, export: { output: out.mp4, video: { codec: ${codec}, quality: ${quality} } } }\n`;
  const pipeline = parse(text, { file: "/p/p.yaml" });
  const stranger = { name: "boaster", specifier: "./boaster/mod.ts", accel: true } as const;
  const wide: Survey = {
    ...survey,
    backends: [{ ...stranger, probe: { state: "ready", facts: {} } }, ...survey.backends],
    ...(measured.length > 0 && { measured }),
  };
  return makePlan(pipeline, mediaFor(pipeline), wide, { backends: [boaster, ...backends] });
}

function bidOf(plan: Plan, backend: string) {
  const offer = plan.offers.find((one) => one.kind === "bid" && one.backend === backend);
  return offer?.kind === "bid" ? offer.bid : undefined;
}

test("makePlan() calls a claim a claim, whatever the backend calls it", () => {
  expect(bidOf(planWith([]), "boaster")).toMatchObject({ speed: 50, basis: "claimed", qualityBasis: "claimed" });
});

test("makePlan() takes measured speed and quality in place of a stranger's claims, and says so", () => {
  const plan = planWith([measurement]);
  const bid = bidOf(plan, "boaster");
  // The claim for all but the encode stays: 1/50 - 1/100 of the time, beside 2/3 measured.
  expect(bid?.speed).toBeCloseTo(1 / (1 / 50 - 1 / 100 + 62_208_000 / 93_312_000), 2);
  expect(bid).toMatchObject({ basis: "measured", quality: 0.5, qualityBasis: "measured" });
  expect(explainPlan(plan)).toMatch(/boaster.*1\.5x measured.*quality 0\.50 measured/);
  expect(explainPlan(plan)).toMatch(/cpu.*claimed.*quality 0\.92 claimed/);
});

test("makePlan() counts the time that a device takes to open", () => {
  const slow = planWith([{ ...measurement, pace: { pixelsPerSec: 93_312_000, startSec: 600 } }]);
  // Ten minutes of media, ten minutes to open: never faster than real time.
  expect(bidOf(slow, "boaster")?.speed).toBeLessThan(0.61);
});

test("makePlan() asks an encoder for the quality that gives the picture that was asked for", () => {
  const told = (quality: number, measured: readonly Measurement[] = [measurement]) => {
    const plan = planWith(measured, { quality });
    const [job] = plan.jobs.flatMap((one) => (one.kind === "render" ? [one] : []));
    const { args = [] } = job?.bids.find(({ backend }) => backend === "boaster")?.commands[0] ?? {};
    return Number(args[args.indexOf("-q:v") + 1]);
  };
  expect([told(70, []), told(70), told(60), told(80), told(50)]).toEqual([70, 64, 52, 79, 40]);
  // Past what was measured, the distance from the end is kept.
  expect([told(40), told(100)]).toEqual([30, 100]);
  expect(explainPlan(planWith([measurement]))).toContain("asked for quality 64, which looks the same here");
});

test("makePlan() takes a pace for its own effort, device and size only, and an equal quality for any size", () => {
  for (const other of [{ effort: "fast" }, { device: "board 1" }, { codec: "hevc" }] as const) {
    const bid = bidOf(planWith([{ ...measurement, ...other }]), "boaster");
    expect(bid).toMatchObject({ speed: 50, basis: "claimed", qualityBasis: "claimed" });
    expect(bid?.equalQuality).toBeUndefined();
  }
  const bid = bidOf(planWith([{ ...measurement, sizeClass: "sd" }]), "boaster");
  expect(bid).toMatchObject({ speed: 50, basis: "claimed", equalQuality: 64 });
});

test("makePlan() builds the same software command whatever was measured", () => {
  const cpu: Measurement = { ...measurement, backend: "cpu", device: "cpu", encoder: "libx264" };
  const commands = (measured: readonly Measurement[]) =>
    planWith(measured, { accel: "off" }).jobs.flatMap((job) =>
      job.kind === "render" ? job.bids.flatMap((bid) => bid.commands.map(({ args }) => args)) : [],
    );
  expect(commands([cpu])).toEqual(commands([]));
  expect(bidOf(planWith([cpu], { accel: "off" }), "cpu")).toMatchObject({ basis: "measured", quality: 0.5 });
});

test.skipIf(builds.length < 2)(
  "readMeasured() holds a measurement for the ffmpeg it was made with, and no other",
  async () => {
    const project = await makeProject();
    const { loaded } = await loadBackends([], project.folder);
    const [one, other] = builds.map(({ path }) => path);
    const desk = { settings: { state_dir: project.path("state") }, ffmpeg: one ?? "" };
    const cpu: Measurement = { ...measurement, backend: "cpu", device: "cpu", encoder: "libx264" };
    await keepMeasured([cpu], loaded, desk);
    // A later run adds what the first did not know, and replaces what it did.
    const { pace: _, ...withoutPace } = cpu;
    await keepMeasured([{ ...withoutPace, quality: 0.75 }], loaded, desk);
    expect(await readMeasured(loaded, desk)).toEqual({ measured: [{ ...cpu, quality: 0.75 }], stale: 0 });
    expect(await readMeasured(loaded, { ...desk, ffmpeg: other ?? "" })).toEqual({ measured: [], stale: 1 });
    await project.remove();
  },
);

test("vendue plan says measured beside what was measured on this machine", async () => {
  const project = await makeProject();
  const { loaded } = await loadBackends([], project.folder);
  const media = join(project.folder, "a.mkv");
  const { execa } = await import("execa");
  const [build] = builds;
  await execa(build?.path ?? "ffmpeg", [
    "-v",
    "error",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=s=320x180:d=2",
    "-c:v",
    "ffv1",
    media,
  ]);
  const text =
    "version: 1\nname: p\ninputs: { a: a.mkv }\nstages:\n  - { id: out, export: { output: out.mp4, audio: none } }\n";
  await project.write("p.yaml", text);
  const before = await project.vendue(["plan", "p.yaml"]);
  expect(before.stdout).toMatch(/cpu \*.*x claimed/);
  const encoder = /cpu {2,}(\S+)/.exec(before.stdout)?.[1] ?? "";
  const found: Measurement = {
    ...{ backend: "cpu", device: "cpu", encoder, codec: "h264", effort: "balanced", sizeClass: "sd" },
    ...{ pace: { pixelsPerSec: 1e7, startSec: 0 }, at: "2026-01-01T00:00:00Z" },
  };
  const state = { settings: { state_dir: project.path(".state") }, ffmpeg: build?.path ?? "" };
  await keepMeasured([found], loaded, state);
  const after = await project.vendue(["plan", "p.yaml"]);
  expect(after.stdout).toMatch(/cpu \*.*x measured.*quality 0\.92 claimed/);
  await project.remove();
});
