import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import cpu from "../../backends/cpu/mod.ts";
import { crfOf } from "../../backends/cpu/arguments.ts";
import { softwareEncoders } from "../../backends/cpu/encoders.ts";
import { comesTo } from "../../core/backend/mod.ts";
import { fakeContext, sampleTasks, testBackend } from "../../core/testing/mod.ts";
import { type Bid, type Encode, EFFORTS, type Probe, type Rate, type Task } from "../../core/types.ts";
import { builds } from "../support/ffmpeg.ts";
import { realContext } from "./real.ts";

const backend = cpu();
const [build] = builds;
await testBackend({
  backend,
  machine: { os: "linux", encoders: ["libx264", "libx265", "libsvtav1", "libaom-av1", "libvpx-vp9"] },
  ...(build && { tryEncode: (await realContext(backend, build.path)).tryEncode }),
});

type Facts = Parameters<typeof backend.score>[1];
const every: Facts = { cores: 2, encoders: softwareEncoders };
const only = (name: string): Facts => ({ cores: 2, encoders: softwareEncoders.filter((one) => one.name === name) });

const base: Encode = {
  codec: "h264",
  rate: { kind: "quality", quality: 70, x264Crf: 23, kbps: 3000 },
  effort: "balanced",
  width: 1920,
  height: 1080,
  fps: { num: 30, den: 1 },
  pixelFormat: "yuv420p",
  bitDepth: 8,
  gopFrames: 60,
  container: "mp4",
  color: { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" },
};
const [sample] = sampleTasks;
if (sample === undefined) throw new Error("the kit has sample tasks");
const ask = (difference: Partial<Encode>, facts = every) => backend.score(taskOf(difference), facts);
const args = (difference: Partial<Encode>, facts = every) =>
  backend.buildArgs(taskOf(difference), facts).encode?.args ?? [];
const taskOf = (difference: Partial<Encode>): Task => ({
  ...sample,
  decodes: true,
  ops: [],
  encode: { ...base, ...difference },
});

describe("cpu probe()", () => {
  const probe = async (machine: Parameters<typeof fakeContext>[0]) => backend.probe(fakeContext(machine).ctx);

  test("counts an encoder only after a trial at each depth", async () => {
    const deep = {
      encoder: "libx264",
      words: ["yuv420p10le"],
      answer: { ok: false, code: "FEATURE_REFUSED", line: "8 bit only" },
    } as const;
    const found = await probe({ cores: 4, encoders: ["libx264", "libx265"], opens: ["libx264"], trials: [deep] });
    expect(found).toEqual({
      state: "ready",
      facts: { cores: 4, encoders: [{ name: "libx264", codec: "h264", depths: [8] }] },
    });
  });

  test("is absent with the encoders' own words where nothing opens", async () => {
    expect(await probe({ encoders: [] })).toMatchObject({
      state: "absent",
      reason: expect.stringContaining("built without"),
    });
    const closed = await probe({ encoders: ["libx264", "libvpx-vp9"], opens: [] });
    expect(closed).toMatchObject({ state: "absent", reason: expect.stringMatching(/libx264: .*; libvpx-vp9: /) });
  });
});

describe("cpu score()", () => {
  test.for([
    ["h264", "balanced", 1280, 720, 2.4],
    ["h264", "balanced", 1920, 1080, 1.1],
    ["h264", "faster", 1920, 1080, 3],
    ["av1", "balanced", 1920, 1080, 0.7],
    ["hevc", "balanced", 1920, 1080, 0.35],
    ["vp9", "balanced", 1920, 1080, 0.3],
  ] as const)("claims for %s %s at %ix%i what two cores were seen to do", ([codec, effort, width, height, speed]) => {
    const task = taskOf({ codec, effort, width, height });
    const inputs = task.inputs.map((input) => ({ ...input, width, height }));
    const bid = backend.score({ ...task, inputs }, every) as Bid;
    expect(bid.speed).toBeGreaterThan(speed * 0.8);
    expect(bid.speed).toBeLessThan(speed * 1.2);
  });

  test("grows with cores, and tells decoding and filtering from encoding", () => {
    const { encode: _, ...decoding } = taskOf({});
    const alone = backend.score(decoding, every) as Bid;
    expect(alone.speed).toBeGreaterThan(9);
    expect(alone.speed).toBeLessThan(15);
    expect((ask({}, { ...every, cores: 16 }) as Bid).speed).toBeGreaterThan((ask({}) as Bid).speed * 3);
    const tonemap = sampleTasks.find(({ id }) => id === "sample/tonemap");
    expect((backend.score(tonemap ?? sample, every) as Bid).speed).toBeLessThan(1);
  });

  test("trades speed for quality along the whole ladder", () => {
    for (const { name, codec } of softwareEncoders) {
      const bids = EFFORTS.map((effort) => ask({ codec, effort }, only(name)) as Bid);
      for (const [nth, { speed, quality }] of bids.entries()) {
        expect(speed, name).toBeLessThanOrEqual(bids[nth - 1]?.speed ?? Infinity);
        expect(quality, name).toBeGreaterThan(bids[nth - 1]?.quality ?? 0);
      }
    }
  });

  test.for([
    [{ rate: { kind: "crf", crf: 52, x264Crf: 52, kbps: 100 } }, every, "crf 52 is outside 0 to 51 of libx264"],
    [
      { codec: "av1", rate: { kind: "crf", crf: 0, x264Crf: 0, kbps: 9000 } },
      only("libsvtav1"),
      "crf 0 is outside 1 to 63",
    ],
    [{ bitDepth: 10, pixelFormat: "yuv420p10le" }, only("libopenh264"), "libopenh264 has no 10 bit"],
    [{ rate: { kind: "crf", crf: 23, x264Crf: 23, kbps: 3000 } }, only("libopenh264"), "has no crf"],
    [{ codec: "av1", pixelFormat: "yuv422p" }, every, "libsvtav1 takes no yuv422p; libaom-av1 takes no yuv422p"],
    [{ profile: "main10" }, only("libx264"), "no profile main10 for 8 bit, only baseline"],
    [{ codec: "hevc", profile: "main", bitDepth: 10, pixelFormat: "yuv420p10le" }, every, "no profile main for 10 bit"],
    [{ codec: "vp9" }, only("libx264"), "no software encoder for vp9"],
    [{ codec: "av1", rate: { kind: "bitrate", kbps: 900, twoPass: true } }, only("libsvtav1"), "no second pass"],
  ] as const)("passes on %j with a reason", ([difference, facts, reason]) => {
    expect(ask(difference, facts)).toEqual({ kind: "pass", reason: expect.stringContaining(reason) });
  });

  test("takes the next encoder of a codec where the first one cannot, and notes why", () => {
    const twice = ask({ codec: "av1", rate: { kind: "bitrate", kbps: 900, twoPass: true } });
    expect(twice).toMatchObject({ kind: "bid", encoder: "libaom-av1", note: "libsvtav1 has no second pass" });
    expect(ask({ codec: "av1" })).toMatchObject({ encoder: "libsvtav1" });
    expect(ask({ codec: "av1" })).not.toHaveProperty("note");
  });
});

describe("cpu buildArgs()", () => {
  test("maps what looks like crf 23 of libx264 to each encoder's own, and never turns the scale around", () => {
    const at23 = ["libx264", "libx265", "libsvtav1", "libvpx-vp9"].map((name) => crfOf({ name }, 23));
    expect(at23).toEqual([23, 22, 30, 28]);
    for (const { name } of softwareEncoders) {
      const scale = Array.from({ length: 27 }, (_, nth) => crfOf({ name }, 14 + nth));
      expect(scale, name).toEqual([...scale].sort((a, b) => a - b));
    }
    expect([crfOf({ name: "libx264" }, 40), crfOf({ name: "libx264" }, 14)]).toEqual([40, 14]);
  });

  test("hands every op back and says colours, keyframes and format outright", () => {
    for (const task of sampleTasks) expect(backend.buildArgs(task, every).filters).toEqual(task.ops);
    expect(args({}).join(" ")).toContain(
      "-g 60 -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv",
    );
    expect(args({ color: {} }).join(" ")).not.toContain("-color");
  });

  test("caps a bitrate with twice its peak as buffer unless told otherwise", () => {
    const rate = { kind: "bitrate", kbps: 1000 } as const;
    expect(args({ rate }).join(" ")).toContain("-b:v 1000k -g");
    expect(args({ rate: { ...rate, maxKbps: 1500 } }).join(" ")).toContain("-b:v 1000k -maxrate 1500k -bufsize 3000k");
    expect(args({ rate: { ...rate, bufKbit: 800 } }).join(" ")).toContain("-b:v 1000k -maxrate 1000k -bufsize 800k");
  });
});

const complaint =
  /has not been used for any stream|Unrecognized option|not found|Unable to parse|Error setting|out of range|deprecated|is ignored/i;
const rates: Readonly<Record<string, Exclude<Rate, { kind: "size" }>>> = {
  quality: { kind: "quality", quality: 70 },
  best: { kind: "quality", quality: 100 },
  worst: { kind: "quality", quality: 0 },
  crf: { kind: "crf", crf: 35 },
  bitrate: { kind: "bitrate", kbps: 300 },
  capped: { kind: "bitrate", kbps: 300, maxKbps: 500, bufKbit: 700 },
  "two passes": { kind: "bitrate", kbps: 300, maxKbps: 500, twoPass: true },
};

/** Everything one encoder is asked to encode: every way to spend bits, a few efforts, both depths. */
function wishesFor({ name, codec, depths }: (typeof softwareEncoders)[number]): readonly (readonly [string, Encode])[] {
  const small: Encode = { ...base, codec, effort: "fastest", width: 320, height: 180, gopFrames: 4 };
  const deep = { ...small, bitDepth: 10, pixelFormat: "yuv420p10le" } as const;
  // libaom takes seconds for a frame at its best.
  const efforts = name === "libaom-av1" ? (["faster", "fast"] as const) : (["faster", "balanced", "best"] as const);
  return [
    ...Object.entries(rates).map(([label, rate]) => [label, { ...small, rate: comesTo(rate, small) }] as const),
    ...efforts.map((effort) => [effort, { ...small, effort }] as const),
    ...(depths.includes(10)
      ? [["10 bit", deep] as const, ["10 bit by bitrate", { ...deep, rate: { kind: "bitrate", kbps: 300 } }] as const]
      : []),
  ];
}

describe.each(builds)("cpu on the $name ffmpeg", ({ path }) => {
  let folder = "";
  let found: Probe<Facts> = { state: "absent", reason: "not asked yet" };
  beforeAll(async () => {
    // Two passes name their log inside an option, so the folder is as nasty as a path can be.
    folder = await mkdtemp(join(tmpdir(), "vendue it's: \\a,b=c "));
    found = await backend.probe(await realContext(backend, path));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const ffmpeg = (...words: readonly string[]) =>
    execa(path, ["-hide_banner", "-nostdin", "-y", ...words], { reject: false });
  const source = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30", "-frames:v", "8", "-map", "0:v"];

  test("probe() finds encoders that work", () => {
    expect(found).toMatchObject({ state: "ready" });
    if (found.state === "ready") expect(found.facts.encoders.map(({ codec }) => codec)).toContain("h264");
  });

  test.for(softwareEncoders)(
    "buildArgs() makes arguments that $name takes without a word",
    async (encoder, { skip }) => {
      const { name, codec } = encoder;
      if (found.state === "absent" || !found.facts.encoders.some((one) => one.name === name))
        return skip(`${name} is not here`);
      const limit = pLimit(3);
      let encoded = 0;
      async function check([label, wish]: readonly [string, Encode]): Promise<void> {
        if (ask(wish, only(name)).kind === "pass") return;
        const log = join(folder, `${name}-pass`);
        for (const nth of label === "two passes" ? ([1, 2] as const) : [undefined]) {
          const words = args({ ...wish, ...(nth && { pass: { nth, log } }) }, only(name));
          const run = await ffmpeg(
            "-v",
            "warning",
            "-progress",
            "pipe:1",
            ...source,
            ...words,
            join(folder, `${name} ${label}.mp4`),
          );
          expect.soft(run.exitCode, `${name} ${label}: ${run.stderr}`).toBe(0);
          expect.soft(run.stderr, `${name} ${label}`).not.toMatch(complaint);
          // A first pass of libvpx and libaom writes no packet at all.
          if (nth !== 1) expect.soft(run.stdout, `${name} ${label}`).toMatch(/^frame=8$/m);
          encoded++;
        }
      }
      await Promise.all(wishesFor(encoder).map((wish) => limit(() => check(wish))));
      expect(encoded).toBeGreaterThan(6);

      const file = join(folder, `${name} quality.mp4`);
      const packets = await ffmpeg("-v", "error", "-i", file, "-c", "copy", "-f", "framecrc", "-");
      const isKey = packets.stdout
        .split("\n")
        .filter((line) => line.startsWith("0,"))
        .map((line) => !line.includes("F=0x"));
      expect(isKey).toEqual([true, false, false, false, true, false, false, false]);
      const { stderr } = await ffmpeg("-i", file);
      expect(stderr).toMatch(/Video: .*\(tv, bt709/);
      if (codec === "hevc") expect(stderr).toContain("hvc1");
    },
  );
});
