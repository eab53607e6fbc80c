import { describe, expect, test } from "vitest";
import { fullness, inCudaOrder, readCards, roomOn, slotsFor } from "../../backends/nvenc/cards.ts";
import nvenc, { type Facts } from "../../backends/nvenc/mod.ts";
import type { ProbeContext, Trial } from "../../core/backend/mod.ts";
import { fakeContext, type Machine } from "../../core/testing/mod.ts";
import { encodeOf, taskOf } from "./option_lint.ts";

const backend = nvenc();
const refuse = (code: string, line: string): Trial => ({ ok: false, code, line });
const row = (uuid: string, rest: string) => `GPU-${uuid}, ${rest}`;
const rtx = (uuid: string, load: string) => row(uuid, `NVIDIA GeForce RTX 3090, 550.54.14, ${load}`);
const filters = ["scale_cuda"];
const base: Machine = { os: "linux", paths: ["/dev/nvidiactl"], filters };
const withCards = (...rows: readonly string[]): Machine => ({
  ...base,
  tools: { "nvidia-smi": `${rows.join("\n")}\n` },
});

type Wrap = (ctx: ProbeContext) => Partial<ProbeContext>;

async function probe(machine: Machine, { of = backend, wrap }: { of?: typeof backend; wrap?: Wrap } = {}) {
  const { ctx, asked } = fakeContext(machine, { needs: of.needs });
  const answer = await of.probe({ ...ctx, ...wrap?.(ctx) });
  expect(asked.forbidden).toEqual([]);
  return { answer, opened: new Set(asked.trials.map(({ device }) => device?.[1])) };
}

async function factsOf(...asked: Parameters<typeof probe>): Promise<Facts> {
  const { answer } = await probe(...asked);
  if (answer.state !== "ready") throw new Error(answer.reason);
  return answer.facts;
}

describe("probe() of described machines", () => {
  test("two cards of unlike load: the one with more room leads, and both go by number, UUID and name", async () => {
    const machine = withCards(rtx("aaa", "20000, 90, 0"), rtx("bbb", "12000, 5, 1"));
    const { answer, opened } = await probe(machine);
    expect(opened).toEqual(new Set(["cuda=cu:0", "cuda=cu:1"]));
    if (answer.state !== "ready") throw new Error(answer.reason);
    const bid = backend.score(taskOf({ encode: encodeOf("h264") }), answer.facts);
    // The limit of a consumer card's driver is shared by both.
    expect(bid).toMatchObject({ device: "1 GPU-bbb NVIDIA GeForce RTX 3090", slots: 4 });
    expect(bid.kind === "bid" && bid.variants?.at(-1)).toMatchObject({
      name: "gpu 0",
      device: "0 GPU-aaa NVIDIA GeForce RTX 3090",
    });
  });

  test("a card with hardly any memory free is passed by with that reason, and not even tried", async () => {
    const machine = withCards(rtx("aaa", "300, 10, 1"), rtx("bbb", "600, 99, 0"));
    const { answer, opened } = await probe(machine);
    expect([...opened]).toEqual(["cuda=cu:1"]);
    expect(answer).toMatchObject({
      facts: {
        devices: [{ id: "1" }],
        refused: [
          {
            id: "0 GPU-aaa NVIDIA GeForce RTX 3090",
            reason: "NVIDIA GeForce RTX 3090 has 300 MiB of memory free, and 500 are needed",
          },
        ],
      },
    });
  });

  test("nothing but full cards is a finding that passes, so it is not remembered", async () => {
    const { answer } = await probe(withCards(rtx("aaa", "300, 10, 1")));
    expect(answer).toMatchObject({
      state: "absent",
      code: "DEVICE_BUSY",
      hint: expect.stringContaining("memory") as string,
    });
  });

  test("a T4 has no limit of encodes, and no av1", async () => {
    const facts = await factsOf({
      ...withCards(row("ttt", "Tesla T4, 535.183.01, 14900, 0, 0")),
      trials: [{ encoder: "av1_nvenc", answer: refuse("FEATURE_REFUSED", "Codec not supported") }],
    });
    const bid = backend.score(taskOf({ encode: encodeOf("hevc") }), facts);
    expect(bid).toMatchObject({ kind: "bid", device: "0 GPU-ttt Tesla T4" });
    expect(bid).not.toHaveProperty("slots");
    expect(backend.score(taskOf({ encode: encodeOf("av1") }), facts)).toMatchObject({ kind: "pass" });
  });

  const noEncoder = "OpenEncodeSessionEx failed: unsupported device (2): (no details)";
  const h200 = withCards(row("hhh", "NVIDIA H200, 570.86.15, 143000, 0, [N/A]"));
  const chipless = ["h264_nvenc", "hevc_nvenc", "av1_nvenc"].map((encoder) => ({
    encoder,
    answer: refuse("DEVICE_MISSING", noEncoder),
  }));

  test("an H200 keeps its decoder, and is refused as an encoder under its own name", async () => {
    const facts = await factsOf({ ...h200, trials: chipless });
    expect(facts.devices).toMatchObject([
      { id: "0", codecs: {}, decodes: { h264: [8], hevc: [8, 10], av1: [8, 10], vp9: [8, 10] }, filters },
    ]);
    expect(backend.score(taskOf({ encode: encodeOf("h264") }), facts)).toEqual({
      kind: "pass",
      reason: `NVIDIA H200 has no encoder (${noEncoder})`,
    });
    const reads = taskOf({ ops: [] });
    expect(backend.score(reads, facts)).toMatchObject({ kind: "bid", device: "0 GPU-hhh NVIDIA H200" });
    expect(backend.buildArgs(reads, facts).decode?.on).toBe("cuda");
  });

  test("an H200 whose decoder does not work either is absent under its own name", async () => {
    const line = noEncoder;
    const { answer } = await probe({ ...h200, trials: [{ answer: refuse("DEVICE_MISSING", line) }] });
    expect(answer).toMatchObject({ state: "absent", reason: `NVIDIA H200 has no encoder (${line})` });
    expect(answer).toMatchObject({ hint: expect.stringContaining("decode video but cannot encode") as string });
  });

  test("an H200 beside a card with an encoder is named among the refused", async () => {
    const facts = await factsOf({
      ...withCards(
        row("hhh", "NVIDIA H200, 570.86.15, 143000, 0, [N/A]"),
        row("lll", "NVIDIA L4, 570.86.15, 22000, 0, 0"),
      ),
      env: { CUDA_DEVICE_ORDER: "PCI_BUS_ID" },
      trials: [
        {
          words: ["cuda=cu:0"],
          answer: refuse("DEVICE_MISSING", "OpenEncodeSessionEx failed: unsupported device (2): (no details)"),
        },
      ],
    });
    expect([facts.devices.map(({ id }) => id), facts.refused.map(({ id }) => id)]).toEqual([
      ["1"],
      ["0 GPU-hhh NVIDIA H200"],
    ]);
  });

  test("a consumer card is given as many encodes at once as its driver allows", async () => {
    const facts = await factsOf(withCards(row("ccc", "NVIDIA GeForce GTX 1660, 531.41, 5000, [N/A], 1")));
    expect(facts.devices[0]).toMatchObject({ slots: 5 });
  });

  test("a tool that is missing changes nothing but the ranking", async () => {
    const gone = { words: ["cuda=cu:2"], answer: refuse("DEVICE_MISSING", "CUDA_ERROR_INVALID_DEVICE") };
    const facts = await factsOf({ ...base, trials: [gone] });
    expect(facts.devices.map(({ id, slots, card }) => [id, slots, card])).toEqual([
      ["0", 3, undefined],
      ["1", 3, undefined],
    ]);
    expect(facts.refused).toEqual([]);
  });

  test("a card where encoding works and decoding does not keeps the encoder", async () => {
    const facts = await factsOf({
      ...withCards(rtx("aaa", "20000, 0, 0")),
      trials: [{ words: ["-hwaccel"], answer: refuse("DEVICE_MISSING", "Cannot load libnvcuvid.so.1") }],
    });
    expect(facts.devices[0]).toMatchObject({ decodes: {}, filters });
    const parts = backend.buildArgs(taskOf({ encode: encodeOf("h264") }), facts);
    expect([parts.decode, parts.encode?.on]).toEqual([undefined, "cuda"]);
  });

  test("decoding is tried as a whole chain, and each depth by itself", async () => {
    const asked: unknown[] = [];
    const facts = await factsOf(withCards(rtx("aaa", "20000, 0, 0")), {
      wrap: (ctx) => ({
        async tryEncode(parts, shape) {
          if (shape?.source) asked.push([shape.source, parts.decode?.on, parts.filters?.length, parts.encode?.on]);
          return shape?.source?.bitDepth === 10 ? refuse("DECODE_REFUSED", "no") : ctx.tryEncode(parts, shape);
        },
      }),
    });
    expect(facts.devices[0]?.decodes).toEqual({ h264: [8], hevc: [8], av1: [8], vp9: [8] });
    expect(asked).toEqual([
      [{ codec: "h264", bitDepth: 8 }, "cuda", 1, "cuda"],
      [{ codec: "hevc", bitDepth: 10 }, "cuda", 1, "cuda"],
      [{ codec: "hevc", bitDepth: 8 }, "cuda", 1, "cuda"],
      [{ codec: "av1", bitDepth: 10 }, "cuda", 1, "cuda"],
      [{ codec: "av1", bitDepth: 8 }, "cuda", 1, "cuda"],
      [{ codec: "vp9", bitDepth: 10 }, "cuda", 1, "cuda"],
      [{ codec: "vp9", bitDepth: 8 }, "cuda", 1, "cuda"],
    ]);
  });

  test("one forced card is the only one opened, whatever others there are", async () => {
    const of = nvenc({ device: 1 });
    const { answer, opened } = await probe(withCards(rtx("aaa", "20000, 0, 0"), rtx("bbb", "9000, 0, 0")), { of });
    expect([...opened]).toEqual(["cuda=cu:1"]);
    expect(answer).toMatchObject({ facts: { devices: [{ card: { uuid: "GPU-bbb" } }] } });
  });
});

test("readCards() takes what is not available or not supported for unknown", () => {
  const text = "GPU-1, Tesla T4, 535.1, [N/A], [Not Supported], [N/A]\nNo devices were found\n";
  expect(readCards(text)).toEqual([{ uuid: "GPU-1", name: "Tesla T4", driver: "535.1" }]);
});

const like = ["GPU-aa1", "GPU-ab2", "GPU-cc3"].map((uuid) => ({ uuid, name: "NVIDIA L4", driver: "570.1" }));
const [one, two, three] = like;
const unlike = like.map((card, nth) => ({ ...card, name: `NVIDIA ${nth}` }));

test.each([
  ["all of them in order of the bus", {}, [one, two, three]],
  ["those shown, counted anew", { visible: "2,0" }, [three, one]],
  ["those shown by UUID", { visible: "GPU-cc3, GPU-aa" }, [three, one]],
  ["none after a word that names no card", { visible: "1,7,0" }, [two]],
  ["none after a UUID that fits two", { visible: "GPU-cc,GPU-a" }, [three]],
  ["none where none is shown", { visible: "" }, []],
  ["a slice that nobody can name", { visible: "MIG-5,GPU-ab2" }, [undefined, two]],
])("inCudaOrder() gives %s", (_, order, expected) => {
  expect(inCudaOrder(like, order)).toEqual(expected);
});

test("inCudaOrder() admits that unlike cards cannot be told apart, unless CUDA was told to go by the bus", () => {
  expect(inCudaOrder(unlike, {})).toEqual([undefined, undefined, undefined]);
  expect(inCudaOrder(unlike, { visible: "1,GPU-cc3" })).toEqual([undefined, unlike[2]]);
  expect(inCudaOrder(unlike, { order: "PCI_BUS_ID" })).toEqual(unlike);
});

test("roomOn() multiplies free memory with the idle share, and fullness() never takes unknown for full", () => {
  const card = { uuid: "GPU-1", name: "NVIDIA L4", driver: "570.1" };
  expect(roomOn({ ...card, freeMiB: 1000, busyPercent: 25 })).toBe(750);
  expect(roomOn({ ...card, freeMiB: 1000 })).toBe(500);
  expect(fullness(card)).toBeUndefined();
  expect(fullness({ ...card, freeMiB: 500 })).toBeUndefined();
  expect(fullness({ ...card, freeMiB: 499 })).toContain("499 MiB");
});

test.each([
  ["NVIDIA GeForce GTX 1080", "470.57", 3],
  ["NVIDIA GeForce RTX 2080", "535.10", 5],
  ["NVIDIA GeForce RTX 4090", "550.54", 8],
  ["NVIDIA TITAN RTX", "595.1", 12],
  ["NVIDIA RTX A4000", "550.54", undefined],
  ["Quadro P2000", "470.57", undefined],
])("slotsFor() gives %s under driver %s %s encodes", (name, driver, slots) => {
  const card = { uuid: "GPU-1", name, driver };
  expect(slotsFor(card, [card])).toBe(slots);
});
