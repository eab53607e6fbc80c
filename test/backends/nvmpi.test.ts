import { expect, test } from "vitest";
import nvmpi from "../../backends/nvmpi/mod.ts";
import type { NvmpiFacts } from "../../backends/nvmpi/probe.ts";
import { emptyMachine, fakeContext, type Machine, testBackend } from "../../core/testing/mod.ts";
import type { Encode } from "../../core/types.ts";
import { complaints, encodeOf, everyEncode, recorded, taskOf } from "./option_table.ts";

const backend = nvmpi();
const codecs = ["h264", "hevc"] as const;
const encoders = codecs.map((codec) => `${codec}_nvmpi`);

const xavier: Machine = {
  os: "linux",
  arch: "arm64",
  cores: 6,
  paths: ["/etc/nv_tegra_release", "/dev/nvhost-msenc"],
  release: [6, 0],
  encoders: [...encoders, "libx264"],
  options: Object.fromEntries(encoders.map((encoder) => [encoder, recorded(encoder).options])),
};

async function probe(machine: Machine) {
  const { ctx, asked } = fakeContext(machine, { needs: backend.needs });
  const answer = await backend.probe(ctx);
  return { answer, trials: asked.trials.length };
}

async function factsOf(machine: Machine): Promise<NvmpiFacts> {
  const { answer } = await probe(machine);
  if (answer.state !== "ready") throw new Error(answer.reason);
  return answer.facts as NvmpiFacts;
}

await testBackend({ backend, machine: xavier });

test("nvmpi() takes the encoder node of newer boards too", async () => {
  const { answer } = await probe({ ...xavier, paths: ["/etc/nv_tegra_release", "/dev/v4l2-nvenc"] });
  expect(answer.state).toBe("ready");
});

test.each<[string, Machine, string, RegExp]>([
  ["an empty machine", emptyMachine, "DEVICE_MISSING", /Jetson boards run Linux/],
  ["Windows", { ...xavier, os: "win32" }, "DEVICE_MISSING", /this is win32/],
  ["another Linux machine", { ...xavier, paths: [] }, "DEVICE_MISSING", /not a Jetson board/],
  [
    "a Jetson without an encoder node",
    { ...xavier, paths: ["/etc/nv_tegra_release"] },
    "DEVICE_MISSING",
    /shows no encoder/,
  ],
  ["a Jetson with a plain ffmpeg", { ...xavier, encoders: ["libx264"] }, "ENCODER_MISSING", /built without the nvmpi/],
])("nvmpi() is absent on %s without a trial", async (_, machine, code, reason) => {
  const { answer, trials } = await probe(machine);
  expect(answer).toMatchObject({ state: "absent", code, reason: expect.stringMatching(reason) as string });
  expect(trials).toBe(0);
});

test("nvmpi() does not touch an encoder twice after it crashed", async () => {
  const answer = { ok: false, code: "CRASHED", line: "ffmpeg was killed by SIGSEGV" } as const;
  const { answer: found, trials } = await probe({ ...xavier, trials: [{ answer }] });
  expect(found).toMatchObject({ state: "absent", code: "CRASHED", reason: answer.line });
  expect(trials).toBe(1);
});

test("nvmpi() keeps h264 where hevc fails, and says why", async () => {
  const { codecs: found, refused } = await factsOf({ ...xavier, opens: ["h264_nvmpi"] });
  expect(Object.keys(found)).toEqual(["h264"]);
  expect(refused).toEqual([
    { encoder: "hevc_nvmpi", code: "DEVICE_MISSING", line: "hevc_nvmpi does not open on this machine" },
  ]);
});

test.each<[string, Encode, string]>([
  [
    "a quality as a bitrate",
    encodeOf("h264"),
    "-c:v h264_nvmpi -preset medium -profile:v high -rc vbr -b:v 4476k -g 60 -bf 0",
  ],
  [
    "a cap as a constant bitrate",
    encodeOf("hevc", {
      effort: "best",
      container: "mkv",
      rate: { kind: "bitrate", kbps: 3000, maxKbps: 4500, bufKbit: 6000 },
    }),
    "-c:v hevc_nvmpi -preset slow -rc cbr -b:v 3000k -bufsize 6000k -g 60 -bf 0",
  ],
  [
    "a plain bitrate at full speed",
    encodeOf("h264", { effort: "fastest", profile: "main", rate: { kind: "bitrate", kbps: 3000 } }),
    "-c:v h264_nvmpi -preset ultrafast -profile:v main -rc vbr -b:v 3000k -g 60 -bf 0",
  ],
])("nvmpi() builds %s", async (_, encode, expected) => {
  const { encode: parts } = backend.buildArgs(taskOf(encode), await factsOf(xavier));
  expect(parts?.pixelFormat).toBe("yuv420p");
  expect(parts?.args.join(" ")).toBe(
    `${expected} -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv`,
  );
});

test.each<[string, Encode, RegExp]>([
  ["av1", encodeOf("av1"), /no av1 encoder/],
  ["10 bit", encodeOf("hevc", { bitDepth: 10, pixelFormat: "yuv420p10le" }), /no 10-bit mode/],
  ["DCI 4K", encodeOf("h264", { width: 4096, height: 2160 }), /above 3840x2160/],
  ["a thumbnail", encodeOf("h264", { width: 160, height: 90 }), /below 256x128/],
  ["hevc's main10", encodeOf("hevc", { profile: "main10" }), /no profile main10/],
])("nvmpi() passes on %s, with the reason", async (_, encode, reason) => {
  const answer = backend.score(taskOf(encode), await factsOf(xavier));
  expect(answer).toMatchObject({ kind: "pass", reason: expect.stringMatching(reason) as string });
});

test("nvmpi() bids for one job at a time and says what became of a quality", async () => {
  const bid = backend.score(taskOf(encodeOf("hevc")), await factsOf(xavier));
  expect(bid).toMatchObject({
    kind: "bid",
    encoder: "hevc_nvmpi",
    slots: 1,
    note: "nvmpi has no quality mode: quality 70 became 3133 kb/s",
  });
});

test.each(codecs)("nvmpi() builds nothing for %s that its ffmpeg would complain of", async (codec) => {
  const facts = await factsOf(xavier);
  const lists = everyEncode(codec).map((encode) => backend.buildArgs(taskOf(encode), facts).encode?.args ?? []);
  expect(lists.length).toBeGreaterThan(100);
  expect([...new Set(lists.flatMap((args) => complaints(args, recorded(`${codec}_nvmpi`))))]).toEqual([]);
});
