import { expect, test } from "vitest";
import mediacodec from "../../backends/mediacodec/mod.ts";
import type { MediaCodecFacts } from "../../backends/mediacodec/probe.ts";
import { emptyMachine, fakeContext, type Machine, testBackend } from "../../core/testing/mod.ts";
import type { Encode } from "../../core/types.ts";
import { complaints, encodeOf, everyEncode, recorded, taskOf } from "./option_table.ts";

const backend = mediacodec();
const codecs = ["h264", "hevc", "av1", "vp9"] as const;
const encoders = codecs.map((codec) => `${codec}_mediacodec`);

/** A phone of the better kind, with a shell and an ffmpeg of today. */
const phone: Machine = {
  os: "android",
  arch: "arm64",
  release: [7, 1],
  encoders,
  options: Object.fromEntries(encoders.map((encoder) => [encoder, recorded(encoder).options])),
};
const refusal = { ok: false, code: "FEATURE_REFUSED", line: "MediaCodec configure failed, Generic error" } as const;

async function probe(machine: Machine) {
  const { ctx, asked } = fakeContext(machine);
  const shapes: string[] = [];
  const answer = await backend.probe({
    ...ctx,
    tryEncode(parts, shape) {
      shapes.push(`${parts.encode?.args[1]} ${parts.encode?.pixelFormat} ${shape?.width}x${shape?.height}`);
      return ctx.tryEncode(parts, shape);
    },
  });
  return { answer, shapes, trials: asked.trials.length };
}

async function factsOf(machine: Machine): Promise<MediaCodecFacts> {
  const { answer } = await probe(machine);
  if (answer.state !== "ready") throw new Error(answer.reason);
  return answer.facts as MediaCodecFacts;
}

async function partsFor(encode: Encode, { machine = phone, variant }: { machine?: Machine; variant?: string } = {}) {
  const task = taskOf(encode, variant === undefined ? {} : { variant });
  return backend.buildArgs(task, await factsOf(machine)).encode;
}

await testBackend({ backend, machine: phone });

test("mediacodec() takes nv12 first, and yuv420p where nv12 is refused", async () => {
  expect((await factsOf(phone)).codecs.h264?.pixelFormat).toBe("nv12");
  const { shapes } = await probe({
    ...phone,
    encoders: ["h264_mediacodec"],
    trials: [{ words: ["nv12"], answer: refusal }],
  });
  expect(shapes).toEqual([
    "h264_mediacodec nv12 640x480",
    "h264_mediacodec yuv420p 640x480",
    "h264_mediacodec yuv420p 3840x2160",
  ]);
});

test("mediacodec() finds the largest picture that works by trying", async () => {
  const { ctx } = fakeContext(phone);
  const answer = await backend.probe({
    ...ctx,
    tryEncode: async (_, shape) => ((shape?.width ?? 0) > 1920 ? refusal : { ok: true }),
  });
  expect(answer).toMatchObject({
    state: "ready",
    facts: { codecs: { h264: { most: { width: 1920, height: 1080 } } } },
  });
});

test("mediacodec() asks nothing more after the device hung", async () => {
  const answer = { ok: false, code: "STALLED", line: "the trial encode did not end within 20 s" } as const;
  const { answer: found, trials } = await probe({ ...phone, trials: [{ answer }] });
  expect(found).toMatchObject({ state: "absent", code: "STALLED" });
  expect(trials).toBe(1);
});

test("mediacodec() keeps the codecs that work and says why the others do not", async () => {
  const { codecs: found, refused } = await factsOf({ ...phone, opens: ["h264_mediacodec"] });
  expect(Object.keys(found)).toEqual(["h264"]);
  expect(refused[0]).toMatchObject({ encoder: "hevc_mediacodec", what: "nv12", code: "DEVICE_MISSING" });
});

test.each<[string, Machine, string, RegExp]>([
  ["an empty machine", emptyMachine, "DEVICE_MISSING", /Android only/],
  ["Linux", { ...phone, os: "linux" }, "DEVICE_MISSING", /not on linux/],
  ["Windows", { ...phone, os: "win32" }, "DEVICE_MISSING", /not on win32/],
  ["Android with another build", { ...phone, encoders: ["libx264"] }, "ENCODER_MISSING", /built without MediaCodec/],
])("mediacodec() is absent on %s without a trial", async (_, machine, code, reason) => {
  const { answer, trials } = await probe(machine);
  expect(answer).toMatchObject({ state: "absent", code, reason: expect.stringMatching(reason) as string });
  expect(trials).toBe(0);
});

test.each<[string, Encode, string]>([
  ["a quality as a bitrate", encodeOf("h264"), "-c:v h264_mediacodec -b:v 4476k -bitrate_mode vbr -g 60 -bf 0"],
  [
    "a profile",
    encodeOf("h264", { profile: "high" }),
    "-c:v h264_mediacodec -b:v 4476k -bitrate_mode vbr -g 60 -bf 0 -profile:v high",
  ],
  [
    "a cap as a constant bitrate",
    encodeOf("hevc", { container: "mkv", rate: { kind: "bitrate", kbps: 3000, maxKbps: 4500 } }),
    "-c:v hevc_mediacodec -b:v 3000k -bitrate_mode cbr -g 60 -bf 0",
  ],
  [
    "keyframes on whole seconds",
    encodeOf("h264", { rate: { kind: "bitrate", kbps: 3000 }, fps: { num: 30000, den: 1001 }, gopFrames: 75 }),
    "-c:v h264_mediacodec -b:v 3000k -bitrate_mode vbr -g 60 -bf 0",
  ],
])("mediacodec() builds %s", async (_, encode, expected) => {
  const parts = await partsFor(encode);
  expect(parts?.args.join(" ")).toBe(
    `${expected} -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv`,
  );
});

test("mediacodec() always says a bitrate, however old the build", async () => {
  const old = { ...phone, release: [6, 0] as const, options: { h264_mediacodec: ["ndk_codec"] } };
  const parts = await partsFor(encodeOf("h264", { color: {} }), { machine: old });
  expect(parts?.args).toEqual(["-c:v", "h264_mediacodec", "-b:v", "4476k", "-g", "60", "-bf", "0"]);
});

test("mediacodec() tries the other pixel format as its variant", async () => {
  const bid = backend.score(taskOf(encodeOf("h264")), await factsOf(phone));
  expect(bid).toMatchObject({ kind: "bid", slots: 1, variants: [{ name: "yuv420p", when: ["FEATURE_REFUSED"] }] });
  expect((await partsFor(encodeOf("h264")))?.pixelFormat).toBe("nv12");
  expect((await partsFor(encodeOf("h264"), { variant: "yuv420p" }))?.pixelFormat).toBe("yuv420p");
});

test.each<[string, Encode, RegExp]>([
  ["10 bit", encodeOf("hevc", { bitDepth: 10, pixelFormat: "yuv420p10le" }), /no 10-bit mode/],
  ["4:4:4", encodeOf("h264", { pixelFormat: "yuv444p" }), /4:2:0 only/],
  ["a thumbnail", encodeOf("h264", { width: 160, height: 90 }), /below the 256x128/],
  ["8K", encodeOf("hevc", { width: 7680, height: 4320 }), /above 3840x2160/],
  ["keyframes twice a second", encodeOf("h264", { gopFrames: 15 }), /less than a second apart/],
  ["high10", encodeOf("h264", { profile: "high10" }), /no profile high10/],
])("mediacodec() passes on %s, with the reason", async (_, encode, reason) => {
  const answer = backend.score(taskOf(encode), await factsOf(phone));
  expect(answer).toMatchObject({ kind: "pass", reason: expect.stringMatching(reason) as string });
});

test("mediacodec() takes a picture that stands upright", async () => {
  expect(backend.score(taskOf(encodeOf("h264", { width: 2160, height: 3840 })), await factsOf(phone)).kind).toBe("bid");
});

test.each<[string, Encode, string | undefined]>([
  ["a quality", encodeOf("h264"), "MediaCodec has no usable quality mode: quality 70 became 4476 kb/s"],
  [
    "a cap",
    encodeOf("h264", { rate: { kind: "bitrate", kbps: 3000, maxKbps: 4500 } }),
    "no cap of its own: 3000 kb/s is held constant",
  ],
  [
    "two passes and a broken second",
    encodeOf("h264", { rate: { kind: "bitrate", kbps: 3000, twoPass: true }, gopFrames: 75 }),
    "one pass instead of two; keyframes every 2 s: whole seconds only",
  ],
  ["a plain bitrate", encodeOf("h264", { rate: { kind: "bitrate", kbps: 3000 } }), undefined],
])("mediacodec() says what it makes of %s", async (_, encode, note) => {
  const answer = backend.score(taskOf(encode), await factsOf(phone));
  expect(answer.kind === "bid" ? answer.note : answer.reason).toBe(note);
});

test.each(codecs)("mediacodec() builds nothing for %s that ffmpeg would complain of", async (codec) => {
  const facts = await factsOf(phone);
  const lists = everyEncode(codec).map((encode) => backend.buildArgs(taskOf(encode), facts).encode?.args ?? []);
  expect(lists.length).toBeGreaterThan(100);
  expect([...new Set(lists.flatMap((args) => complaints(args, recorded(`${codec}_mediacodec`))))]).toEqual([]);
  expect(lists.every((args) => args.includes("-b:v"))).toBe(true);
});
