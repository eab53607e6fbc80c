import { execaSync } from "execa";
import { describe, expect, test } from "vitest";
import vaapi, { type Facts } from "../../backends/vaapi/mod.ts";
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
  representatives,
  source,
  taskOf,
} from "./option_lint.ts";
import { realContext } from "./real.ts";

const backend = vaapi();
const extras = ["low_power", "idr_interval", "rc_mode"];
const options = { h264_vaapi: extras, hevc_vaapi: extras, av1_vaapi: extras, vp9_vaapi: extras };
const plain = { depths: [8], bframes: true, lowPower: false, modes: ["CQP", "VBR", "CBR"] } as const;
const intel = {
  id: "renderD128",
  driver: "iHD",
  codecs: {
    h264: { ...plain, modes: ["CQP", "ICQ", "VBR", "CBR"] },
    hevc: { ...plain, depths: [8, 10], lowPower: true },
    vp9: { ...plain, bframes: false, modes: ["CQP"] },
  },
  decodes: { h264: [8], hevc: [8, 10] },
  filters: ["scale_vaapi", "deinterlace_vaapi", "transpose_vaapi"],
} as const;
const facts: Facts = { cores: 8, options, devices: [intel], refused: [] };

const refuse = (code: string, line: string): Trial => ({ ok: false, code, line });
const paths = ["/dev/dri/renderD128"];
const server: Machine = { os: "linux", paths, options };

const [build] = builds;
const real = build && (await realContext(backend, build.path));
await testBackend({ backend, machine: server, ...(real && { tryEncode: (...asked) => real.tryEncode(...asked) }) });

const frames: Op = { kind: "frames", rate: { num: 30, den: 1 }, count: 300 };
const scale: Op = { kind: "scale", width: 1280, height: 720, from: bt709, to: bt709 };
const eightBit: Op = { kind: "format", pixelFormat: "yuv420p" };
const crop: Op = { kind: "crop", box: { x: 240, y: 0, width: 1440, height: 1080 } };

describe("buildArgs()", () => {
  test("buildArgs() decodes, scales and encodes on the device", () => {
    const ops = [frames, scale, eightBit];
    expect(backend.buildArgs(taskOf({ ops, encode: encodeOf("hevc") }), facts)).toEqual({
      device: ["-init_hw_device", "vaapi=va:/dev/dri/renderD128,driver=iHD", "-filter_hw_device", "va"],
      decode: {
        on: "vaapi",
        args: "-extra_hw_frames 8 -hwaccel vaapi -hwaccel_device va -hwaccel_output_format vaapi".split(" "),
      },
      filters: [frames, { name: "scale_vaapi", args: { w: 1280, h: 720, mode: "hq" }, on: "vaapi" }],
      encode: {
        on: "vaapi",
        pixelFormat: "nv12",
        args: (
          "-c:v hevc_vaapi -profile:v main -compression_level 4 -low_power 1 -rc_mode CQP -qp 26 -g 60 -idr_interval 0 -bf 2 " +
          "-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -tag:v hvc1"
        ).split(" "),
      },
    });
  });

  test("buildArgs() leaves effort unsaid where the driver is not Intel's", () => {
    const { driver: _, ...other } = intel;
    const args = backend.buildArgs(taskOf({ encode: encodeOf("h264") }), { ...facts, devices: [other] });
    expect(args.device).toContain("vaapi=va:/dev/dri/renderD128");
    expect(args.encode?.args).not.toContain("-compression_level");
  });

  test("buildArgs() crops on the device only where a scale that changes the size follows", () => {
    const filters = (ops: readonly Op[]) => backend.buildArgs(taskOf({ ops }), facts).filters;
    expect(filters([frames, crop, eightBit])).toEqual([frames, crop, eightBit]);
    expect(filters([frames, crop, { ...scale, width: 1440, height: 1080 }])).toHaveLength(3);
    expect(filters([frames, crop, { ...scale, width: 1440, height: 1080 }])?.[1]).toEqual(crop);
    expect(filters([frames, crop, { ...scale, width: 960 }])?.[1]).toEqual({
      name: "crop",
      args: { w: 1440, h: 1080, x: 240, y: 0 },
      on: "vaapi",
    });
  });

  test("buildArgs() deinterlaces on the device only where the field order is known", () => {
    const filters = (parity: "auto" | "top-first") =>
      backend.buildArgs(taskOf({ ops: [{ kind: "deinterlace", parity }, eightBit] }), facts).filters;
    expect(filters("auto")).toEqual([{ kind: "deinterlace", parity: "auto" }, eightBit]);
    expect(filters("top-first")).toEqual([
      { name: "deinterlace_vaapi", args: { rate: "frame", auto: 0 }, on: "vaapi" },
    ]);
  });

  test("buildArgs() turns the picture on the device and takes the turning tag off", () => {
    const ops: readonly Op[] = [{ kind: "rotate", degrees: 270 }];
    expect(backend.buildArgs(taskOf({ ops }), facts).filters).toEqual([
      { name: "transpose_vaapi", args: { dir: "cclock" }, on: "vaapi" },
      { name: "sidedata", args: { mode: "delete", type: "DISPLAYMATRIX" }, on: "any" },
    ]);
  });

  test("buildArgs() gives each variant less, or another device", () => {
    const both = { ...facts, devices: [intel, { ...intel, id: "renderD129" }] };
    const asked = taskOf({ ops: [frames, scale, eightBit], encode: encodeOf("h264") });
    const args = (variant: string) => backend.buildArgs({ ...asked, variant }, both).encode?.args.join(" ");
    expect(args("low power")).toContain("-low_power 1 -rc_mode ICQ -global_quality 25");
    expect(args("plain")).toContain("-rc_mode CQP -qp 25 -g 60 -idr_interval 0 -bf 0");
    expect(backend.buildArgs({ ...asked, variant: "software decode" }, both).filters).toEqual(asked.ops);
    expect(backend.buildArgs({ ...asked, variant: "renderD129" }, both).device?.[1]).toContain("renderD129");
  });

  test.each([
    ["vp9", { kind: "quality", quality: 70 }, "-rc_mode CQP -global_quality 95"],
    ["h264", { kind: "crf", crf: 18 }, "-rc_mode ICQ -global_quality 20"],
    ["h264", { kind: "bitrate", kbps: 3000 }, "-rc_mode VBR -b:v 3000k -maxrate 4500k -bufsize 9000k"],
    ["h264", { kind: "bitrate", kbps: 3000, maxKbps: 3000 }, "-rc_mode CBR -b:v 3000k -maxrate 3000k -bufsize 6000k"],
  ] as const)("buildArgs() spends bits for %s by %o as %s", (codec, rate, expected) => {
    expect(backend.buildArgs(taskOf({ encode: encodeOf(codec, { rate }) }), facts).encode?.args.join(" ")).toContain(
      expected,
    );
  });
});

describe("score()", () => {
  test("score() names the encoder, the device and the rungs below", () => {
    const both = { ...facts, devices: [intel, { ...intel, id: "renderD129" }] };
    const bid = backend.score(taskOf({ ops: [frames, scale, eightBit], encode: encodeOf("hevc") }), both);
    expect(bid).toMatchObject({ kind: "bid", encoder: "hevc_vaapi", device: "renderD128", basis: "claimed" });
    if (bid.kind !== "bid") return;
    expect(bid.variants?.map(({ name }) => name)).toEqual([
      "normal power",
      "plain",
      "less memory",
      "software decode",
      "renderD129",
    ]);
  });

  test.each([
    [encodeOf("av1"), "renderD128 has no av1 encoder"],
    [
      encodeOf("vp9", { rate: { kind: "bitrate", kbps: 900 } }),
      "the driver of renderD128 encodes vp9 by quality only, not to a bitrate",
    ],
    [encodeOf("hevc", { width: 240, height: 240 }), "240x240 is smaller than some hardware encodes (256x128)"],
  ])("score() passes on what the device does not take: %#", (encode, reason) => {
    expect(backend.score(taskOf({ encode }), facts)).toEqual({ kind: "pass", reason });
  });

  test("score() bids on filters alone for ten bits, which come down again as such", () => {
    const inputs = [{ ...source, codec: "hevc", pixelFormat: "yuv420p10le", bitDepth: 10 }];
    expect(backend.score(taskOf({ inputs, ops: [scale] }), facts)).toMatchObject({ kind: "bid", quality: 1 });
    const { decode, filters = [] } = backend.buildArgs(taskOf({ inputs, ops: [scale] }), facts);
    const depths = { source: 10, target: 10 };
    const chain = bridge(filters, { surface: backend.surface, from: decode?.on ?? "system", depths });
    expect(chain.map(({ name }) => name)).toEqual(["scale_vaapi", "hwdownload", "format"]);
    expect(chain.at(-1)?.args).toEqual({ pix_fmts: "p010le" });
  });

  test("score() offers software decoding for what can fail on the device, and not where nothing runs there", () => {
    const rung = (rest: Partial<Facts["devices"][number]>) => {
      const bid = backend.score(taskOf({ encode: encodeOf("h264") }), { ...facts, devices: [{ ...intel, ...rest }] });
      return bid.kind === "bid" ? bid.variants?.find(({ name }) => name === "software decode")?.when : undefined;
    };
    const decodes = {};
    expect(rung({})).toEqual(["DECODE_REFUSED", "VERIFY_FAILED", "UNKNOWN"]);
    expect(rung({ decodes })).toEqual(["VERIFY_FAILED", "UNKNOWN"]);
    expect(rung({ decodes, filters: [] })).toBeUndefined();
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
    expect((await probe({ os: "linux", paths: ["/dev/dri/card0"] })).answer).toMatchObject({
      reason: "no render node (/dev/dri/renderD128 to renderD135)",
    });
  });

  test("probe() tells no permission from not there, with one trial", async () => {
    const line = "No VA display found for device /dev/dri/renderD128.";
    const { answer, trials } = await probe({ ...server, trials: [{ answer: refuse("DEVICE_MISSING", line) }] });
    const reason = `renderD128: no permission to open it (${line})`;
    expect([answer, trials.length]).toMatchObject([{ state: "absent", reason }, 1]);
    expect(answer).toMatchObject({ hint: expect.stringContaining("join the group") as string });
  });

  test("probe() tries the other drivers where the first one fails", async () => {
    const line = "Failed to initialise VAAPI connection: -1 (unknown libva error).";
    const { answer, trials } = await probe({
      ...server,
      trials: [
        { words: ["vaapi=va:/dev/dri/renderD128,driver=i965"], answer: { ok: true } },
        { answer: refuse("DEVICE_MISSING", line) },
      ],
    });
    expect(answer).toMatchObject({ state: "ready", facts: { devices: [{ id: "renderD128", driver: "i965" }] } });
    expect(trials.slice(0, 3).map(({ device }) => device?.[1])).toEqual([
      "vaapi=va:/dev/dri/renderD128",
      "vaapi=va:/dev/dri/renderD128,driver=iHD",
      "vaapi=va:/dev/dri/renderD128,driver=i965",
    ]);
  });

  test("probe() finds the low-power entrypoint, the rate modes and the filters of a newer Intel", async () => {
    const noEntry = refuse(
      "FEATURE_REFUSED",
      "No usable encoding entrypoint found for profile VAProfileHEVCMain (17).",
    );
    const { answer } = await probe({
      ...server,
      trials: [
        { encoder: "hevc_vaapi", words: ["-low_power"], answer: { ok: true } },
        { encoder: "hevc_vaapi", answer: noEntry },
        { encoder: "av1_vaapi", answer: refuse("FEATURE_REFUSED", "No usable encoding profile found.") },
        {
          encoder: "vp9_vaapi",
          words: ["VBR"],
          answer: refuse("FEATURE_REFUSED", "Driver does not support VBR RC mode"),
        },
        { words: ["pad_vaapi"], answer: refuse("UNKNOWN", "no such function") },
      ],
    });
    expect(answer).toMatchObject({
      facts: {
        devices: [
          {
            driver: "iHD",
            codecs: {
              h264: { lowPower: false, bframes: true, depths: [8], modes: ["CQP", "ICQ", "VBR", "CBR"] },
              hevc: { lowPower: true, depths: [8, 10] },
              vp9: { bframes: false, modes: ["CQP", "CBR"] },
            },
            filters: ["scale_vaapi", "deinterlace_vaapi", "transpose_vaapi"],
          },
        ],
      },
    });
    if (answer.state === "ready") expect(answer.facts).not.toHaveProperty("devices[0].codecs.av1");
  });

  test("probe() says of a driver that only decodes that it does so", async () => {
    const line = "No usable encoding entrypoint found for profile VAProfileH264High (7).";
    const { answer } = await probe({ ...server, trials: [{ answer: refuse("FEATURE_REFUSED", line) }] });
    expect(answer).toMatchObject({ state: "absent", reason: `renderD128: ${line}`, code: "FEATURE_REFUSED" });
    expect(answer).toMatchObject({ hint: expect.stringContaining("NVIDIA") as string });
  });

  test("probe() puts the node that can do more in front", async () => {
    const { answer } = await probe({
      ...server,
      paths: ["/dev/dri/renderD128", "/dev/dri/renderD129"],
      trials: [
        {
          encoder: "av1_vaapi",
          words: ["vaapi=va:/dev/dri/renderD128,driver=iHD"],
          answer: refuse("FEATURE_REFUSED", "No usable encoding profile found."),
        },
      ],
    });
    expect(answer).toMatchObject({ facts: { devices: [{ id: "renderD129" }, { id: "renderD128" }] } });
  });
});

describe.each(builds)("with ffmpeg ($name)", ({ path }) => {
  const listed = encodersOf(path);
  const codecs = (["h264", "hevc", "av1", "vp9"] as const).filter((codec) => listed.includes(`${codec}_vaapi`));
  const modes = [["CQP"], ["CQP", "ICQ", "VBR", "CBR"]] as const;
  const own = Object.fromEntries(codecs.map((codec) => [`${codec}_vaapi`, optionsOf(path, `${codec}_vaapi`)]));
  const lists = codecs.flatMap((codec) =>
    [true, false].flatMap((lowPower) =>
      modes.flatMap((some) => {
        const known = {
          depths: [8, 10],
          bframes: lowPower,
          lowPower,
          modes: codec === "h264" || some.length === 1 ? some : plain.modes,
        };
        const seen = { ...facts, options: own, devices: [{ ...intel, codecs: { [codec]: known } }] };
        return everyEncode(codec).map((encode) => backend.buildArgs(taskOf({ encode }), seen).encode?.args ?? []);
      }),
    ),
  );

  test.skipIf(codecs.length === 0)(
    "buildArgs() builds only what this ffmpeg takes",
    { timeout: lintLimitMs },
    async () => {
      expect(await lint(path, representatives(lists), /Impossible to convert between the formats/)).toEqual([]);
    },
  );

  // Without a device ffmpeg stops before it reads a value, so the words are looked up in its own help.
  test.skipIf(codecs.length === 0)("buildArgs() gives named options only names they have", () => {
    const helps = codecs.map((codec) => execaSync(path, ["-hide_banner", "-h", `encoder=${codec}_vaapi`]).stdout);
    const wrong = codecs.flatMap((codec, nth) => {
      const own = lists.filter((list) => list.includes(`${codec}_vaapi`));
      return ["profile:v", "rc_mode"].flatMap((flag) => {
        const values = new Set(
          own.flatMap((list) => (list.includes(`-${flag}`) ? [list[list.indexOf(`-${flag}`) + 1]] : [])),
        );
        const [, names = ""] =
          new RegExp(`^  -${flag.replace(":v", "")} .*\\n((?:     .*\\n)*)`, "m").exec(helps[nth] ?? "") ?? [];
        const known = [...names.matchAll(/^ {5}(\S+)/gm)].map(([, name]) => name);
        return [...values].filter((value) => !known.includes(value)).map((value) => `${codec} -${flag} ${value}`);
      });
    });
    expect(wrong).toEqual([]);
  });

  test.skipIf(codecs.length === 0)("buildArgs() names only filters and options that this ffmpeg has", async () => {
    const known: Facts = { ...facts, devices: [{ ...intel, filters: filtersOf(path) }] };
    const deep = { ...source, codec: "hevc", pixelFormat: "yuv420p10le", bitDepth: 10 };
    const chains = everyChain.flatMap((ops) =>
      [source, deep].map((one) => backend.buildArgs(taskOf({ inputs: [one], ops }), known).filters ?? []),
    );
    const onDevice = chains.filter((steps) => steps.some((step) => "on" in step && step.on === "vaapi"));
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
