import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCodeOfReport } from "../../core/cli/exit.ts";
import { load, openHost, plan, run, type RunEvent, survey, type SurveyWithBackends } from "../../core/mod.ts";
import type { Job, JobReport, Plan } from "../../core/types.ts";
import { samples } from "../ffmpeg/samples.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import { backendsOf } from "../support/simbackend/use.ts";
import type { Behaviour } from "../support/standin/machine.ts";
import { setUp, type Standin, standin } from "../support/standin/standin.ts";

/**
 * Every row of the failure catalogue, driven through a whole run on a machine with two cards of one backend, a
 * device of another, and a CPU. `alpha 0` bids best.
 */
type Rung = "alpha 0" | "alpha 1" | "beta renderD128" | "cpu cpu";

/** What the catalogue wants after a failure of this kind: which rungs are tried while only the first one fails. */
type Kind = "stop" | "same" | "memory" | "feature" | "size" | "decode" | "lie" | "elsewhere" | "other backend";

interface Row {
  readonly row: number;
  readonly what: string;
  readonly kind: Kind;
  readonly code: string;
  readonly plays: Behaviour;
  /** The first cause line; left out where `plays` says a sample, whose own line is expected. */
  readonly cause?: string | RegExp;
  readonly outcome?: string;
  readonly exitCode?: number;
  readonly input?: string;
  /** Also run with every device failing, down to the CPU: once for each kind, and for what a device may do worst. */
  readonly toTheEnd?: true;
}

const onJob = { on: ["job"] } as const;

const rows: readonly Row[] = [
  says(1, "stop", "5.1-input-missing", { exitCode: 2 }),
  says(1, "stop", "7.0-input-missing", { exitCode: 2 }),
  says(1, "stop", "7.0-moov-missing"),
  says(1, "stop", "5.1-stream-missing"),
  says(2, "stop", "5.1-disk-full", { plays: { ...onJob, after: 3 } }),
  says(2, "stop", "7.0-disk-full-end", { plays: { ...onJob, after: 3 } }),
  // 5.1 ends with zero although the end of the file is missing.
  says(2, "stop", "5.1-disk-full-end", { plays: { ...onJob, after: 3, exit: 0 } }),
  says(2, "stop", "7.0-output-denied"),
  says(2, "stop", "5.1-output-readonly"),
  says(3, "stop", "5.1-option-unknown"),
  says(3, "stop", "7.0-preset-unknown"),
  says(3, "stop", "7.0-option-range"),
  says(4, "other backend", "7.0-nvmpi-missing", { toTheEnd: true }),
  says(5, "elsewhere", "7.0-nvenc-missing", { toTheEnd: true }),
  says(6, "elsewhere", "fact-nvenc-driver-old"),
  says(7, "same", "fact-nvenc-sessions", { toTheEnd: true }),
  says(7, "same", "fact-nvenc-client-key"),
  says(8, "elsewhere", "fact-nvenc-no-chip"),
  says(9, "feature", "fact-nvenc-b-frames", { toTheEnd: true }),
  says(10, "feature", "fact-nvenc-incapable"),
  says(11, "feature", "fact-vaapi-entrypoint"),
  says(12, "feature", "fact-vaapi-rate-control"),
  says(13, "size", "fact-vaapi-size", { toTheEnd: true }),
  says(14, "feature", "fact-vaapi-surface-format"),
  says(15, "feature", "fact-qsv-low-power"),
  says(16, "memory", "fact-cuda-memory", { toTheEnd: true }),
  says(16, "memory", "fact-qsv-memory"),
  says(17, "elsewhere", "fact-cuda-illegal-address", { plays: { ...onJob, after: 4 } }),
  says(18, "elsewhere", "fact-cuda-no-device"),
  says(19, "elsewhere", "fact-qsv-hang", { plays: { ...onJob, after: 4 } }),
  says(20, "same", "fact-vaapi-runtime", { plays: onJob }),
  says(21, "decode", "fact-nvdec-capability", { toTheEnd: true }),
  says(22, "decode", "7.0-formats-impossible"),
  says(23, "stop", "7.0-hwupload-bare"),
  says(24, "feature", "fact-amf-size"),
  says(25, "feature", "fact-mediacodec-configure"),
  {
    ...{ row: 26, what: "a crash without a word", kind: "elsewhere", code: "CRASHED" },
    ...{ plays: { ...onJob, after: 2, signal: "SEGV" }, cause: "ffmpeg was ended by SIGSEGV", toTheEnd: true },
  },
  {
    ...{ row: 26, what: "a crash that a launcher tells", kind: "elsewhere", code: "CRASHED" },
    ...{ plays: { exit: 134 }, cause: "ffmpeg was ended by SIGABRT" },
  },
  {
    ...{ row: 26, what: "a crash in the trial", kind: "elsewhere", code: "CRASHED" },
    ...{ plays: { on: ["trial"], signal: "BUS" }, cause: "ffmpeg was ended by SIGBUS" },
  },
  says(27, "decode", "5.1-decode-failed", { plays: onJob }),
  says(27, "stop", "7.0-decode-failed", { input: "torn", code: "INPUT_CORRUPT", cause: /torn\.ts: / }),
  {
    ...{ row: 28, what: "a hang after some frames", kind: "elsewhere", code: "STALLED", outcome: "stalled" },
    ...{ plays: { ...onJob, after: 5, stalls: true }, cause: /^no progress for 3 s/, toTheEnd: true },
  },
  {
    ...{ row: 28, what: "a hang in the trial", kind: "elsewhere", code: "STALLED" },
    ...{ plays: { on: ["trial"], stalls: true }, cause: /no progress for 3 s/ },
  },
  {
    ...{ row: 28, what: "a hang that is deaf to TERM", kind: "elsewhere", code: "STALLED", outcome: "stalled" },
    ...{ plays: { ...onJob, stalls: true, deaf: true }, cause: /^no progress for 3 s/ },
  },
  {
    ...{ row: 0, what: "words that no row knows", kind: "decode", code: "UNKNOWN" },
    ...{ plays: { stderr: "[h264 @ 0x1] [error] the moon is in the wrong house" } },
    cause: "the moon is in the wrong house",
  },
  {
    ...{ row: 0, what: "words that no row knows, of a source that is broken", kind: "stop", code: "INPUT_CORRUPT" },
    ...{ plays: { stderr: "[h264 @ 0x1] [error] the moon is in the wrong house" }, input: "torn", cause: /torn\.ts: / },
  },
  ...(["empty", "truncated", "short"] as const).map((wrong): Row => ({
    ...{ row: 0, what: `exit code zero and a file that is ${wrong}`, kind: "lie", code: "VERIFY_FAILED" },
    ...{ outcome: "unverified", plays: { ...onJob, wrong }, cause: /./ },
  })),
  {
    ...{ row: 0, what: "exit code zero and no file at all", kind: "lie", code: "VERIFY_FAILED", outcome: "unverified" },
    ...{ plays: { ...onJob, wrong: "nothing" }, cause: /./, toTheEnd: true },
  },
];

/** One row that a recorded text stands for; what it has to be told as stands beside the text. */
function says(row: number, kind: Kind, sample: string, { plays, ...more }: Partial<Row> = {}): Row {
  const [, exit, code = ""] = samples.find(([name]) => name === sample) ?? [];
  const base = { row, what: sample, kind, code, plays: { says: sample, ...(exit && { exit }), ...plays } };
  return { ...base, ...more };
}

/** What is tried while only the first card fails, and only as it stands. */
const firstOnly: Readonly<Record<Kind, readonly Rung[]>> = {
  stop: ["alpha 0"],
  same: ["alpha 0", "alpha 0"],
  memory: ["alpha 0", "alpha 0"],
  feature: ["alpha 0", "alpha 0"],
  size: ["alpha 0", "beta renderD128"],
  decode: ["alpha 0", "alpha 0"],
  lie: ["alpha 0", "alpha 0"],
  elsewhere: ["alpha 0", "alpha 1"],
  "other backend": ["alpha 0", "beta renderD128"],
};

/** What is tried while every device fails in this way. */
const everyDevice: Readonly<Record<Kind, readonly Rung[]>> = {
  stop: ["alpha 0"],
  same: ["alpha 0", "alpha 0", "alpha 1", "alpha 1", "beta renderD128", "beta renderD128", "cpu cpu"],
  memory: ["alpha 0", "alpha 0", "alpha 1", "alpha 1", "beta renderD128", "beta renderD128", "cpu cpu"],
  feature: ["alpha 0", "alpha 0", "beta renderD128", "beta renderD128", "cpu cpu"],
  size: ["alpha 0", "beta renderD128", "cpu cpu"],
  decode: ["alpha 0", "alpha 0", "beta renderD128", "beta renderD128", "cpu cpu"],
  lie: ["alpha 0", "alpha 0", "alpha 1", "beta renderD128", "beta renderD128", "cpu cpu"],
  elsewhere: ["alpha 0", "alpha 1", "beta renderD128", "cpu cpu"],
  "other backend": ["alpha 0", "beta renderD128", "cpu cpu"],
};

/** What makes the failure go away on the same device, where something does. */
const cures: Readonly<Partial<Record<Kind, Behaviour>>> = {
  same: { times: 1 },
  memory: { unless: "-bf 0" },
  feature: { unless: "-bf 0" },
  decode: { when: ["-hwaccel"] },
  lie: { when: ["-hwaccel"] },
};

interface Case extends Row {
  readonly id: string;
  readonly rungs: readonly Rung[];
}

const cases = rows.flatMap((row, nth): readonly Case[] => [
  { ...row, id: `case-${nth}-first`, rungs: firstOnly[row.kind] },
  ...(row.toTheEnd ? [{ ...row, id: `case-${nth}-every`, rungs: everyDevice[row.kind] }] : []),
]);

let project: Project;
let stand: Standin;
let found: SurveyWithBackends;
/** Two runs keep two cores busy; as many again mostly wait, for a busy device or a hanging one. */
const limit = pLimit(4);

beforeAll(async () => {
  project = await makeProject();
  await makeClips();
  stand = await setUp(
    {
      devices: [
        { id: "0", encoders: ["h264_nvenc"], behaviours: cases.map((one) => behaviourOf(one)).concat(extras) },
        { id: "1", encoders: ["h264_nvenc"], behaviours: everyCase().concat(extras) },
        ...(["green", "nothing", "crash"] as const).map((id) => ({
          id,
          encoders: ["h264_nvenc"],
          behaviours: liars[id],
        })),
        { id: "renderD128", encoders: ["h264_vaapi"], behaviours: everyCase().concat(extras) },
      ],
    },
    project.path("machine"),
  );
  Object.assign(process.env, stand.env, project.env);
  await writePipeline("probe");
  const host = await openHost(project.folder, settings());
  const { backends } = await load(project.path("probe.yaml"), { host });
  found = await survey(backends);
});
afterAll(async () => {
  for (const name of Object.keys({ ...stand.env, ...project.env })) delete process.env[name];
  await project.remove();
});

/** Fails on every device, whatever is asked of it. */
const extras: readonly Behaviour[] = [
  { name: "dead", when: ["/\\.dead"], says: "fact-cuda-illegal-address" },
  { name: "slow", when: ["/\\.slow"], on: ["job"], after: 3, stalls: true },
];

/** Devices that are listed, open, and yet do not encode. */
const liars: Readonly<Record<"green" | "nothing" | "crash", readonly Behaviour[]>> = {
  green: [{ on: ["probe"], wrong: "green" }],
  nothing: [{ on: ["probe"], wrong: "nothing" }],
  crash: [{ on: ["probe"], signal: "SEGV" }],
};

function behaviourOf({ id, plays, kind }: Case): Behaviour {
  const cure = id.endsWith("-first") ? (cures[kind] ?? {}) : {};
  return { name: id, ...plays, ...cure, when: [`/\\.${id}\\.`, ...(cure.when ?? [])] };
}

function everyCase(): readonly Behaviour[] {
  return cases.filter(({ id }) => id.endsWith("-every")).map(behaviourOf);
}

async function makeClips() {
  await mkdir(project.path("media"));
  const picture = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25"];
  const sound = ["-f", "lavfi", "-i", "sine=440:sample_rate=48000"];
  const codec = ["-t", "1", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
  await ffmpeg([...picture, ...sound, ...codec, "-c:a", "aac", project.path("media/good.mp4")]);
  await ffmpeg([...picture, ...codec, "-f", "mpegts", project.path("media/torn.ts")]);
  const torn = await readFile(project.path("media/torn.ts"));
  // The header still reads well, the pictures do not.
  torn.fill(0x41, Math.floor(torn.length * 0.3), Math.floor(torn.length * 0.6));
  await writeFile(project.path("media/torn.ts"), torn);
}

function writePipeline(id: string, { input = "good", top = "" } = {}): Promise<string> {
  const sims = [
    { name: "alpha", encoder: "h264_nvenc", devices: ["0", "1"], speed: 1e6 },
    { name: "beta", encoder: "h264_vaapi", devices: ["renderD128"], speed: 1e5 },
  ];
  const clip = input === "torn" ? "media/torn.ts" : "media/good.mp4";
  return project.write(
    `${id}.yaml`,
    `version: 1\n${top}backends: ${backendsOf(sims)}\ninputs: { a: ${clip} }\nstages:\n  - id: web\n    export: { output: out/${id}.mp4, video: { codec: h264, effort: fastest } }\n`,
  );
}

/** Every case remembers for itself what it learned of the devices. */
function settings(id?: string) {
  const own = id === undefined ? {} : { cache_dir: project.path("own", id), state_dir: project.path("own", id) };
  return { ffmpeg: standin, stall_sec: 3, grace_sec: 1, cache_dir: project.path(".cache"), ...own };
}

async function runHere(
  id: string,
  { input, top, signal }: { input?: string; top?: string; signal?: AbortSignal } = {},
) {
  const file = await writePipeline(id, { ...(input && { input }), ...(top && { top }) });
  const { pipeline, media } = await load(file, { host: await openHost(project.folder, settings()) });
  const work = run(asOurs(plan(pipeline, media, found)), {
    host: await openHost(project.folder, settings(id)),
    ...(signal && { signal }),
  });
  const events: RunEvent[] = [];
  for await (const event of work) events.push(event);
  const report = await work.report;
  const [job] = report.jobs;
  if (job === undefined) throw new Error("the run has no job");
  return { report, job, events, exitCode: exitCodeOfReport(report) };
}

/** The simulated backends stand for built-ins, whose mistakes are ours; a stranger's would only cost it the job. */
function asOurs(plan: Plan): Plan {
  const jobs = plan.jobs.map((job): Job => {
    if (job.kind === "measure") return job;
    return { ...job, bids: job.bids.map(({ stranger: _, ...bid }) => bid) };
  });
  return { ...plan, jobs };
}

/** The report, the events and the two words for other programs all tell the same story. */
function expectAgreement(job: JobReport, events: readonly RunEvent[]) {
  const { attempts } = job;
  const last = attempts.at(-1);
  expect(events.flatMap((one) => (one.type === "attempt.ended" ? [one.result] : []))).toEqual(attempts);
  const falls = attempts.flatMap(({ backend, code, cause, next }, nth) =>
    next === "next-bid" ? [{ from: backend, to: attempts[nth + 1]?.backend, code, cause }] : [],
  );
  expect(
    events.flatMap((one) =>
      one.type === "fallback" ? [{ from: one.from, to: one.to, code: one.code, cause: one.cause }] : [],
    ),
  ).toEqual(falls);
  expect(job).toMatchObject({ backend: last?.backend, encoder: last?.encoder, device: last?.device });
  expect(job.gpu_accel).toBe(last?.accel);
  expect(job.gpu_fallback).toBe(last?.accel === false && attempts.some(({ accel }) => accel));
}

const rungsOf = ({ attempts }: JobReport) => attempts.map(({ backend, device }) => `${backend} ${device}`);

describe("every row of the failure catalogue leads to its rung", () => {
  const titled = cases.map((one) => [`${one.row || "none"}: ${one.what}`, one.rungs.join(", "), one] as const);
  test.concurrent.each(titled)("row %s: %s", { timeout: 200_000 }, async (_, __, one) => {
    const { id, kind, code, rungs, plays, outcome = "failed" } = one;
    const { job, events, exitCode } = await limit(() => runHere(id, { ...(one.input && { input: one.input }) }));
    expect(rungsOf(job)).toEqual(rungs);
    const failures = kind === "stop" ? job.attempts : job.attempts.slice(0, -1);
    for (const attempt of failures) expect(attempt).toMatchObject({ outcome, code });
    const sample = samples.find(([name]) => name === plays.says)?.[4];
    const cause = one.cause ?? (sample?.includes("/media/") ? sample.replace(/\S*\/media\/\S+/g, "") : sample) ?? "";
    if (cause instanceof RegExp) expect(failures[0]?.cause).toMatch(cause);
    else if (sample?.includes("/media/")) expect(failures[0]?.cause).toContain(sample.split(": ").at(-1));
    else expect(failures[0]?.cause).toBe(cause);
    expectAgreement(job, events);

    const isDone = kind !== "stop";
    expect(job.state).toBe(isDone ? "done" : "failed");
    expect(exitCode).toBe(isDone ? 0 : (one.exitCode ?? 1));
    expect(existsSync(project.path("out", `${id}.mp4`))).toBe(isDone);
    if (isDone) expect(job.outputs[0]?.checks.every(({ ok }) => ok)).toBe(true);
    else expect(job.error?.code).toBe(code);
    expect((await readdir(project.path("out"))).filter((name) => name.startsWith(`.${id}.`))).toEqual([]);
  });
});

describe("who wants the GPU", () => {
  test.concurrent(
    "accel: required never ends on the CPU, and says why with exit code 4",
    { timeout: 120_000 },
    async () => {
      const { job, events, exitCode } = await limit(() => runHere("dead-required", { top: "accel: required\n" }));
      expect(rungsOf(job)).toEqual(["alpha 0", "alpha 1", "beta renderD128"]);
      expectAgreement(job, events);
      expect(job.state).toBe("failed");
      expect(job.error?.message).toContain("CUDA_ERROR_ILLEGAL_ADDRESS");
      expect(exitCode).toBe(4);
    },
  );

  test.concurrent("a cancel ends the run and tries nothing else", { timeout: 120_000 }, async () => {
    const stop = new AbortController();
    const { job, report, events, exitCode } = await limit(async () => {
      const work = runHere("slow-cancel", { signal: stop.signal });
      await until(async () =>
        (await stand.calls()).some(({ plays, args }) => plays === "slow" && about(args, "cancel")),
      );
      stop.abort();
      return work;
    });
    expect(report.state).toBe("cancelled");
    expect(job.attempts).toMatchObject([{ backend: "alpha", device: "0", outcome: "cancelled", code: "CANCELLED" }]);
    expect(events.some(({ type }) => type === "fallback")).toBe(false);
    expect(job.gpu_fallback).toBe(false);
    expect(exitCode).toBe(130);
    expect(existsSync(project.path("out/slow-cancel.mp4"))).toBe(false);
  });

  test.concurrent("accel: off never calls a device", { timeout: 120_000 }, async () => {
    const { job } = await limit(() => runHere("dead-off", { top: "accel: off\n" }));
    expect(rungsOf(job)).toEqual(["cpu cpu"]);
    expect(job).toMatchObject({ state: "done", gpu_accel: false, gpu_fallback: false });
    expect((await stand.calls()).filter(({ args }) => about(args, "dead-off"))).toEqual([]);
  });
});

test.concurrent.each([
  ["green", /^the picture is not what was encoded/],
  ["nothing", /^0 of 5 frames came out/],
  ["crash", /SIGSEGV/],
])("a device that answers a probe with %s is not ready, and says why", async (id, reason) => {
  const sims = [{ name: "gamma", encoder: "h264_nvenc", devices: [id] }];
  const stages = "stages:\n  - id: web\n    export: { output: out/x.mp4 }\n";
  const file = await project.write(
    `probe-${id}.yaml`,
    `version: 1\nbackends: ${backendsOf(sims)}\ninputs: { a: media/good.mp4 }\n${stages}`,
  );
  const { backends: answers } = await limit(async () => {
    const { backends } = await load(file, { host: await openHost(project.folder, settings()) });
    return survey(backends);
  });
  expect(answers.find(({ name }) => name === "gamma")?.probe).toMatchObject({
    state: "absent",
    reason: expect.stringMatching(reason) as unknown,
  });
});

describe("vendue run", () => {
  const flags = ["--json"];
  test.concurrent("falls back to the CPU with one event per rung and exit code 0", { timeout: 120_000 }, async () => {
    await writePipeline("dead-cli");
    const { exitCode, stdout } = await limit(() => project.vendue(["run", "dead-cli.yaml", ...flags]));
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunEvent);
    const [job] = events.flatMap((one) => (one.type === "run.ended" ? one.report.jobs : []));
    if (job === undefined) throw new Error("no job ended");
    expectAgreement(job, events);
    expect(rungsOf(job)).toEqual(everyDevice.elsewhere);
    expect(exitCode).toBe(0);
  });

  test.concurrent("says exit code 4 where accel is required and every device fails", { timeout: 120_000 }, async () => {
    await writePipeline("dead-cli-required", { top: "accel: required\n" });
    const { exitCode, stdout, stderr } = await limit(() => project.vendue(["run", "dead-cli-required.yaml"]));
    expect(stdout + stderr).toContain("CUDA_ERROR_ILLEGAL_ADDRESS");
    expect(exitCode).toBe(4);
  });
});

function about(args: readonly string[], name: string): boolean {
  return args.some((arg) => arg.includes(name));
}

async function until(holds: () => Promise<boolean>) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it never came to that");
}
