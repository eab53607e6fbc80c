import { describe, expect, test } from "vitest";
import qsv, { type Facts } from "../../backends/qsv/mod.ts";
import type { Op, Trial } from "../../core/backend/mod.ts";
import { fakeContext, type Machine, testBackend } from "../../core/testing/mod.ts";
import { builds } from "../support/ffmpeg.ts";
import {
  type Asked,
  bt709,
  encodeOf,
  encodersOf,
  everyEncode,
  everyChain,
  filtersOf,
  lint,
  lintLimitMs,
  lintFilters,
  optionsOf,
  representatives,
  source,
  taskOf,
} from "./option_lint.ts";
import { realContext } from "./real.ts";

const backend = qsv();
const extras = "low_power async_depth tier idr_interval forced_idr mbbrc extbrc look_ahead_depth".split(" ");
const options = { h264_qsv: extras, hevc_qsv: extras, av1_qsv: extras, vp9_qsv: ["low_power", "forced_idr"] };
const best = { depths: [8, 10], bframes: true, lowPower: false, quality: "ICQ", vbr: true, lookahead: true } as const;
const chip = {
  id: "renderD128",
  codecs: {
    h264: { ...best, depths: [8] },
    hevc: best,
    av1: { ...best, quality: "CQP" },
    vp9: { ...best, lowPower: true, vbr: false },
  },
  decodes: { h264: [8], hevc: [8, 10] },
  chores: ["scale", "crop", "deinterlace", "transpose"],
} as const;
const facts: Facts = { cores: 8, options, devices: [chip], refused: [] };

const refuse = (code: string, line: string): Trial => ({ ok: false, code, line });
const mini: Machine = { os: "linux", paths: ["/dev/dri/renderD128"], options };

const [build] = builds;
const real = build && (await realContext(backend, build.path));
await testBackend({ backend, machine: mini, ...(real && { tryEncode: (...asked) => real.tryEncode(...asked) }) });

const frames: Op = { kind: "frames", rate: { num: 30, den: 1 }, count: 300 };
const scale: Op = { kind: "scale", width: 1280, height: 720, from: bt709, to: bt709 };
const eightBit: Op = { kind: "format", pixelFormat: "yuv420p" };
const crop: Op = { kind: "crop", box: { x: 240, y: 0, width: 1440, height: 1080 } };

describe("buildArgs()", () => {
  test("buildArgs() decodes, crops, scales and encodes on the device", () => {
    const ops = [frames, crop, scale, eightBit];
    expect(backend.buildArgs(taskOf({ ops, encode: encodeOf("hevc") }), facts)).toEqual({
      device: [
        "-init_hw_device",
        "vaapi=va:/dev/dri/renderD128,driver=iHD",
        "-init_hw_device",
        "qsv=qs@va",
        "-filter_hw_device",
        "qs",
      ],
      decode: {
        on: "qsv",
        args: "-extra_hw_frames 16 -hwaccel qsv -hwaccel_device qs -hwaccel_output_format qsv".split(" "),
      },
      filters: [
        frames,
        { name: "vpp_qsv", args: { cw: 1440, ch: 1080, cx: 240, cy: 0, w: 1440, h: 1080 }, on: "qsv" },
        { name: "vpp_qsv", args: { w: 1280, h: 720, scale_mode: 2 }, on: "qsv" },
      ],
      encode: {
        on: "qsv",
        pixelFormat: "nv12",
        args: (
          "-c:v hevc_qsv -preset medium -profile:v main -global_quality 26 -g 60 -bf 3 -low_power 0 -tier main -idr_interval 0 " +
          "-forced_idr 1 -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -tag:v hvc1"
        ).split(" "),
      },
    });
  });

  test("buildArgs() names adapters on Windows by number", () => {
    const known = { ...facts, devices: [{ ...chip, id: "1" }] };
    expect(backend.buildArgs(taskOf(), known).device?.[1]).toBe(
      "qsv=qs:hw_any,child_device=1,child_device_type=d3d11va",
    );
  });

  test("buildArgs() leaves a pad to software, and with it the rest", () => {
    const ops: readonly Op[] = [frames, scale, { kind: "pad", width: 1280, height: 960, x: 0, y: 120 }, eightBit];
    const { decode, filters } = backend.buildArgs(taskOf({ ops }), facts);
    expect([decode, filters]).toEqual([undefined, ops]);
  });

  test("buildArgs() gives each variant less, or another device", () => {
    const both = { ...facts, devices: [chip, { ...chip, id: "renderD129" }] };
    const asked = taskOf({ ops: [frames, scale, eightBit], encode: encodeOf("h264") });
    const args = (variant: string) => backend.buildArgs({ ...asked, variant }, both).encode?.args.join(" ");
    expect(args("low power")).toContain("-low_power 1");
    expect(args("plain")).toContain("-q:v 25 -g 60 -bf 0");
    expect(args("less memory")).toMatch(/-bf 0 .*-async_depth 1/);
    expect(backend.buildArgs({ ...asked, variant: "software decode" }, both).filters).toEqual(asked.ops);
    expect(backend.buildArgs({ ...asked, variant: "gpu renderD129" }, both).device?.[1]).toContain("renderD129");
  });

  test.each([
    ["av1", { kind: "quality", quality: 70 }, "-q:v 115"],
    ["vp9", { kind: "quality", quality: 70 }, "-global_quality 26"],
    ["h264", { kind: "crf", crf: 18 }, "-global_quality 20"],
    ["h264", { kind: "bitrate", kbps: 3000 }, "-b:v 3000k -maxrate 4500k -bufsize 18000k"],
    ["h264", { kind: "bitrate", kbps: 3000, maxKbps: 3000, bufKbit: 3000 }, "-b:v 3000k -maxrate 3000k -bufsize 3000k"],
  ] as const)("buildArgs() spends bits for %s by %o as %s", (codec, rate, expected) => {
    const args = backend.buildArgs(taskOf({ encode: encodeOf(codec, { rate }) }), facts).encode?.args ?? [];
    expect(args.join(" ")).toContain(expected);
    // Together they would throw the quality away.
    expect(args.includes("-global_quality") && args.includes("-maxrate")).toBe(false);
  });

  test("buildArgs() looks ahead only where there are bits to share out and time to do it", () => {
    const looks = (effort: "slow" | "fast", rate: Asked) =>
      backend
        .buildArgs(taskOf({ encode: encodeOf("h264", { effort, rate }) }), facts)
        .encode?.args.includes("-look_ahead_depth");
    const bitrate = { kind: "bitrate", kbps: 3000 } as const;
    expect([looks("slow", bitrate), looks("fast", bitrate), looks("slow", { kind: "quality", quality: 70 })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("score()", () => {
  test("score() names the encoder, the device and the rungs below", () => {
    const both = { ...facts, devices: [chip, { ...chip, id: "renderD129" }] };
    const bid = backend.score(
      taskOf({ ops: [frames, scale, eightBit], encode: encodeOf("vp9", { container: "webm" }) }),
      both,
    );
    expect(bid).toMatchObject({ kind: "bid", encoder: "vp9_qsv", device: "renderD128", basis: "claimed" });
    if (bid.kind !== "bid") return;
    expect(bid.variants?.map(({ name }) => name)).toEqual([
      "normal power",
      "plain",
      "less memory",
      "software decode",
      "gpu renderD129",
    ]);
  });

  test.each([
    [encodeOf("h264", { bitDepth: 10, pixelFormat: "yuv420p10le" }), "renderD128 does not encode h264 in 10 bits"],
    [
      encodeOf("vp9", { rate: { kind: "bitrate", kbps: 900 } }),
      "renderD128 encodes vp9 by quality only, not to a bitrate",
    ],
    [encodeOf("h264", { profile: "high422" }), "it has no h264 profile high422"],
  ])("score() passes on what the device does not take: %#", (encode, reason) => {
    expect(backend.score(taskOf({ encode }), facts)).toEqual({ kind: "pass", reason });
  });
});

describe("probe()", () => {
  const probe = async (machine: Machine) => {
    const { ctx, asked } = fakeContext(machine, { needs: backend.needs });
    return { answer: await backend.probe(ctx), trials: asked.trials };
  };

  test("probe() tries nothing where there is no node", async () => {
    const { answer, trials } = await probe({ os: "linux" });
    expect([answer, trials.length]).toMatchObject([
      { state: "absent", reason: "no /dev/dri", code: "DEVICE_MISSING" },
      0,
    ]);
  });

  test.each([
    ["Error creating a MFX session: -9.", "ONEVPL_SEARCH_PATH"],
    ["Error initializing an internal MFX session: unsupported (-3)", "an ffmpeg built with libvpl"],
    ["Error creating a MFX session: -17.", "not the one for this GPU"],
    ["Failed to initialise VAAPI connection: -1 (unknown libva error).", "intel-media-driver"],
  ])("probe() ends after one trial with the next step for: %s", async (line, step) => {
    const { answer, trials } = await probe({ ...mini, trials: [{ answer: refuse("DEVICE_MISSING", line) }] });
    expect([answer, trials.length]).toMatchObject([
      { state: "absent", reason: `renderD128: ${line}`, code: "DEVICE_MISSING" },
      1,
    ]);
    expect(answer).toMatchObject({ hint: expect.stringContaining(step) as string });
  });

  test("probe() tells no permission from not there", async () => {
    const line = "No VA display found for device /dev/dri/renderD128.";
    const { answer } = await probe({ ...mini, trials: [{ answer: refuse("DEVICE_MISSING", line) }] });
    expect(answer).toMatchObject({
      reason: `renderD128: no permission to open it (${line})`,
      hint: expect.stringContaining("join the group") as string,
    });
  });

  test("probe() of an Intel chip beside an AMD card uses the one, and says why not the other", async () => {
    const foreign = "Failed to initialise VAAPI connection: -1 (unknown libva error).";
    const both = { ...mini, paths: ["/dev/dri/renderD128", "/dev/dri/renderD129"] };
    const amd = {
      words: ["vaapi=va:/dev/dri/renderD128,driver=iHD"],
      answer: refuse("DEVICE_MISSING", foreign),
    };
    const { answer } = await probe({ ...both, trials: [amd] });
    expect(answer).toMatchObject({
      facts: { devices: [{ id: "renderD129" }], refused: [{ id: "renderD128", reason: foreign }] },
    });
    const bare = { answer: refuse("DEVICE_MISSING", "Error creating a MFX session: -9.") };
    expect((await probe({ ...both, trials: [amd, bare] })).answer).toMatchObject({
      reason: `renderD129: Error creating a MFX session: -9.; renderD128: ${foreign}`,
      hint: expect.stringContaining("libmfx-gen") as string,
    });
  });

  test("probe() keeps the encoder where decoding fails", async () => {
    const { answer } = await probe({
      ...mini,
      trials: [{ words: ["-hwaccel"], answer: refuse("DECODE_REFUSED", "no") }],
    });
    expect(answer).toMatchObject({ state: "ready", facts: { devices: [{ decodes: {} }] } });
    if (answer.state !== "ready") return;
    const parts = backend.buildArgs(taskOf({ encode: encodeOf("h264") }), answer.facts);
    expect([parts.decode, parts.encode?.on]).toEqual([undefined, "qsv"]);
  });

  test("probe() finds what a chip does only in low power, and what it lacks", async () => {
    const unsupported = refuse("FEATURE_REFUSED", "Low power mode is unsupported");
    const { answer } = await probe({
      ...mini,
      options: { ...options, vp9_qsv: ["low_power"] },
      trials: [
        { encoder: "av1_qsv", answer: refuse("FEATURE_REFUSED", "Current codec type is unsupported") },
        { encoder: "vp9_qsv", words: ["-b:v"], answer: unsupported },
        { encoder: "vp9_qsv", words: ["-low_power", "1"], answer: { ok: true } },
        { encoder: "vp9_qsv", answer: unsupported },
        {
          encoder: "hevc_qsv",
          words: ["p010le"],
          answer: refuse("FEATURE_REFUSED", "Current pixel format is unsupported"),
        },
        { encoder: "h264_qsv", words: ["-look_ahead_depth"], answer: unsupported },
      ],
    });
    expect(answer).toMatchObject({
      facts: {
        devices: [
          {
            decodes: { h264: [8], hevc: [8, 10] },
            codecs: {
              h264: { depths: [8], quality: "ICQ", lookahead: false },
              hevc: { depths: [8], lookahead: true },
              vp9: { lowPower: true, vbr: false },
            },
            chores: ["scale", "crop", "deinterlace", "transpose"],
          },
        ],
      },
    });
    if (answer.state === "ready") expect(answer.facts).not.toHaveProperty("devices[0].codecs.av1");
  });

  test("probe() lets the runtime choose where this ffmpeg cannot derive a device from a node", async () => {
    const { answer, trials } = await probe({ ...mini, hwaccels: ["qsv"] });
    expect(answer).toMatchObject({ facts: { devices: [{ id: "any" }] } });
    expect(trials[0]?.device).toEqual(["-init_hw_device", "qsv=qs:hw_any", "-filter_hw_device", "qs"]);
  });
});

describe.each(builds)("with ffmpeg ($name)", ({ path }) => {
  const listed = encodersOf(path);
  const codecs = (["h264", "hevc", "av1", "vp9"] as const).filter((codec) => listed.includes(`${codec}_qsv`));

  test.skipIf(codecs.length === 0)(
    "buildArgs() builds only what this ffmpeg takes",
    { timeout: lintLimitMs },
    async () => {
      const own = Object.fromEntries(codecs.map((codec) => [`${codec}_qsv`, optionsOf(path, `${codec}_qsv`)]));
      const lists = codecs.flatMap((codec) =>
        (["ICQ", "CQP"] as const).flatMap((quality) => {
          const known = { ...best, quality, lowPower: quality === "CQP", bframes: quality === "ICQ" };
          const seen = { ...facts, options: own, devices: [{ ...chip, codecs: { [codec]: known } }] };
          return everyEncode(codec).map((encode) => backend.buildArgs(taskOf({ encode }), seen).encode?.args ?? []);
        }),
      );
      expect(await lint(path, representatives(lists), /MFX session/)).toEqual([]);
    },
  );

  test.skipIf(codecs.length === 0)("buildArgs() names only filters and options that this ffmpeg has", async () => {
    const known: Facts = {
      ...facts,
      devices: [{ ...chip, chores: filtersOf(path).includes("vpp_qsv") ? chip.chores : [] }],
    };
    const deep = { ...source, codec: "hevc", pixelFormat: "yuv420p10le", bitDepth: 10 };
    const chains = everyChain.flatMap((ops) =>
      [source, deep].map((one) => backend.buildArgs(taskOf({ inputs: [one], ops }), known).filters ?? []),
    );
    const onDevice = chains.filter((steps) => steps.some((step) => "on" in step && step.on === "qsv"));
    expect(onDevice.length).toBeGreaterThan(1);
    expect((await Promise.all(onDevice.map((steps) => lintFilters(path, backend.surface, steps)))).flat()).toEqual([]);
  });

  test("probe() comes to an end soon where the hardware is missing, and says why", { timeout: 60_000 }, async () => {
    const started = performance.now();
    const answer = await backend.probe(await realContext(backend, path));
    if (answer.state === "ready") return;
    expect(answer.reason).toMatch(
      /^(?:Cannot load|the card has no encoder|no \/dev\/dri|no render node|renderD\d+: |this ffmpeg)/,
    );
    expect(answer.hint?.length).toBeGreaterThan(10);
    if (answer.code === "DEVICE_MISSING") expect(performance.now() - started).toBeLessThan(3000);
  });
});
