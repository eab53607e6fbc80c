import { expect, test } from "vitest";
import { type EncodeWish, kbpsFor, planEncode, timed } from "../../bench/cases/mod.ts";
import { sourceClip } from "../../bench/clips/mod.ts";
import type { Command, Measurement } from "../../core/types.ts";
import { mediaInfo, videoInfo } from "../support/machine.ts";
import { machines, surveyOf } from "../support/machines.ts";

const info = mediaInfo("/clips/talk.mp4", {
  durationSec: 4,
  video: videoInfo({ width: 640, height: 360, endSec: 4 }),
  audio: [],
});
const clip = sourceClip({ id: "talk", kind: "talk", path: info.path, frames: 120, hash: "h", info });
const wish: Omit<EncodeWish, "backend"> = {
  ...{ codec: "h264", effort: "balanced", rate: { kind: "bitrate", kbps: 250 } },
  ...{ clip, folder: "/scratch", name: "out" },
};

test("planEncode() gives what a pipeline would run on that backend, and only that backend", async () => {
  const desk = await surveyOf(machines["cloud T4"] ?? {});
  const nvenc = planEncode({ ...wish, backend: "nvenc" }, desk);
  const cpu = planEncode({ ...wish, backend: "cpu" }, desk);
  expect([nvenc.ok && nvenc.plan.encoder, cpu.ok && cpu.plan.encoder]).toEqual(["h264_nvenc", "libx264"]);
  const args = nvenc.ok ? (nvenc.plan.commands[0]?.args ?? []) : [];
  expect(args).toContain("-hwaccel");
  expect(args.join(" ")).toContain("-b:v 250k");
  expect(args).toContain("file:/clips/talk.mp4");
});

test("planEncode() says why a backend is not measured, in the survey's own words", async () => {
  const desk = await surveyOf(machines["cloud T4"] ?? {});
  const { probe } = desk.survey.backends.find(({ name }) => name === "vaapi") ?? {};
  expect(planEncode({ ...wish, backend: "vaapi" }, desk)).toEqual({
    ok: false,
    reason: probe?.state === "absent" ? probe.reason : "it should be absent",
  });
  expect(planEncode({ ...wish, codec: "vp9", backend: "nvenc" }, desk)).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/vp9/i),
  });
});

test("planEncode() is not led by what was measured before", async () => {
  const desk = await surveyOf(machines["cloud T4"] ?? {});
  const plain = planEncode({ ...wish, backend: "cpu" }, desk);
  const slow: Measurement = {
    ...{ backend: "cpu", device: "cpu", encoder: "libx264", codec: "h264", effort: "balanced", sizeClass: "sd" },
    ...{ pace: { pixelsPerSec: 1, startSec: 0 }, at: "2026-01-01T00:00:00Z" },
  };
  const measured = [slow];
  expect(planEncode({ ...wish, backend: "cpu" }, { ...desk, survey: { ...desk.survey, measured } })).toEqual(plain);
});

test("planEncode() shortens a clip for the run that tells start-up from slope", async () => {
  const desk = await surveyOf(machines["cloud T4"] ?? {});
  const short = planEncode({ ...wish, backend: "cpu", frames: 30 }, desk);
  expect(short.ok && short.plan.commands[0]?.mediaSec).toBe(1);
  expect(short.ok && short.plan.task.seconds).toBe(1);
});

test("timed() cuts a planned command where a chain ends", async () => {
  const desk = await surveyOf(machines["cloud T4"] ?? {});
  const planned = planEncode({ ...wish, backend: "nvenc", size: { width: 320, height: 180 } }, desk);
  const command = (planned.ok ? planned.plan.commands[0] : undefined) as Command;
  const [decode, scale, full] = (["decode", "scale", "full"] as const).map((chain) => timed(command, chain));
  const graph = command.args[command.args.indexOf("-filter_complex") + 1] ?? "none";
  expect(decode?.args).toContain("-hwaccel");
  expect(decode?.args).not.toContain(graph);
  expect(scale?.args).toContain(graph);
  expect(scale?.args).not.toContain("h264_nvenc");
  expect(full?.args.filter((arg) => !/^(-benchmark|repeat.*)$/.test(arg))).toEqual(
    command.args.filter((arg) => !arg.startsWith("repeat")),
  );
  expect([decode?.output, scale?.output, full?.output]).toEqual([undefined, undefined, command.writes[0]]);
  for (const part of [decode, scale, full]) expect(part?.args).toContain("-benchmark");
});

test("kbpsFor() gives a larger picture more bits, and fewer for each pixel", () => {
  const small = kbpsFor(clip, { width: 640, height: 360 });
  const large = kbpsFor(clip, { width: 1920, height: 1080 });
  expect(small).toBe(249);
  expect(large / small).toBeGreaterThan(4);
  expect(large / small).toBeLessThan(9);
});
