import { expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";
import { explainPlan, makePlan } from "../../core/plan/mod.ts";
import type { RankedBid } from "../../core/types.ts";
import { mediaFor, videoInfo } from "../support/machine.ts";
import { machines, surveyOf } from "../support/machines.ts";

const jobs = {
  "h264 720p": "{ codec: h264, size: 1280x720 }",
  "hevc 10 bit": "{ codec: hevc, pixel_format: yuv420p10le }",
  av1: "{ codec: av1 }",
  thumbnail: "{ codec: h264, size: 128x72 }",
} as const;

/** Who encodes, in order; the reduced forms of one backend are left out. */
const expected: Readonly<Record<string, Readonly<Record<keyof typeof jobs, string>>>> = {
  "workstation with two NVIDIA cards": {
    "h264 720p": "nvenc nvenc' cpu",
    "hevc 10 bit": "nvenc nvenc' cpu",
    av1: "nvenc nvenc' cpu",
    thumbnail: "cpu",
  },
  "AMD server with an Intel iGPU": {
    "h264 720p": "qsv qsv' vaapi vaapi' cpu",
    "hevc 10 bit": "qsv qsv' vaapi vaapi' cpu",
    av1: "qsv qsv' vaapi vaapi' cpu",
    thumbnail: "cpu",
  },
  Jetson: { "h264 720p": "nvmpi cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
  "Jetson without an encoder": { "h264 720p": "cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
  phone: { "h264 720p": "mediacodec cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
  "cloud T4": { "h264 720p": "nvenc cpu", "hevc 10 bit": "nvenc cpu", av1: "cpu<nvenc cpu", thumbnail: "cpu" },
  // With so many cores the card only pays where it takes the scaling off them too.
  "cloud H200": { "h264 720p": "cpu<nvenc cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
  "Raspberry Pi": { "h264 720p": "cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
  "Windows laptop with an AMD chip": { "h264 720p": "amf cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
  "runner with nothing": { "h264 720p": "cpu", "hevc 10 bit": "cpu", av1: "cpu", thumbnail: "cpu" },
};

const rows = Object.entries(machines).flatMap(([name, machine]) =>
  (Object.keys(jobs) as (keyof typeof jobs)[]).map((job) => ({ name, machine, job })),
);

test.each(rows)(
  "a $name encodes $job on the expected backends, in order, the same every time",
  async ({ name, machine, job }) => {
    const { survey, backends } = await surveyOf(machine);
    const text = `version: 1\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/x.mp4, video: ${jobs[job]} }\n`;
    const pipeline = parse(text, { file: "/show/p.yaml" });
    const media = mediaFor(pipeline, (info) => ({
      ...info,
      video: videoInfo({
        bitDepth: job.includes("10") ? 10 : 8,
        pixelFormat: job.includes("10") ? "yuv420p10le" : "yuv420p",
      }),
    }));
    const plan = makePlan(pipeline, media, survey, { backends });
    expect(JSON.stringify(makePlan(pipeline, media, survey, { backends }))).toBe(JSON.stringify(plan));
    const [last] = plan.jobs.slice(-1);
    expect(last?.kind === "render" && ladder(last.bids)).toBe(expected[name]?.[job]);
    for (const { name: backend, probe } of survey.backends)
      if (probe.state === "absent") expect(explainPlan(plan)).toContain(`${backend} `);
  },
);

test("software may only win over a GPU by quality, and the plan says so", async () => {
  const { survey, backends } = await surveyOf(machines["workstation with two NVIDIA cards"] ?? {});
  const plan = (prefer: string) => {
    const pipeline = parse(
      `version: 1\nprefer: ${prefer}\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/x.mp4, video: { size: 1280x720 } }\n`,
      { file: "/p.yaml" },
    );
    return makePlan(pipeline, mediaFor(pipeline), survey, { backends });
  };
  expect(explainPlan(plan("balanced"))).toContain("GPU bids come before software");
  expect(explainPlan(plan("quality"))).toMatch(/web +web +cpu/);
});

/** The same backend on another device is marked by a dash, so that two cards show; a device that decodes, by `<`. */
function ladder(bids: readonly RankedBid[]): string {
  const seen = new Map<string, string>();
  return bids
    .flatMap(({ backend, helper, device }) => {
      if (helper !== undefined) return [`${backend}<${helper}`];
      const known = seen.get(backend);
      if (known === device || known === "two") return [];
      seen.set(backend, known === undefined ? device : "two");
      return [known === undefined ? backend : `${backend}'`];
    })
    .join(" ");
}

test("makePlan() lets a card without an encoder decode and scale for software, and says what that is worth", async () => {
  const { survey, backends } = await surveyOf(machines["cloud H200"] ?? {});
  const pipeline = parse(
    "version: 1\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/x.mp4, video: { size: 1280x720 } }\n",
    { file: "/p.yaml" },
  );
  const plan = makePlan(pipeline, mediaFor(pipeline), survey, { backends });
  const [job] = plan.jobs;
  const [best, alone] = job?.kind === "render" ? job.bids : [];
  expect(best).toMatchObject({ backend: "cpu", helper: "nvenc", encoder: "libx264", accel: true });
  expect(best?.device).toContain("NVIDIA H200");
  expect(alone).toMatchObject({ backend: "cpu", device: "cpu", accel: false });
  const words = best?.commands[0]?.args.join(" ");
  expect(words).toMatch(/-hwaccel cuda .*scale_cuda=.*,hwdownload,format=pix_fmts=nv12\[v0\].* -c:v libx264/);
  expect(explainPlan(plan)).toMatch(/nvenc decodes while software encodes/);
  expect(explainPlan(plan)).toMatch(/passed .*nvenc +web\/web +NVIDIA H200 has no encoder/s);
});
