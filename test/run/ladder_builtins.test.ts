import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend, Probe } from "../../core/backend/mod.ts";
import { loadBackends, probeContext } from "../../core/host/mod.ts";
import { load, openHost, plan, run } from "../../core/mod.ts";
import type { JobReport, Survey } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import type { Behaviour, Device } from "../support/standin/machine.ts";
import { setUp, standin, type Standin } from "../support/standin/standin.ts";

/**
 * The built-in backends that look for nodes or another system, from their own probes to their own rungs. What they
 * see of the machine is described; every trial and every job is a process.
 */
interface Bench {
  readonly backend: string;
  readonly os?: string;
  /** Paths that exist here. */
  readonly paths?: readonly string[];
  readonly hwaccels?: readonly string[];
  readonly encoder: string;
  readonly devices: readonly string[];
  /** Holds for the first device from the probe on. */
  readonly always?: readonly Behaviour[];
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly what: string;
  readonly plays: Behaviour;
  readonly code: string;
  /** Device of every attempt. */
  readonly rungs: readonly string[];
  /** What the last call of the encoder has to show, and what it must not. */
  readonly shows?: RegExp;
  readonly lacks?: RegExp;
}

const [first, second] = ["renderD128", "renderD129"];

const benches: readonly Bench[] = [
  {
    ...{ backend: "vaapi", paths: [`/dev/dri/${first}`, `/dev/dri/${second}`], hwaccels: ["vaapi"] },
    ...{ encoder: "h264_vaapi", devices: [first, second] },
    cases: [
      {
        ...{ name: "entrypoint", what: "no entrypoint: the same device in low power", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-vaapi-entrypoint", unless: "-low_power 1" }, rungs: [first, first] },
        shows: /-low_power 1/,
      },
      {
        ...{ name: "mode", what: "a rate control refused: the same device with the oldest", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-vaapi-rate-control", unless: "-bf 0" }, rungs: [first, first, first] },
        shows: /-rc_mode CQP .*-bf 0/,
      },
      {
        ...{ name: "decode", what: "decoding refused: the same device after the CPU", code: "DECODE_REFUSED" },
        ...{ plays: { says: "fact-vaapi-decode-profile", when: ["-hwaccel"] }, rungs: [first, first] },
        lacks: /-hwaccel/,
      },
      {
        ...{ name: "hiccup", what: "an error of the driver: the same once more", code: "DEVICE_LOST" },
        ...{ plays: { says: "fact-vaapi-runtime", on: ["job"], times: 1 }, rungs: [first, first] },
      },
      {
        ...{ name: "lost", what: "the same error twice: the other device", code: "DEVICE_LOST" },
        ...{ plays: { says: "fact-vaapi-runtime", on: ["job"] }, rungs: [first, first, second] },
      },
      {
        ...{ name: "size", what: "a size it does not take: the CPU", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-vaapi-size" }, rungs: [first, "cpu"] },
      },
    ],
  },
  {
    ...{ backend: "qsv", paths: [`/dev/dri/${first}`, `/dev/dri/${second}`], hwaccels: ["qsv", "vaapi"] },
    ...{ encoder: "h264_qsv", devices: [first, second] },
    cases: [
      {
        ...{ name: "power", what: "parameters refused: the same device in low power", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-qsv-resolution", unless: "-low_power 1" }, rungs: [first, first] },
        shows: /-low_power 1/,
      },
      {
        ...{ name: "memory", what: "no memory: the same device with less", code: "DEVICE_MEMORY" },
        ...{ plays: { says: "fact-qsv-memory", unless: "-async_depth 1" }, rungs: [first, first] },
        shows: /-bf 0 .*-async_depth 1/,
      },
      {
        ...{ name: "hang", what: "a hang: the other device", code: "DEVICE_LOST" },
        ...{ plays: { says: "fact-qsv-hang", on: ["job"], after: 3 }, rungs: [first, second] },
      },
    ],
  },
  {
    ...{ backend: "amf", paths: ["/dev/dri"], encoder: "h264_amf", devices: ["0"] },
    cases: [
      {
        ...{ name: "mode", what: "a rate control refused: the same card by bitrate", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-amf-size", unless: "-b:v " }, rungs: ["amd", "amd"] },
        shows: /-b:v \d+k/,
      },
      {
        ...{ name: "gone", what: "the runtime gone: the CPU", code: "DEVICE_MISSING" },
        ...{ plays: { says: "7.0-amf-missing" }, rungs: ["amd", "cpu"] },
      },
    ],
  },
  {
    ...{ backend: "mediacodec", os: "android", encoder: "h264_mediacodec", devices: ["0"] },
    always: [{ on: ["probe"], says: "fact-mediacodec-configure", when: ["1920x1080|3840x2160"] }],
    cases: [
      {
        ...{ name: "format", what: "a pixel format refused: the same in the other", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-mediacodec-configure", when: ["nv12"] }, rungs: ["android", "android"] },
        lacks: /nv12/,
      },
      {
        ...{ name: "every", what: "every format refused: the CPU", code: "FEATURE_REFUSED" },
        ...{ plays: { says: "fact-mediacodec-configure" }, rungs: ["android", "android", "cpu"] },
      },
    ],
  },
  {
    ...{ backend: "nvmpi", paths: ["/etc/nv_tegra_release", "/dev/nvhost-msenc"], encoder: "h264_nvmpi" },
    devices: ["0"],
    cases: [
      {
        ...{ name: "crash", what: "a crash of the driver: the CPU, and nothing twice", code: "CRASHED" },
        ...{ plays: { on: ["job"], after: 2, signal: "SEGV" }, rungs: ["jetson", "cpu"] },
      },
    ],
  },
];

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  const clip = "-f lavfi -i testsrc2=size=320x180:rate=25 -t 1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p";
  await ffmpeg([...clip.split(" "), project.path("media/a.mp4")]);
  Object.assign(process.env, project.env);
});
afterAll(async () => {
  for (const name of Object.keys(project.env)) delete process.env[name];
  await project.remove();
});

describe.each(benches.map((one) => [one.backend, one] as const))("%s", (_, bench) => {
  let stand: Standin;
  let survey: Survey;
  let backends: readonly Backend[];

  beforeAll(async () => {
    stand = await setUp(
      { hwaccels: bench.hwaccels ?? [], devices: bench.devices.map((id, nth) => deviceOf(bench, id, nth === 0)) },
      project.path(`machine-${bench.backend}`),
    );
    Object.assign(process.env, stand.env);
    ({ survey, backends } = await lookAround(bench));
  });
  afterAll(() => {
    for (const name of Object.keys(stand.env)) delete process.env[name];
  });

  test.each(bench.cases.map((one) => [one.what, one] as const))("%s", { timeout: 120_000 }, async (__, one) => {
    const job = await render(one.name);
    expect(job.attempts.map(({ device }) => device)).toEqual(one.rungs);
    expect(job.attempts[0]?.code).toBe(one.code);
    expect(job.state).toBe("done");
    expect(job.gpu_fallback).toBe(one.rungs.at(-1) === "cpu");
    const words = (await stand.calls())
      .filter(({ role, args }) => role === "job" && args.some((arg) => arg.includes(`/.${one.name}.`)))
      .at(-1)
      ?.args.join(" ");
    if (one.shows) expect(words).toMatch(one.shows);
    if (one.lacks) expect(words).not.toMatch(one.lacks);
  });

  async function render(name: string): Promise<JobReport> {
    const stages = `stages:\n  - id: web\n    export: { output: out/${name}.mp4, video: { codec: h264, size: 256x144 } }\n`;
    const file = await project.write(
      "p.yaml",
      `version: 1\nbackends: [${bench.backend}, cpu]\nprefer: speed\ninputs: { a: media/a.mp4 }\n${stages}`,
    );
    // Every case remembers for itself what it learned of the devices.
    const own = { cache_dir: project.path("own", bench.backend, name), state_dir: project.path("own", name) };
    const host = await openHost(project.folder, { ffmpeg: standin, stall_sec: 20, ...own });
    const { pipeline, media } = await load(file, { host });
    const work = run(plan(pipeline, media, survey, { backends }), { host });
    const [job] = (await work.report).jobs;
    if (job === undefined) throw new Error("the run has no job");
    return job;
  }
});

function deviceOf({ encoder, always = [], cases }: Bench, id: string, isFirst: boolean): Device {
  if (!isFirst) return { id, encoders: [encoder] };
  const behaviours = cases.map(({ name, plays }) => ({
    name,
    ...plays,
    when: [`/\\.${name}\\.`, ...(plays.when ?? [])],
  }));
  return { id, encoders: [encoder], behaviours: [...always, ...behaviours] };
}

/** What the backend's probe finds, with paths and a system as described, and the CPU's beside it. */
async function lookAround({ backend, os = "linux", paths = [] }: Bench) {
  // What the stand-in lists depends on the machine, and lists are remembered by the program's file.
  const host = await openHost(project.folder, { ffmpeg: standin, cache_dir: project.path("own", backend) });
  const build = await host.build();
  const uses = [backend, "cpu"].map((specifier) => ({ specifier, options: {}, allow: { read: [], env: [], run: [] } }));
  const { loaded } = await loadBackends(uses, project.folder);
  const signal = new AbortController().signal;
  const answers = loaded.map(async (one) => {
    const ctx = probeContext(one, { build, signal, launcher: [], env: {}, cache: host.settings.cache_dir });
    const exists = async (path: string) => paths.some((known) => known === path || known.startsWith(`${path}/`));
    const ask = async (program: string) => ({ ok: false, text: `${program} is not installed` });
    const probe: Probe = await one.backend.probe({ ...ctx, platform: { ...ctx.platform, os }, exists, ask });
    if (probe.state === "absent") throw new Error(`${one.backend.name}: ${probe.reason}`);
    return { name: one.backend.name, specifier: one.backend.name, accel: one.backend.accel ?? true, probe };
  });
  const survey: Survey = { ffmpeg: build, platform: host.platform, backends: await Promise.all(answers) };
  return { survey, backends: loaded.map((one) => one.backend) };
}
