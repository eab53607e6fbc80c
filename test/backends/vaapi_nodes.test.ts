import { describe, expect, test } from "vitest";
import { vendorOf } from "../../backends/vaapi/drivers.ts";
import vaapi, { type Facts } from "../../backends/vaapi/mod.ts";
import type { ProbeContext, Trial } from "../../core/backend/mod.ts";
import { fakeContext, type Machine } from "../../core/testing/mod.ts";
import { encodeOf, taskOf } from "./option_lint.ts";

const backend = vaapi();
const refuse = (code: string, line: string): Trial => ({ ok: false, code, line });
const locked = (id: string) => refuse("DEVICE_MISSING", `No VA display found for device /dev/dri/${id}.`);
const driverless = refuse("DEVICE_MISSING", "Failed to initialise VAAPI connection: -1 (unknown libva error).");
const noEntry = refuse("FEATURE_REFUSED", "No usable encoding entrypoint found for profile VAProfileH264High (7).");
const [first, second] = ["vaapi=va:/dev/dri/renderD128", "vaapi=va:/dev/dri/renderD129"];
const extras = ["low_power", "idr_interval"];
const options = { h264_vaapi: extras, hevc_vaapi: extras, av1_vaapi: extras, vp9_vaapi: extras };
const one: Machine = { os: "linux", paths: ["/dev/dri/renderD128"], options };
const two: Machine = { ...one, paths: ["/dev/dri/renderD128", "/dev/dri/renderD129"] };

const iHD = "vainfo: Driver version: Intel iHD driver for Intel(R) Gen Graphics - 23.1.1 ()";
const i965 = "vainfo: Driver version: Intel i965 driver for Intel(R) Haswell Mobile - 2.4.1";
const mesa = "vainfo: Driver version: Mesa Gallium driver 23.2.1 for AMD Radeon RX 6600 (navi23, LLVM 15.0.7)";
const shim = "vainfo: Driver version: VA-API NVDEC driver [direct backend]";

interface Extras {
  /** What vainfo says of each node; the described machine knows one answer for all. */
  readonly vainfo?: Readonly<Record<string, string>>;
  readonly wrap?: (ctx: ProbeContext) => Partial<ProbeContext>;
}

async function probe(machine: Machine, { vainfo, wrap }: Extras = {}) {
  const { ctx, asked } = fakeContext(machine, { needs: backend.needs });
  const ask: ProbeContext["ask"] = async (program, args) => {
    const text = vainfo?.[args.at(-1)?.split("/").at(-1) ?? ""];
    return program === "vainfo" && text !== undefined ? { ok: true, text } : ctx.ask(program, args);
  };
  const answer = await backend.probe({ ...ctx, ask, ...wrap?.(ctx) });
  expect(asked.forbidden).toEqual([]);
  return { answer, opened: [...new Set(asked.trials.map(({ device }) => device?.[1]))] };
}

async function factsOf(...asked: Parameters<typeof probe>): Promise<Facts> {
  const { answer } = await probe(...asked);
  if (answer.state !== "ready") throw new Error(answer.reason);
  return answer.facts;
}

describe("probe() of described machines", () => {
  test("an Intel chip and an AMD card: each under its own driver, though a variable forces one on both", async () => {
    const machine = {
      ...two,
      env: { LIBVA_DRIVER_NAME: "iHD" },
      trials: [
        { words: [`${second},driver=radeonsi`], answer: { ok: true } as const },
        ...[second, `${second},driver=iHD`, `${second},driver=i965`].map((word) => ({
          words: [word],
          answer: driverless,
        })),
        { encoder: "vp9_vaapi", words: [`${second},driver=radeonsi`], answer: noEntry },
      ],
    };
    const facts = await factsOf(machine, { vainfo: { renderD128: iHD } });
    expect(facts.devices.map(({ id, driver }) => [id, driver])).toEqual([
      ["renderD128", "iHD"],
      ["renderD129", "radeonsi"],
    ]);
    const bid = backend.score(taskOf({ encode: encodeOf("h264") }), facts);
    expect(bid).toMatchObject({ device: "renderD128" });
    expect(bid.kind === "bid" && bid.variants?.at(-1)).toMatchObject({ device: "renderD129" });
  });

  test("where vainfo tells whose chip it is, no trial has to", async () => {
    const { opened } = await probe(one, { vainfo: { renderD128: mesa } });
    expect(opened).toEqual([first]);
    const { opened: older } = await probe(one, { vainfo: { renderD128: i965 } });
    expect(older).toEqual([first]);
    const { opened: newer } = await probe(one, { vainfo: { renderD128: iHD } });
    expect(newer).toEqual([first, `${first},driver=iHD`]);
    const { opened: unsaid } = await probe({
      ...one,
      trials: [{ words: [`${first},driver=iHD`], answer: driverless }],
    });
    expect(unsaid).toEqual([first, `${first},driver=iHD`]);
  });

  test("NVIDIA's node decodes only: no encoder, told after one trial", async () => {
    const machine = { ...one, trials: [{ answer: noEntry }] };
    const { answer, opened } = await probe(machine, { vainfo: { renderD128: shim } });
    expect(opened).toEqual([first]);
    expect(answer).toMatchObject({
      state: "absent",
      reason: expect.stringContaining("renderD128: NVIDIA's VAAPI driver decodes only") as string,
      hint: "on this card nvenc is the encoder",
    });
  });

  test("NVIDIA's node beside an Intel one is named among the refused", async () => {
    const facts = await factsOf(
      { ...two, trials: [{ words: [first], answer: noEntry }] },
      { vainfo: { renderD128: shim, renderD129: iHD } },
    );
    expect([facts.devices.map(({ id }) => id), facts.refused.map(({ id }) => id)]).toEqual([
      ["renderD129"],
      ["renderD128"],
    ]);
  });

  test("a node without permission is told from one without a driver, and comes first", async () => {
    const { answer } = await probe({
      ...two,
      trials: [{ words: [second], answer: locked("renderD129") }, { answer: driverless }],
    });
    expect(answer).toMatchObject({
      state: "absent",
      reason: expect.stringMatching(
        /^renderD129: no permission to open it .*; renderD128: Failed to initialise/,
      ) as string,
      hint: expect.stringContaining("/dev/dri/renderD129 (render or video)") as string,
    });
  });

  test("a driver with nothing but the low-power entrypoint encodes with it", async () => {
    const facts = await factsOf(
      { ...one, trials: [{ words: ["-low_power"], answer: { ok: true } }, { answer: noEntry }] },
      { vainfo: { renderD128: iHD } },
    );
    expect(facts.devices[0]?.codecs.h264).toMatchObject({ lowPower: true, bframes: true });
    expect(facts.devices[0]?.decodes).toEqual({ h264: [8], hevc: [8, 10], av1: [8, 10], vp9: [8, 10] });
    const args = backend.buildArgs(taskOf({ encode: encodeOf("h264") }), facts).encode?.args.join(" ");
    expect(args).toContain("-low_power 1");
  });

  test("a driver that decodes nothing keeps its encoder", async () => {
    const facts = await factsOf({
      ...one,
      trials: [{ words: ["-hwaccel"], answer: refuse("DECODE_REFUSED", "No support for codec h264 profile 100.") }],
    });
    expect(facts.devices[0]).toMatchObject({ decodes: {} });
    const parts = backend.buildArgs(taskOf({ encode: encodeOf("h264") }), facts);
    expect([parts.decode, parts.encode?.on]).toEqual([undefined, "vaapi"]);
  });

  test("decoding is tried as a whole chain, and each depth by itself", async () => {
    const asked: unknown[] = [];
    const facts = await factsOf(one, {
      wrap: (ctx) => ({
        async tryEncode(parts, shape) {
          if (shape?.source) asked.push([shape.source, parts.decode?.on, parts.filters?.length, parts.encode?.on]);
          return shape?.source?.codec === "h264" ? refuse("VERIFY_FAILED", "green") : ctx.tryEncode(parts, shape);
        },
      }),
    });
    expect(facts.devices[0]?.decodes).toEqual({ hevc: [8, 10], av1: [8, 10], vp9: [8, 10] });
    expect(asked).toEqual([
      [{ codec: "h264", bitDepth: 8 }, "vaapi", 1, "vaapi"],
      [{ codec: "hevc", bitDepth: 10 }, "vaapi", 1, "vaapi"],
      [{ codec: "av1", bitDepth: 10 }, "vaapi", 1, "vaapi"],
      [{ codec: "vp9", bitDepth: 10 }, "vaapi", 1, "vaapi"],
    ]);
  });
});

test.each([
  [iHD, "intel"],
  [i965, "intel"],
  [mesa, "amd"],
  [shim, "nvidia"],
  ["vainfo: Driver version: Mesa Gallium driver 22.3.6 for NV136", undefined],
  ["libva info: Trying to open /usr/lib/dri/radeonsi_drv_video.so", undefined],
])("vendorOf() reads the driver that answers: %s", (text, vendor) => {
  expect(vendorOf(text)).toBe(vendor);
});
