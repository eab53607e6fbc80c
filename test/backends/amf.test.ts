import { expect, test } from "vitest";
import amf from "../../backends/amf/mod.ts";
import type { AmfFacts } from "../../backends/amf/probe.ts";
import { emptyMachine, fakeContext, type Machine, testBackend } from "../../core/testing/mod.ts";
import type { Codec, Encode } from "../../core/types.ts";
import { complaints, encodeOf, everyEncode, recorded, taskOf } from "./option_table.ts";

const backend = amf();
const codecs = ["h264", "hevc", "av1"] as const;
const encoders = codecs.map((codec) => `${codec}_amf`);
const library = "C:\\Windows\\System32\\amfrt64.dll";

/** A Windows computer with a Radeon of the newest kind. */
const radeon: Machine = {
  os: "win32",
  paths: [library],
  env: { SystemRoot: "C:\\WINDOWS" },
  release: [8, 1],
  encoders,
  options: Object.fromEntries(encoders.map((encoder) => [encoder, recorded(encoder).options])),
};

async function probe(machine: Machine) {
  const { ctx, asked } = fakeContext(machine, { needs: backend.needs });
  const answer = await backend.probe(ctx);
  return { answer, trials: asked.trials.length };
}

async function factsOf(machine: Machine): Promise<AmfFacts> {
  const { answer } = await probe(machine);
  if (answer.state !== "ready") throw new Error(answer.reason);
  return answer.facts as AmfFacts;
}

async function argsFor(encode: Encode, { machine = radeon, variant }: { machine?: Machine; variant?: string } = {}) {
  const task = taskOf(encode, variant === undefined ? {} : { variant });
  return backend.buildArgs(task, await factsOf(machine)).encode?.args ?? [];
}

await testBackend({ backend, machine: radeon });

test("amf() tells depths, B-frames and options from trials", async () => {
  const { codecs: found, refused } = await factsOf(radeon);
  expect(refused).toEqual([]);
  expect(Object.values(found).map(({ encoder, depths, bFrames }) => [encoder, depths, bFrames])).toEqual([
    ["h264_amf", [8], 2],
    ["hevc_amf", [8, 10], 0],
    ["av1_amf", [8, 10], 2],
  ]);
});

test("amf() keeps what works where 10 bit or B-frames are refused, and says what was", async () => {
  const line = "CreateComponent(AMFVideoEncoderVCE_AVC) failed with error 5";
  const answer = { ok: false, code: "FEATURE_REFUSED", line } as const;
  const { codecs: found, refused } = await factsOf({
    ...radeon,
    trials: [
      { words: ["p010le"], answer },
      { encoder: "h264_amf", words: ["2"], answer },
      { encoder: "av1_amf", answer },
    ],
  });
  expect(found.h264?.bFrames).toBe(0);
  expect(found.hevc?.depths).toEqual([8]);
  expect(found.av1).toBeUndefined();
  expect(refused.map(({ encoder, what }) => `${encoder} ${what}`)).toEqual([
    "h264_amf B-frames",
    "hevc_amf 10-bit",
    "av1_amf 8-bit",
  ]);
});

test("amf() asks nothing more after the driver hung", async () => {
  const answer = { ok: false, code: "STALLED", line: "the trial encode did not end within 20 s" } as const;
  const { answer: found, trials } = await probe({ ...radeon, trials: [{ answer }] });
  expect(found).toMatchObject({ state: "absent", code: "STALLED", reason: answer.line });
  expect(trials).toBe(1);
});

test("amf() does not believe older builds about 10 bit", async () => {
  const { codecs: found } = await factsOf({ ...radeon, release: [7, 0] });
  expect(Object.values(found).every(({ depths }) => !depths.includes(10))).toBe(true);
});

test.each<[string, Machine, string, RegExp]>([
  ["an empty machine", emptyMachine, "DEVICE_MISSING", /Windows and Linux only/],
  ["a Mac", { ...radeon, os: "darwin" }, "DEVICE_MISSING", /not on darwin/],
  ["Windows without an AMD driver", { ...radeon, paths: [] }, "DEVICE_MISSING", /amfrt64\.dll/],
  ["Windows with a build that lacks it", { ...radeon, encoders: ["libx264"] }, "ENCODER_MISSING", /built without AMF/],
  ["Linux without a GPU", { ...radeon, os: "linux", paths: [] }, "DEVICE_MISSING", /no \/dev\/dri/],
])("amf() is absent on %s without a trial", async (_, machine, code, reason) => {
  const { answer, trials } = await probe(machine);
  expect(answer).toMatchObject({ state: "absent", code, reason: expect.stringMatching(reason) as string });
  expect(trials).toBe(0);
});

test("amf() lets the trial decide where Windows lies elsewhere", async () => {
  const { answer } = await probe({ ...radeon, env: { SystemRoot: "D:\\Windows" }, paths: [] });
  expect(answer.state).toBe("ready");
});

test("amf() on Linux without AMD's runtime points to vaapi", async () => {
  const answer = { ok: false, code: "DEVICE_MISSING", line: "DLL libamfrt64.so.1 failed to open" } as const;
  const { answer: found, trials } = await probe({
    ...radeon,
    os: "linux",
    paths: ["/dev/dri/renderD128"],
    trials: [{ answer }],
  });
  expect(found).toMatchObject({
    state: "absent",
    reason: answer.line,
    hint: expect.stringMatching(/through vaapi/) as string,
  });
  expect(trials).toBe(1);
});

test.each<[string, Encode, string | undefined, string]>([
  [
    "a quality",
    encodeOf("h264", { effort: "slow" }),
    undefined,
    "-c:v h264_amf -usage transcoding -quality quality -profile:v high -rc cqp -qp_i 25 -qp_p 27 -qp_b 29 -g 60 -forced_idr 1 -max_b_frames 2 -bf 2",
  ],
  [
    "a quality without B-frames",
    encodeOf("h264"),
    "no-b-frames",
    "-c:v h264_amf -usage transcoding -quality balanced -profile:v high -rc cqp -qp_i 25 -qp_p 27 -qp_b 29 -g 60 -forced_idr 1 -max_b_frames 0 -bf 0",
  ],
  [
    "a quality that became a bitrate",
    encodeOf("hevc", { container: "mkv" }),
    "vbr",
    "-c:v hevc_amf -usage transcoding -quality balanced -profile:v main -rc vbr_peak -b:v 2410k -maxrate 3615k -bufsize 7230k -vbaq 1 -g 60 -gops_per_idr 1 -forced_idr 1",
  ],
  [
    "a capped bitrate",
    encodeOf("h264", { effort: "fastest", rate: { kind: "bitrate", kbps: 3000, maxKbps: 4500, bufKbit: 6000 } }),
    undefined,
    "-c:v h264_amf -usage transcoding -quality speed -profile:v high -rc vbr_peak -b:v 3000k -maxrate 4500k -bufsize 6000k -vbaq 1 -g 60 -forced_idr 1 -max_b_frames 2 -bf 2",
  ],
  [
    "a constant bitrate",
    encodeOf("h264", { rate: { kind: "bitrate", kbps: 3000, maxKbps: 3000 }, profile: "baseline" }),
    undefined,
    "-c:v h264_amf -usage transcoding -quality balanced -profile:v constrained_baseline -rc cbr -b:v 3000k -maxrate 3000k -bufsize 6000k -vbaq 1 -g 60 -forced_idr 1 -max_b_frames 0 -bf 0",
  ],
  [
    "10 bit",
    encodeOf("hevc", { bitDepth: 10, pixelFormat: "yuv420p10le", container: "mkv", rate: { kind: "crf", crf: 22 } }),
    undefined,
    "-c:v hevc_amf -usage transcoding -quality balanced -profile:v main10 -rc cqp -qp_i 26 -qp_p 28 -g 60 -gops_per_idr 1 -forced_idr 1",
  ],
  [
    "av1 by the crf of SVT-AV1",
    encodeOf("av1", { effort: "best", rate: { kind: "crf", crf: 30 } }),
    undefined,
    "-c:v av1_amf -usage transcoding -quality high_quality -rc cqp -qp_i 115 -qp_p 123 -g 60 -forced_idr 1 -max_b_frames 2 -bf 2",
  ],
])("amf() builds %s", async (_, encode, variant, expected) => {
  const args = await argsFor(encode, variant === undefined ? {} : { variant });
  expect(args.join(" ")).toBe(`${expected} -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv`);
});

test("amf() names hevc as Apple's players want it", async () => {
  expect((await argsFor(encodeOf("hevc", { container: "mov" }))).slice(-2)).toEqual(["-tag:v", "hvc1"]);
});

test("amf() hands every op back as it came and asks for the depth's surface format", async () => {
  const ops = [{ kind: "format", pixelFormat: "yuv420p10le" }] as const;
  const parts = backend.buildArgs(taskOf(encodeOf("hevc", { bitDepth: 10 }), { ops }), await factsOf(radeon));
  expect(parts.filters).toEqual(ops);
  expect(parts.encode).toMatchObject({ on: "system", pixelFormat: "p010le" });
});

test.each<[string, Encode, RegExp]>([
  ["vp9", encodeOf("vp9"), /no vp9 encoder/],
  ["10-bit h264", encodeOf("h264", { bitDepth: 10, pixelFormat: "yuv420p10le" }), /no 10-bit mode/],
  ["4:2:2", encodeOf("hevc", { pixelFormat: "yuv422p" }), /4:2:0 only, not yuv422p/],
  ["a thumbnail", encodeOf("h264", { width: 160, height: 90 }), /160x90 is below .* 256x128/],
  ["h264 beyond 4096 wide", encodeOf("h264", { width: 5120, height: 2160 }), /above 4096x2304/],
  ["an unknown profile", encodeOf("h264", { profile: "high422" }), /no profile high422/],
  ["main10 with 8 bit", encodeOf("hevc", { profile: "main10" }), /main10 is not for 8 bit/],
])("amf() passes on %s, with the reason", async (_, encode, reason) => {
  const answer = backend.score(taskOf(encode), await factsOf(radeon));
  expect(answer).toMatchObject({ kind: "pass", reason: expect.stringMatching(reason) as string });
});

test("amf() bids lower for more care, for software decoding on few cores, and on Linux", async () => {
  const facts = await factsOf(radeon);
  const bid = (effort: Encode["effort"], known = facts, inputs = {}) => {
    const answer = backend.score(taskOf(encodeOf("h264", { effort }), inputs), known);
    return answer.kind === "bid" ? answer : { speed: 0, quality: 0, variants: [] };
  };
  expect(bid("fastest").speed).toBeGreaterThan(bid("best").speed);
  expect(bid("fastest").quality).toBeLessThan(bid("best").quality);
  expect(bid("best", { ...facts, os: "linux" }).quality).toBeLessThan(bid("best").quality);
  const source = { width: 3840, height: 2160 } as never;
  expect(bid("fastest", { ...facts, cores: 1 }, { decodes: true, inputs: [source] }).speed).toBeLessThan(1);
  expect(bid("best").variants).toEqual([
    { name: "no-b-frames", when: ["FEATURE_REFUSED", "DEVICE_MEMORY"] },
    { name: "vbr", when: ["FEATURE_REFUSED"] },
  ]);
});

/** All that the backend can be made to say for a codec. */
async function everyList(codec: Codec, machine: Machine): Promise<readonly (readonly string[])[]> {
  const facts = await factsOf(machine);
  const deep = facts.codecs[codec]?.depths.includes(10)
    ? everyEncode(codec, { bitDepth: 10, pixelFormat: "yuv420p10le" })
    : [];
  return [...everyEncode(codec), ...deep].flatMap((encode) =>
    [undefined, "no-b-frames", "vbr", "cbr"].map((variant) => {
      const task = taskOf(encode, variant === undefined ? {} : { variant });
      return backend.buildArgs(task, facts).encode?.args ?? [];
    }),
  );
}

test.each(codecs)("amf() builds nothing for %s that ffmpeg 8.1 would complain of", async (codec) => {
  const lists = await everyList(codec, radeon);
  const table = recorded(`${codec}_amf`);
  expect(lists.length).toBeGreaterThan(400);
  expect([...new Set(lists.flatMap((args) => complaints(args, table)))]).toEqual([]);
});
