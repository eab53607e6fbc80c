import { describe, expect, test } from "vitest";
import nvenc, { type Facts } from "../../backends/nvenc/mod.ts";
import type { Op, Trial } from "../../core/backend/mod.ts";
import { bridge } from "../../core/ffmpeg/mod.ts";
import { fakeContext, type Machine, testBackend } from "../../core/testing/mod.ts";
import { builds } from "../support/ffmpeg.ts";
import {
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
  releaseOf,
  representatives,
  source,
  taskOf,
} from "./option_lint.ts";
import { realContext } from "./real.ts";

const backend = nvenc();
const extras = "b_ref_mode multipass rc-lookahead temporal-aq no-scenecut forced-idr".split(" ");
const options = { h264_nvenc: extras, hevc_nvenc: extras, av1_nvenc: extras };
const full = { features: "full", depths: [8, 10] } as const;
const card = {
  id: "0",
  codecs: { h264: { ...full, depths: [8] }, hevc: full, av1: full },
  decodes: { h264: [8], hevc: [8, 10] },
  filters: ["scale_cuda", "bwdif_cuda"],
  slots: 3,
};
const facts: Facts = { release: [7, 0], cores: 8, options, devices: [card], refused: [] };

const refuse = (code: string, line: string): Trial => ({ ok: false, code, line });
const noSecond = {
  words: ["cuda=cu:1"],
  answer: refuse("DEVICE_MISSING", "CUDA_ERROR_INVALID_DEVICE: invalid device ordinal"),
};
const workstation: Machine = { os: "linux", paths: ["/dev/nvidiactl"], options, trials: [noSecond] };

const [build] = builds;
const real = build && (await realContext(backend, build.path));
await testBackend({
  backend,
  machine: workstation,
  ...(real && { tryEncode: (...asked) => real.tryEncode(...asked) }),
});

const frames: Op = { kind: "frames", rate: { num: 30, den: 1 }, count: 300 };
const scale: Op = { kind: "scale", width: 1280, height: 720, from: bt709, to: bt709 };
const eightBit: Op = { kind: "format", pixelFormat: "yuv420p" };

describe("buildArgs()", () => {
  test("buildArgs() decodes, scales and encodes on the card", () => {
    const ops = [frames, scale, eightBit];
    expect(backend.buildArgs(taskOf({ ops, encode: encodeOf("hevc") }), facts)).toEqual({
      device: ["-init_hw_device", "cuda=cu:0", "-filter_hw_device", "cu"],
      decode: {
        on: "cuda",
        args: "-threads 1 -extra_hw_frames 8 -hwaccel cuda -hwaccel_device cu -hwaccel_output_format cuda".split(" "),
      },
      filters: [frames, { name: "scale_cuda", args: { w: 1280, h: 720, interp_algo: "bicubic" }, on: "cuda" }],
      encode: {
        on: "cuda",
        pixelFormat: "nv12",
        args: (
          "-c:v hevc_nvenc -preset p4 -tune hq -profile:v main -rc vbr -cq 27 -g 60 -bf 3 -no-scenecut 1 -forced-idr 1 " +
          "-b_ref_mode middle -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -tag:v hvc1"
        ).split(" "),
      },
    });
  });

  test("buildArgs() keeps everything in software where one op has no filter on the card", () => {
    const ops: readonly Op[] = [frames, scale, { kind: "pad", width: 1280, height: 960, x: 0, y: 120 }, eightBit];
    const { decode, filters } = backend.buildArgs(taskOf({ ops }), facts);
    expect([decode, filters]).toEqual([undefined, ops]);
  });

  test("buildArgs() crops on the card only where scale_cuda takes notice of it", () => {
    const crop: Op = { kind: "crop", box: { x: 0, y: 40, width: 1920, height: 1000 } };
    const on = (release: Facts["release"]) =>
      backend.buildArgs(taskOf({ ops: [crop, eightBit] }), { ...facts, release }).filters;
    expect(on([7, 1])).toEqual([crop, eightBit]);
    expect(on([8, 0])).toEqual([
      { name: "crop", args: { w: 1920, h: 1000, x: 0, y: 40 }, on: "cuda" },
      { name: "scale_cuda", args: { w: 1920, h: 1000, passthrough: 0 }, on: "cuda" },
    ]);
  });

  test("buildArgs() turns ten bits into eight on the card, and keeps ten bits there too", () => {
    const inputs = [{ ...source, codec: "hevc", pixelFormat: "yuv420p10le", bitDepth: 10 }];
    const down = backend.buildArgs(taskOf({ inputs, ops: [frames, scale, eightBit] }), facts);
    expect(down.decode?.on).toBe("cuda");
    expect(down.filters?.at(-1)).toEqual({ name: "scale_cuda", args: { format: "nv12" }, on: "cuda" });
    const ops: readonly Op[] = [frames, { kind: "format", pixelFormat: "yuv420p10le" }];
    const kept = backend.buildArgs(taskOf({ inputs, ops }), facts);
    expect([kept.decode?.on, kept.filters]).toEqual(["cuda", [frames]]);
    const down10 = bridge(kept.filters ?? [], {
      surface: backend.surface,
      from: "cuda",
      depths: { source: 10, target: 10 },
    });
    expect(down10.at(-1)).toEqual({ name: "format", args: { pix_fmts: "p010le" }, on: "system" });
  });

  test.each([
    ["h264", "yuv420p", { h264: [8] }, true],
    ["h264", "yuv420p10le", { h264: [8], hevc: [8, 10] }, false],
    ["hevc", "yuv420p", { h264: [8] }, false],
    ["hevc", "yuv420p10le", { h264: [8], hevc: [8] }, false],
    ["mpeg2video", "yuv420p", { h264: [8] }, true],
    ["mpeg2video", "yuv420p", { hevc: [8, 10] }, false],
    ["av1", "yuv420p10le", { av1: [8, 10] }, true],
    ["vp9", "yuv420p", { h264: [8], hevc: [8, 10], av1: [8, 10] }, false],
    ["prores", "yuv420p", { h264: [8] }, false],
  ] as const)("buildArgs() decodes %s in %s on a card that proved %o: %s", (codec, pixelFormat, decodes, expected) => {
    const inputs = [{ ...source, codec, pixelFormat, bitDepth: pixelFormat.includes("10") ? 10 : 8 }];
    const parts = backend.buildArgs(taskOf({ inputs, ops: [frames] }), { ...facts, devices: [{ ...card, decodes }] });
    expect(parts.decode !== undefined).toBe(expected);
  });

  test("buildArgs() does a conversion of colours in software", () => {
    const recolor: Op = { ...scale, from: { ...bt709, range: "pc" } };
    expect(backend.buildArgs(taskOf({ ops: [recolor, eightBit] }), facts).filters).toEqual([recolor, eightBit]);
  });

  test("buildArgs() gives each variant less, or another card", () => {
    const other = { ...card, id: "1" };
    const both = { ...facts, devices: [card, other] };
    const asked = taskOf({ ops: [frames, scale, eightBit], encode: encodeOf("h264", { effort: "best" }) });
    const plain = backend.buildArgs({ ...asked, variant: "plain" }, both).encode?.args.join(" ");
    expect(plain).toContain("-bf 0");
    expect(plain).not.toMatch(/lookahead|aq|b_ref_mode|multipass/);
    const lean = backend.buildArgs({ ...asked, variant: "less memory" }, both);
    expect([lean.encode?.args.join(" "), lean.decode?.args.join(" ")]).toEqual([
      plain,
      expect.stringContaining("-extra_hw_frames 2 "),
    ]);
    const soft = backend.buildArgs({ ...asked, variant: "software decode" }, both);
    expect([soft.decode, soft.filters]).toEqual([undefined, asked.ops]);
    expect(backend.buildArgs({ ...asked, variant: "gpu 1" }, both).device).toContain("cuda=cu:1");
  });

  test.each([
    ["h264", { kind: "quality", quality: 70 }, "-rc vbr -cq 26"],
    ["h264", { kind: "quality", quality: 100 }, "-rc constqp -qp 17"],
    ["av1", { kind: "crf", crf: 30 }, "-rc vbr -cq 35"],
    ["hevc", { kind: "crf", crf: 22 }, "-rc vbr -cq 27"],
    ["av1", { kind: "quality", quality: 0 }, "-rc vbr -cq 51"],
    ["h264", { kind: "bitrate", kbps: 3000 }, "-rc vbr -b:v 3000k -maxrate 4500k -bufsize 9000k"],
    ["h264", { kind: "bitrate", kbps: 3000, maxKbps: 3000 }, "-rc cbr -b:v 3000k -maxrate 3000k -bufsize 6000k"],
  ] as const)("buildArgs() spends bits for %s by %o as %s", (codec, rate, expected) => {
    expect(backend.buildArgs(taskOf({ encode: encodeOf(codec, { rate }) }), facts).encode?.args.join(" ")).toContain(
      expected,
    );
  });
});

describe("score()", () => {
  test("score() names the encoder, the card and the rungs below", () => {
    const both = { ...facts, devices: [card, { ...card, id: "1" }] };
    const bid = backend.score(taskOf({ ops: [frames, scale, eightBit], encode: encodeOf("h264") }), both);
    expect(bid).toMatchObject({ kind: "bid", encoder: "h264_nvenc", device: "0", basis: "claimed", slots: 3 });
    if (bid.kind !== "bid") return;
    expect(bid.variants?.map(({ name }) => name)).toEqual(["plain", "less memory", "software decode", "gpu 1"]);
    expect(bid.variants?.at(-1)?.when).toContain("DEVICE_BUSY");
  });

  test("score() offers software decoding for what can fail on the card, and not where nothing runs there", () => {
    const rung = (rest: Partial<Facts["devices"][number]>) => {
      const bid = backend.score(taskOf({ encode: encodeOf("h264") }), { ...facts, devices: [{ ...card, ...rest }] });
      return bid.kind === "bid" ? bid.variants?.find(({ name }) => name === "software decode")?.when : undefined;
    };
    const decodes = {};
    expect(rung({})).toEqual(["DECODE_REFUSED", "VERIFY_FAILED", "UNKNOWN"]);
    expect(rung({ decodes })).toEqual(["VERIFY_FAILED", "UNKNOWN"]);
    expect(rung({ decodes, filters: [] })).toBeUndefined();
  });

  test("score() claims more speed for less effort, and more still where nothing leaves the card", () => {
    const speed = (rest: Parameters<typeof taskOf>[0], known = facts) => {
      const bid = backend.score(taskOf({ ops: [frames, scale, eightBit], ...rest }), known);
      return bid.kind === "bid" ? bid.speed : 0;
    };
    const best = speed({ encode: encodeOf("h264", { effort: "best" }) });
    const fast = speed({ encode: encodeOf("h264", { effort: "fastest" }) });
    expect(fast).toBeGreaterThan(best);
    expect(best).toBeGreaterThan(1);
    const blind = { ...card, decodes: {} };
    expect(speed({ encode: encodeOf("h264") }, { ...facts, devices: [blind] })).toBeLessThan(
      speed({ encode: encodeOf("h264") }),
    );
  });

  test.each([
    [encodeOf("vp9"), "gpu 0 has no vp9 encoder"],
    [encodeOf("h264", { bitDepth: 10, pixelFormat: "yuv420p10le" }), "gpu 0 does not encode h264 in 10 bits"],
    [encodeOf("h264", { width: 160, height: 90 }), "160x90 is smaller than some hardware encodes (256x128)"],
    [encodeOf("h264", { width: 7680, height: 4320 }), "7680x4320 is larger than the h264 encoder takes (4096x4096)"],
    [encodeOf("h264", { pixelFormat: "yuv444p" }), "yuv444p was not proven on the card; yuv420p and yuv420p10le are"],
    [encodeOf("hevc", { profile: "rext" }), "it has no hevc profile rext"],
  ])("score() passes on what the card does not take: %#", (encode, reason) => {
    expect(backend.score(taskOf({ encode }), facts)).toEqual({ kind: "pass", reason });
  });

  test("score() passes on filters alone that it would have to leave to software", () => {
    const ops: readonly Op[] = [{ kind: "tonemap", from: "pq", to: bt709, peakNits: 1000 }];
    expect(backend.score(taskOf({ ops }), facts)).toEqual({
      kind: "pass",
      reason: "tonemap has no CUDA filter here that does just that",
    });
    expect(backend.score(taskOf({ ops: [frames, scale, eightBit] }), facts)).toMatchObject({ kind: "bid", quality: 1 });
  });

  test("score() says what became of a crf and of two passes", () => {
    const note = (rate: Parameters<typeof encodeOf>[1]) => {
      const bid = backend.score(taskOf({ encode: encodeOf("h264", rate) }), facts);
      return bid.kind === "bid" ? bid.note : undefined;
    };
    expect(note({ rate: { kind: "crf", crf: 23 } })).toBe("crf 23 of the software encoder becomes 26 on NVENC's scale");
    expect(note({ rate: { kind: "bitrate", kbps: 900, twoPass: true } })).toMatch(/^two_pass/);
  });
});

describe("probe()", () => {
  const probe = async (machine: Machine) => {
    const { ctx, asked } = fakeContext(machine, { needs: backend.needs });
    return { answer: await backend.probe(ctx), trials: asked.trials.length, forbidden: asked.forbidden };
  };

  test("probe() makes one trial where there is no card, and repeats ffmpeg's words", async () => {
    const line = "Cannot load libcuda.so.1";
    expect(await probe({ os: "linux", trials: [{ answer: refuse("DEVICE_MISSING", line) }] })).toEqual({
      answer: {
        state: "absent",
        reason: line,
        hint: "no NVIDIA card is visible here; on a machine with one, install its driver, or pass it into the container",
        code: "DEVICE_MISSING",
      },
      trials: 1,
      forbidden: [],
    });
  });

  test("probe() tells a container without the video capability from a machine without a driver", async () => {
    const line = "Cannot load libnvidia-encode.so.1";
    const { answer } = await probe({ ...workstation, trials: [{ answer: refuse("DEVICE_MISSING", line) }] });
    expect(answer).toMatchObject({ reason: line, hint: expect.stringContaining("capability video") as string });
  });

  test("probe() refuses cards that have no encoder, whatever else they can do", async () => {
    const line = "OpenEncodeSessionEx failed: unsupported device (2): (no details)";
    const { answer } = await probe({ ...workstation, trials: [noSecond, { answer: refuse("DEVICE_MISSING", line) }] });
    expect(answer).toMatchObject({ state: "absent", reason: `the card has no encoder (${line})` });
    expect(answer).toMatchObject({ hint: expect.stringContaining("H200") as string });
  });

  test("probe() goes past a card without an encoder to the next one", async () => {
    const chipless = refuse("DEVICE_MISSING", "OpenEncodeSessionEx failed: unsupported device (2): (no details)");
    const gone = refuse("DEVICE_MISSING", "CUDA_ERROR_INVALID_DEVICE: invalid device ordinal");
    const { answer } = await probe({
      ...workstation,
      trials: [
        { words: ["cuda=cu:0"], answer: chipless },
        { words: ["cuda=cu:2"], answer: gone },
      ],
    });
    expect(answer).toMatchObject({ state: "ready", facts: { devices: [{ id: "1" }], refused: [{ id: "0" }] } });
  });

  test("probe() remembers what an older card refuses", async () => {
    const { answer } = await probe({
      ...workstation,
      trials: [
        noSecond,
        { encoder: "av1_nvenc", answer: refuse("FEATURE_REFUSED", "Codec not supported") },
        { words: ["-b_ref_mode"], answer: refuse("FEATURE_REFUSED", "B frames as references are not supported") },
        { encoder: "hevc_nvenc", words: ["3"], answer: refuse("FEATURE_REFUSED", "Max B-frames 3 exceed 0") },
        { words: ["bwdif_cuda"], answer: refuse("UNKNOWN", "no kernel") },
      ],
    });
    expect(answer).toMatchObject({
      state: "ready",
      facts: {
        devices: [
          {
            codecs: { h264: { features: "bframes", depths: [8] }, hevc: { features: "plain", depths: [8, 10] } },
            filters: ["scale_cuda", "yadif_cuda"],
          },
        ],
      },
    });
    if (answer.state === "ready") expect(answer.facts).not.toHaveProperty("devices[0].codecs.av1");
  });

  test("probe() looks at one card only where it is told which", async () => {
    const forced = nvenc({ device: 2 });
    const { ctx } = fakeContext(workstation, { needs: forced.needs });
    expect(await forced.probe(ctx)).toMatchObject({ state: "ready", facts: { devices: [{ id: "2" }] } });
  });
});

describe.each(builds)("with ffmpeg ($name)", ({ path }) => {
  const listed = encodersOf(path);
  const codecs = (["h264", "hevc", "av1"] as const).filter((codec) => listed.includes(`${codec}_nvenc`));

  test.skipIf(codecs.length === 0)(
    "buildArgs() builds only what this ffmpeg takes",
    { timeout: lintLimitMs },
    async () => {
      const own = Object.fromEntries(codecs.map((codec) => [`${codec}_nvenc`, optionsOf(path, `${codec}_nvenc`)]));
      const lists = codecs.flatMap((codec) =>
        (["full", "bframes", "plain"] as const).flatMap((features) => {
          const codecs = { [codec]: { features, depths: [8, 10] } };
          const known = { ...facts, options: own, release: releaseOf(path), devices: [{ ...card, codecs }] };
          return everyEncode(codec).map((encode) => backend.buildArgs(taskOf({ encode }), known).encode?.args ?? []);
        }),
      );
      expect(await lint(path, representatives(lists), /Cannot load (?:libcuda|nvcuda)/)).toEqual([]);
    },
  );

  test.skipIf(codecs.length === 0)("buildArgs() names only filters and options that this ffmpeg has", async () => {
    const known: Facts = { ...facts, release: releaseOf(path), devices: [{ ...card, filters: filtersOf(path) }] };
    const deep = { ...source, codec: "hevc", pixelFormat: "yuv420p10le", bitDepth: 10 };
    const chains = everyChain.flatMap((ops) =>
      [source, deep].map((one) => backend.buildArgs(taskOf({ inputs: [one], ops }), known).filters ?? []),
    );
    const onDevice = chains.filter((steps) => steps.some((step) => "on" in step && step.on === "cuda"));
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
