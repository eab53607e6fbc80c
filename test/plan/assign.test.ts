import { expect, test } from "vitest";
import { assign } from "../../core/plan/assign.ts";
import { auctioneer, priceBid, type Lot } from "../../core/plan/auction.ts";
import type { Backend } from "../../core/backend/mod.ts";
import type { Accel, Bid, Encode, Pass, Prefer, Probe, Survey, Task, VideoInfo } from "../../core/types.ts";

const video = {
  index: 0,
  codec: "h264",
  width: 1920,
  height: 1080,
  sar: { num: 1, den: 1 },
  rotation: 0,
  fps: { num: 30, den: 1 },
  vfr: false,
  pixelFormat: "yuv420p",
  bitDepth: 8,
  interlaced: "progressive",
  color: {},
  hdr: "sdr",
  startSec: 0,
  endSec: 60,
} as const satisfies VideoInfo;
const encode: Encode = {
  codec: "h264",
  rate: { kind: "quality", quality: 70, x264Crf: 23, kbps: 3000 },
  effort: "balanced",
  width: 1920,
  height: 1080,
  fps: video.fps,
  pixelFormat: "yuv420p",
  bitDepth: 8,
  color: {},
  gopFrames: 60,
  container: "mp4",
};
const filter: Task = { id: "web/level", stage: "normalize", seconds: 60, inputs: [video], decodes: true, ops: [] };
const last: Task = { ...filter, id: "web/web", stage: "export", decodes: false, encode };

function bidder(name: string, answer: (task: Task) => Bid | Pass): Backend {
  return {
    name,
    api: 1,
    accel: name !== "cpu",
    probe: () => Promise.reject(new Error("not asked")),
    score: answer,
    buildArgs: ({ encode: wanted }) => (wanted ? { encode: { on: "system", args: ["-c:v", name] } } : {}),
  };
}

function survey(probes: Readonly<Record<string, Probe>>): Survey {
  const ffmpeg = {
    path: "/ffmpeg",
    version: "7.0",
    release: [7, 0],
    encoders: [],
    decoders: [],
    filters: [],
    hwaccels: [],
    configuration: "",
  } as const;
  return {
    ffmpeg,
    platform: { os: "linux", arch: "x64", cores: 4, memoryBytes: 8e9 },
    backends: Object.entries(probes).map(([name, probe]) => ({ name, specifier: name, accel: name !== "cpu", probe })),
  };
}

const ready: Probe = { state: "ready", facts: {} };
const cpu = bidder("cpu", ({ encode: wanted }) => ({ kind: "bid", speed: wanted ? 1 : 8, quality: 1 }));
const gpu = bidder("gpu", ({ encode: wanted }) => ({ kind: "bid", speed: wanted ? 8 : 20, quality: 0.8 }));

function sell(
  backends: readonly Backend[],
  {
    accel = "preferred",
    prefer = "balanced",
    probes = Object.fromEntries(backends.map(({ name }) => [name, ready])),
  }: { accel?: Accel; prefer?: Prefer; probes?: Readonly<Record<string, Probe>> } = {},
): readonly Lot[] {
  return [filter, last].map(auctioneer(survey(probes), { backends, accel, prefer }));
}

const winners = (backends: readonly Backend[], prefer: Prefer) =>
  assign(sell(backends, { prefer }), { prefer }).map(({ links }) =>
    links.map(({ bidder: { backend } }) => backend.name).join("+"),
  );

test("assign() ranks one chain for every backend that can encode, the cheapest first", () => {
  expect(winners([cpu, gpu], "balanced")).toEqual(["gpu+gpu", "cpu+cpu"]);
});

test("assign() weighs quality as the pipeline prefers", () => {
  const draft = bidder("draft", ({ encode: wanted }) => ({ kind: "bid", speed: wanted ? 1.6 : 20, quality: 0.7 }));
  expect(winners([cpu, draft], "speed")[0]).toBe("draft+draft");
  expect(winners([cpu, draft], "quality")[0]).toBe("cpu+cpu");
});

test("assign() lets software do a stage that the encoder's backend passes on", () => {
  const encoder = bidder("encoder", ({ encode: wanted }) =>
    wanted ? { kind: "bid", speed: 10, quality: 0.9 } : { kind: "pass", reason: "no filters" },
  );
  expect(winners([cpu, encoder], "balanced")[0]).toBe("cpu+encoder");
});

test("assign() counts the price of handing frames over", () => {
  const [chain] = assign(
    sell([
      cpu,
      bidder("encoder", ({ encode: wanted }) =>
        wanted ? { kind: "bid", speed: 10, quality: 0.9 } : { kind: "pass", reason: "no" },
      ),
    ]),
    { prefer: "balanced" },
  );
  expect(chain?.links[1]?.terms.handoffSec).toBeCloseTo((1920 * 1080 * 30 * 60) / 1.2e9, 3);
});

test("assign() puts the GPU first where it is preferred, unless quality is preferred more", () => {
  const slow = bidder("gpu", ({ encode: wanted }) => ({ kind: "bid", speed: wanted ? 0.9 : 20, quality: 0.9 }));
  expect(winners([cpu, slow], "balanced")).toEqual(["gpu+gpu", "cpu+cpu"]);
  expect(winners([cpu, slow], "quality")).toEqual(["cpu+cpu", "gpu+gpu"]);
});

test("assign() answers the same whatever order backends are asked in", () => {
  expect(winners([gpu, cpu], "balanced")).toEqual(winners([cpu, gpu], "balanced"));
});

test("auctioneer() refuses for a reason a person can read", () => {
  const lots = sell([cpu, gpu], { accel: "off" });
  expect(lots[1]?.refusals).toEqual([{ task: "web/web", backend: "gpu", kind: "refused", reason: "accel is off" }]);
  const [, required] = sell([cpu, gpu], { accel: "required" });
  expect(required?.refusals[0]).toMatchObject({ backend: "cpu", reason: "accel is required, and this is software" });
  const [absent] = sell([cpu, gpu], {
    probes: { cpu: ready, gpu: { state: "absent", reason: "no driver", hint: "install one" } },
  });
  expect(absent?.refusals[0]).toMatchObject({ backend: "gpu", reason: "no driver", hint: "install one" });
});

const lies: readonly (readonly [string, () => unknown, string])[] = [
  [
    "throws",
    () => {
      throw new Error("boom");
    },
    "boom",
  ],
  ["claims no speed", () => ({ kind: "bid", speed: 0, quality: 1 }), "speed"],
  ["claims too much quality", () => ({ kind: "bid", speed: 1, quality: 2 }), "quality"],
  ["answers nonsense", () => "fast", "score()"],
];

test.each(lies)("auctioneer() lets a backend that %s lose its bid and nothing else", (_, answer, word) => {
  const liar = bidder("liar", answer as unknown as () => Bid);
  const [lot] = sell([cpu, liar]);
  expect(lot?.bids.map(({ bidder: one }) => one.backend.name)).toEqual(["cpu"]);
  expect(lot?.refusals[0]?.reason).toContain(word);
});

test("priceBid() shows every term of a cost", () => {
  const terms = priceBid(last, { kind: "bid", speed: 2, quality: 0.9 }, "balanced");
  expect(terms).toEqual({ sec: 30, quality: 0.9, weight: 2, handoffSec: 0, cost: 30 * (1 + 2 * (1 - 0.9)) });
});
