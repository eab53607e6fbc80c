import { expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import type { Plan, RankedBid, Survey } from "../../core/types.ts";
import { mediaFor } from "../support/machine.ts";
import { machines, surveyOf } from "../support/machines.ts";

interface Told {
  readonly machine: string;
  readonly told?: (survey: Survey) => Survey;
}

async function planOn(stages: string, { machine, told = (survey) => survey }: Told): Promise<Plan> {
  const { survey, backends } = await surveyOf(machines[machine] ?? {});
  const pipeline = parse(`version: 1\ninputs: { a: a.mp4 }\nstages:\n${stages}\n`, { file: "/show/p.yaml" });
  return makePlan(pipeline, mediaFor(pipeline), told(survey), { backends });
}

const bidsOf = ({ jobs }: Plan): readonly RankedBid[] =>
  jobs.flatMap((job) => (job.kind === "render" ? [job.bids] : []))[0] ?? [];
const noteOf = ({ fused }: Plan) => fused[0]?.note ?? "";
const cut = (keep: string) => `  - cut: { keep: [${keep}] }\n`;
const web = (video: string) => `  - id: web\n    export: { output: out/x.mp4, video: ${video} }`;
const ladder = (sizes: readonly string[]) =>
  `  - id: web\n    export:\n      output: "out/\${rendition}.mp4"\n      renditions:\n${sizes.map((size) => `        - { name: r${size}, video: { codec: h264, size: ${size} } }`).join("\n")}`;

test.each([
  ["workstation with two NVIDIA cards", "nvenc"],
  ["AMD server with an Intel iGPU", "qsv"],
])("on a %s frames of one range stay with %s, and the plan says why those of others do not", async (machine, name) => {
  const small = web("{ codec: h264, size: 1280x720 }");
  const stays = await planOn(cut('"1-9"') + small, { machine });
  expect(bidsOf(stays)[0]?.backend).toBe(name);
  expect(noteOf(stays)).not.toContain("host memory");
  const where = `frames are in host memory before ${name}`;
  expect(noteOf(await planOn(cut('"1-3", "5-9"') + small, { machine }))).toContain(
    `${where}: 2 ranges are joined there`,
  );
  const shared = await planOn(ladder(["1920x1080", "1280x720"]), { machine });
  expect(noteOf(shared)).toContain(`${where}: they are shared out to 2 encoders there`);
});

test("a long encode on a device is not cut into chunks, however many cores there are", async () => {
  const told = (survey: Survey) => ({ ...survey, platform: { ...survey.platform, cores: 64 } });
  const plan = await planOn(web("{ codec: hevc, effort: best }"), { machine: "cloud T4", told });
  expect(bidsOf(plan)[0]).toMatchObject({ backend: "nvenc" });
  expect(bidsOf(plan)[0]?.pieces).toBeUndefined();
});

test("a device that takes few encodes makes no more pieces at once, and every one of them takes a slot", async () => {
  const machine = "workstation with two NVIDIA cards";
  const slots =
    (count: number) =>
    (survey: Survey): Survey => ({
      ...survey,
      platform: { ...survey.platform, cores: 64, memoryBytes: 256e9 },
      backends: survey.backends.map((one) =>
        one.name === "nvenc" && one.probe.state === "ready" ? { ...one, probe: limited(one.probe, count) } : one,
      ),
    });
  const keep = Array.from({ length: 60 }, (_, nth) => `"${(nth * 7) % 59}-${((nth * 7) % 59) + 0.5}"`).join(", ");
  const crowded = cut(keep) + web("{ codec: h264 }");
  const free = bidsOf(await planOn(crowded, { machine, told: slots(16) })).find(({ backend }) => backend === "nvenc");
  const few = bidsOf(await planOn(crowded, { machine, told: slots(2) })).find(({ backend }) => backend === "nvenc");
  expect(free?.pieces?.atOnce).toBeGreaterThan(2);
  expect(few).toMatchObject({ slots: 2, sessions: 2, pieces: { atOnce: 2 } });
  const four = await planOn(ladder(["1920x1080", "1280x720", "854x480", "640x360"]), { machine, told: slots(3) });
  expect(bidsOf(four)[0]).toMatchObject({ backend: "nvenc", slots: 3, sessions: 4 });
});

/** The same cards, with so many sessions each. */
function limited<Ready extends { readonly facts: unknown }>(probe: Ready, slots: number): Ready {
  const { devices, ...facts } = probe.facts as { readonly devices: readonly object[] };
  return { ...probe, facts: { ...facts, devices: devices.map((device) => ({ ...device, slots })) } };
}
