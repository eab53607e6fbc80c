import { existsSync } from "node:fs";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { delimiter } from "node:path";
import { Ajv } from "ajv";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { summarize } from "../../core/observe/mod.ts";
import { schemas, strict } from "../../core/schema/mod.ts";
import type { Report, RunEvent } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { type Ended, makeProject, type Project } from "../support/project.ts";
import { screenshot } from "../support/chromium.ts";
import { backendsOf } from "../support/simbackend/use.ts";
import { setUp } from "../support/standin/standin.ts";
import { readEvents, readFigures, readMetrics, reportOf, sumOf } from "../support/views.ts";

/**
 * One run that has everything: a card that fails and the next one that does its work, a measured clip, a card's own
 * tool, prices and a budget. Every view of it has to tell the same story.
 */
let project: Project;
let standEnv: Readonly<Record<string, string>>;
let ended: Ended;
let events: readonly RunEvent[];
let report: Report;
let metrics: ReturnType<typeof readMetrics>;
let metricsText: string;
let page: string;
let log: readonly Readonly<Record<string, unknown>>[];

const cause = "CUDA_ERROR_ILLEGAL_ADDRESS";

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-f", "lavfi", "-i", "sine=440:sample_rate=48000"],
    ...["-t", "2", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    project.path("media/clip.mp4"),
  ]);
  const stand = await setUp(
    {
      devices: [
        { id: "0", encoders: ["h264_nvenc"], behaviours: [{ name: "dead", says: "fact-cuda-illegal-address" }] },
        { id: "renderD128", encoders: ["h264_vaapi"] },
      ],
    },
    project.path("machine"),
  );
  const sims = [
    { name: "alpha", encoder: "h264_nvenc", devices: ["0"], slots: 2, speed: 1e6 },
    { name: "beta", encoder: "h264_vaapi", devices: ["renderD128"], speed: 1e5 },
  ];
  await project.write(
    "fall.yaml",
    `version: 1\nname: fall\nbackends: ${backendsOf(sims)}\ninputs: { clip: media/clip.mp4 }\nstages:\n` +
      "  - id: level\n    normalize: { loudness: podcast }\n" +
      "  - id: web\n    export: { output: out/fall.mp4, video: { codec: h264, effort: fastest } }\n",
  );
  await project.write(
    ".config/config.yaml",
    "prices:\n  currency: EUR\n  gpu: { hour: 3.6, kwh: 0.36 }\n  cpu: { hour: 0.36 }\nbudget: 1000\n",
  );
  const row = "0, Tesla T4, 37, 12, 0, 1000, 15360, 51, 60.00, 1";
  await chmod(await project.write("tools/nvidia-smi", `#!/bin/sh\necho "${row}"\n`), 0o755);
  const files = [
    "--report",
    "report.json",
    "--metrics-file",
    "run.prom",
    "--html",
    "run.html",
    "--log-file",
    "run.log",
  ];
  standEnv = { ...project.env, ...stand.env, PATH: [project.path("tools"), process.env["PATH"]].join(delimiter) };
  ended = await project.vendue(["run", "fall.yaml", "--json", ...files, "--report-beside"], { env: standEnv });
  if (ended.stdout === "") throw new Error(ended.stderr);
  events = readEvents(ended.stdout);
  report = JSON.parse(await readFile(project.path("report.json"), "utf8")) as Report;
  metricsText = await readFile(project.path("run.prom"), "utf8");
  metrics = readMetrics(metricsText);
  page = await readFile(project.path("run.html"), "utf8");
  log = (await readFile(project.path("run.log"), "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}, 120_000);
afterAll(() => project.remove());

const render = () => {
  const job = report.jobs.find(({ kind }) => kind === "render");
  if (job === undefined) throw new Error("nothing was rendered");
  return job;
};

describe("a forced fallback", () => {
  test("is the same in exit code, report, events, log, metrics, page and on the terminal", () => {
    expect(ended.exitCode).toBe(0);
    const job = render();
    expect(job).toMatchObject({ state: "done", backend: "beta", encoder: "h264_vaapi", device: "renderD128" });
    expect(job.attempts.map(({ backend, outcome, code }) => [backend, outcome, code])).toEqual([
      ["alpha", "failed", "DEVICE_LOST"],
      ["beta", "done", undefined],
    ]);

    const falls = events.filter((one) => one.type === "fallback");
    expect(falls).toHaveLength(1);
    expect(falls[0]).toMatchObject({ job: "web", from: "alpha", to: "beta", code: "DEVICE_LOST" });
    expect(falls[0]?.cause).toContain(cause);
    expect(events.flatMap((one) => (one.type === "attempt.ended" ? [one.result] : []))).toEqual(job.attempts);

    const told = log.filter(({ type }) => type === "fallback");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      run: report.run,
      job: "web",
      from: "alpha",
      to: "beta",
      code: "DEVICE_LOST",
      cause: falls[0]?.cause,
    });

    expect(metrics.get("vendue_fallbacks_total")).toEqual([
      { labels: { from: "alpha", to: "beta", reason: "DEVICE_LOST" }, value: 1 },
    ]);
    expect(
      sumOf(metrics, "vendue_attempts_total", { backend: "alpha", outcome: "failed", reason: "DEVICE_LOST" }),
    ).toBe(1);
    expect(sumOf(metrics, "vendue_attempts_total", { backend: "beta", outcome: "done", reason: "none" })).toBe(1);

    expect(readFigures(page)["fallbacks"]).toBe("1");
    expect(page).toContain("<code>DEVICE_LOST</code>");
    expect(page).toContain(cause);
    expect(page).toContain("h264_vaapi on renderD128");

    expect(ended.stderr.match(/^fallback /gm)).toHaveLength(1);
    expect(ended.stderr).toMatch(
      /fallback {2}web {2}alpha gave up \(DEVICE_LOST: .*CUDA_ERROR_ILLEGAL_ADDRESS.*going on with beta/,
    );
  });

  test("leaves all that ffmpeg said in a file for each attempt, linked from the report", async () => {
    for (const { log: file = "" } of render().attempts) expect(existsSync(file)).toBe(true);
    expect(await readFile(render().attempts[0]?.log ?? "", "utf8")).toContain(cause);
    const beside = JSON.parse(await readFile(project.path("out/fall.mp4.report.json"), "utf8")) as Report;
    expect(beside.jobs.map(({ id }) => id)).toEqual(["web"]);
  });
});

test("a failure shows its cause first, then where, what to do, and where all of ffmpeg's words are", async () => {
  await project.write(
    "dead.yaml",
    `version: 1\nbackends: ${backendsOf([{ name: "alpha", encoder: "h264_nvenc", devices: ["0"] }])}\naccel: required\n` +
      "inputs: { clip: media/clip.mp4 }\nstages:\n  - id: web\n    export: { output: out/dead.mp4, video: { effort: fastest } }\n",
  );
  const failed = await project.vendue(["run", "dead.yaml", "--html", "dead.html", "--metrics-file", "dead.prom"], {
    env: standEnv,
  });
  expect(failed.exitCode).toBe(4);
  const lines = failed.stderr
    .slice(failed.stderr.indexOf("failed  web"))
    .split("\n")
    .map((line) => line.trim());
  expect(lines[0]).toMatch(/^failed {2}web {2}NO_BID {2}No device could do it/);
  expect(lines[1]).toContain(cause);
  const [where, hint, words] = lines.slice(2);
  expect(where).toBe("in: web; tried h264_nvenc on 0");
  expect(hint).toMatch(/^hint: /);
  expect(await readFile(words?.replace("log: ", "") ?? "", "utf8")).toContain(cause);
  expect(await readFile(project.path("dead.html"), "utf8")).toMatch(
    /What failed[^]*NO_BID[^]*CUDA_ERROR_ILLEGAL_ADDRESS/,
  );
  const counted = readMetrics(await readFile(project.path("dead.prom"), "utf8"));
  expect(sumOf(counted, "vendue_jobs", { state: "failed" })).toBe(1);
  expect(sumOf(counted, "vendue_success_ratio")).toBe(0);
});

test("report --list knows the runs, and report shows one of them as it was kept", async () => {
  const { stdout } = await project.vendue(["report", "--list", "--json"]);
  const runs = JSON.parse(stdout) as readonly { readonly run: string; readonly pipeline: string }[];
  expect(runs.find(({ run }) => run === report.run)).toMatchObject({ pipeline: "fall", state: "done", jobs: 2 });
  const again = await project.vendue(["report", report.run, "--html"]);
  expect(again.stdout.trim()).toBe(page.trim());
});

test("events, metrics, report and page come to the same numbers", () => {
  expect(reportOf(events)).toEqual(report);
  const { jobs, attempts, fallbacks, outputBytes, mediaSec, speeds } = summarize(report);
  expect(events.filter(({ type }) => type === "attempt.ended")).toHaveLength(attempts);
  expect(sumOf(metrics, "vendue_attempts_total")).toBe(attempts);
  expect(sumOf(metrics, "vendue_fallbacks_total")).toBe(fallbacks.length);
  for (const [state, count] of Object.entries(jobs)) {
    expect(sumOf(metrics, "vendue_jobs", { state })).toBe(count);
    expect(sumOf(metrics, "vendue_jobs_ended_total", { state })).toBe(count);
  }
  expect(sumOf(metrics, "vendue_output_bytes_total")).toBe(outputBytes);
  expect(sumOf(metrics, "vendue_media_seconds_total")).toBeCloseTo(mediaSec, 6);
  for (const { backend, busy_sec } of speeds)
    expect(sumOf(metrics, "vendue_busy_seconds_total", { backend })).toBeCloseTo(busy_sec, 6);
  expect(readFigures(page)).toMatchObject({
    "jobs done": String(jobs.done),
    attempts: String(attempts),
    fallbacks: String(fallbacks.length),
    written: `${(outputBytes / 1e6).toFixed(2)} MB`,
    "made, in 1 file": `${mediaSec.toFixed(1)} s`,
  });
  expect(page).toContain(`${speeds[0]?.speed.toFixed(2)}x`);
});

test("every event and the report are as their schemas say, the version first", () => {
  const ajv = new Ajv({ strict: false, discriminator: true, allErrors: true });
  const isEvent = ajv.compile(strict(schemas.events) as object);
  for (const event of events) {
    expect([event.type, isEvent(event), isEvent.errors]).toEqual([event.type, true, null]);
    expect(Object.keys(event)[0]).toBe("v");
  }
  const isReport = ajv.compile(strict(schemas.report) as object);
  expect([isReport(report), isReport.errors]).toEqual([true, null]);
  expect(Object.keys(report)[0]).toBe("version");
  expect(new Set(events.map(({ type }) => type))).toEqual(
    new Set(
      [
        "run.started",
        "planned",
        "sensors",
        "job.started",
        "progress",
        "measured",
        "attempt.started",
        "attempt.ended",
      ].concat(["fallback", "job.ended", "run.ended"]),
    ),
  );
});

test("cost and energy are those of the attempts, and the plan's estimate stands beside them", () => {
  const { attempts, joules, cost } = render();
  const [failed, done] = attempts;
  // The card's tool always says 60 W, so energy is 60 J for each second of either attempt.
  const onCard = (failed?.busy_sec ?? 0) + (done?.busy_sec ?? 0);
  expect(joules?.gpu).toBeCloseTo(60 * onCard, 3);
  if (!cost || !("amount" in cost)) throw new Error("the cost is unknown");
  expect(cost.amount).toBeCloseTo((onCard * 3.6) / 3600 + ((60 * onCard) / 3.6e6) * 0.36, 9);
  expect(sumOf(metrics, "vendue_energy_joules_total", { source: "gpu" })).toBeCloseTo(joules?.gpu ?? 0, 6);
  const whole = report.cost;
  if (!("amount" in whole)) throw new Error("the cost of the run is unknown");
  expect(sumOf(metrics, "vendue_cost_total")).toBeCloseTo(whole.amount, 9);
  expect(whole.per_output_minute).toBeCloseTo(whole.amount / (summarize(report).mediaSec / 60), 1);
  expect(report.estimate.cost).toMatchObject({ unknown: expect.stringContaining("energy of alpha") as unknown });
});

test("every log line carries what it is about", () => {
  expect(log.every(({ run }) => run === report.run)).toBe(true);
  const attempts = log.filter(({ type }) => type === "attempt.ended");
  expect(
    attempts.map(({ job, attempt, backend, encoder, device, stages }) => ({
      job,
      attempt,
      backend,
      encoder,
      device,
      stages,
    })),
  ).toEqual([
    { job: "web", attempt: 1, backend: "alpha", encoder: "h264_nvenc", device: "0", stages: ["level", "web"] },
    { job: "web", attempt: 2, backend: "beta", encoder: "h264_vaapi", device: "renderD128", stages: ["level", "web"] },
  ]);
});

test("metrics keep to closed labels: no ids, no paths", () => {
  const values = [...metrics.values()].flat().flatMap(({ labels }) => Object.values(labels));
  expect(values.filter((value) => value.includes("/") || value.includes(report.run))).toEqual([]);
  expect(sumOf(metrics, "vendue_encoder_sessions_limit", { device: "0" })).toBe(2);
  expect(sumOf(metrics, "vendue_gpus", { vendor: "nvidia" })).toBe(1);
  expect(sumOf(metrics, "vendue_gpu_power_watts", { gpu: "nvidia0" })).toBe(60);
  expect(sumOf(metrics, "vendue_gpu_encoder_utilization_ratio", { gpu: "nvidia0" })).toBeCloseTo(0.12);
  expect(sumOf(metrics, "vendue_budget_used_ratio")).toBeGreaterThan(0);
});

test("promtool check metrics accepts them", async (context) => {
  const { exitCode, stdout, stderr, failed } = await execa("promtool", ["check", "metrics"], {
    input: metricsText,
    reject: false,
  });
  if (failed && exitCode === undefined) return context.skip("promtool is not installed");
  expect({ exitCode, said: stdout + stderr }).toEqual({ exitCode: 0, said: "" });
});

describe("the page", () => {
  test("needs nothing but itself, and no script", () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=/i);
    expect(page.match(/(?:src|href)="/g)).toBeNull();
    expect(page).toContain("prefers-color-scheme: dark");
    expect(page.match(/<svg[^>]*role="img"[^>]*aria-label="[^"]{20,}/g)).toHaveLength(2);
  });

  test("shows in a browser, in light and in dark", async (context) => {
    const shots = await screenshot(project.path("run.html"), { name: "report", width: 1100, height: 1500 });
    if (shots === undefined) return context.skip("chromium is not installed");
    const { text, light, dark, overflow, cut } = shots;
    expect(text).toContain("fall done");
    expect(text).toContain("DEVICE_LOST");
    expect(text).toContain("h264_vaapi on renderD128");
    expect(text).toMatch(/\d+\.\d\d EUR|EUR per output minute/);
    expect({ overflow, cut }).toEqual({ overflow: false, cut: [] });
    // White paper with some ink, and dark paper with some light.
    expect(light).toBeGreaterThan(200);
    expect(dark).toBeLessThan(80);
  });
});
