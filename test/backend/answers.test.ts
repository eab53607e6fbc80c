import { expect, test } from "vitest";
import { checkParts, checkProbe, checkScore } from "../../core/backend/mod.ts";

const bid = { kind: "bid", speed: 2, quality: 0.5 };

test("checkScore() takes bids on the axes and passes with a reason", () => {
  expect(checkScore({ ...bid, slots: 3, variants: [{ name: "plain", when: ["FEATURE_REFUSED"] }] })).toEqual([]);
  expect(checkScore({ kind: "pass", reason: "too small" })).toEqual([]);
});

test.for([
  [undefined, "gave undefined"],
  [{ ...bid, speed: 0 }, "speed of 0"],
  [{ ...bid, speed: Number.NaN }, "speed of NaN"],
  [{ ...bid, speed: "9" }, 'speed of "9"'],
  [{ ...bid, quality: 1.01 }, "quality of 1.01"],
  [{ ...bid, quality: -0.1 }, "quality of -0.1"],
  [{ ...bid, slots: 0 }, "0 slots"],
  [{ ...bid, device: 0 }, "0 as device"],
  [{ ...bid, variants: ["slow"] }, "variant"],
  [{ kind: "pass", reason: "" }, "without a reason"],
  [{ kind: "maybe" }, '"maybe"'],
  [Promise.resolve(bid), "gave the kind undefined"],
] as const)("checkScore() refuses %o", ([answer, why]) => {
  expect(checkScore(answer).join("; ")).toContain(why);
});

test("checkProbe() takes facts that come back from JSON as they were, and nothing else", () => {
  expect(checkProbe({ state: "ready", facts: { codecs: ["h264"], limit: null, deep: [{ a: 1.5 }] } })).toEqual([]);
  expect(checkProbe({ state: "absent", reason: "no driver", hint: "install it" })).toEqual([]);
  for (const fact of [new Map(), new Date(0), () => 1, undefined, Number.NaN, 1n, Symbol("x"), new Uint8Array(2)])
    expect(checkProbe({ state: "ready", facts: { fact } }), typeof fact).not.toEqual([]);
  const ring: Record<string, unknown> = {};
  ring["self"] = ring;
  expect(checkProbe({ state: "ready", facts: ring }).join()).toContain("never ends");
  expect(checkProbe({ state: "absent" })).toEqual(["absent without a reason"]);
  expect(checkProbe({ state: "ready" })).toEqual(["is ready without facts"]);
  expect(checkProbe(null).join()).toContain("null");
});

test("checkParts() takes arguments, ops and filters on the backend's own surface", () => {
  const parts = {
    device: ["-init_hw_device", "vaapi=va:/dev/dri/renderD128", "-filter_hw_device", "va"],
    decode: { on: "vaapi", args: ["-hwaccel", "vaapi", "-hwaccel_output_format", "vaapi"] },
    filters: [
      { kind: "format", pixelFormat: "nv12" },
      { name: "scale_vaapi", args: { w: 1280, h: -2 }, on: "vaapi" },
    ],
    encode: { on: "vaapi", args: ["-c:v", "h264_vaapi", "-qp", "-1", "-low_power", "1", "-forced-idr", "1"] },
  };
  expect(checkParts(parts, { surface: { name: "vaapi" } })).toEqual([]);
  expect(checkParts(parts).filter((why) => why.includes("surface"))).toHaveLength(3);
});

test.for([
  "-i x",
  "-y",
  "-n",
  "-map 0:v",
  "-vf scale=2:2",
  "-af volume=2",
  "-filter:v null",
  "-filter_complex null",
  "-lavfi null",
  "-progress pipe:1",
  "-f mp4",
  "-ss 3",
  "-t 3",
  "-an",
  "-c:a copy",
  "-movflags +faststart",
  "-map_metadata -1",
  "-r 25",
  "-c:v x out.mp4",
  "out.mp4",
])("checkParts() refuses %s, which core owns or no flag takes", (text) => {
  const wrong = checkParts({ encode: { on: "system", args: text.split(" ") } });
  expect(wrong.join()).toMatch(/which core owns|which no flag takes/);
});

test.for([
  [{ args: ["-i", "x"] }, "no part of a command"],
  [{ device: "-init_hw_device" }, "no list"],
  [{ encode: { args: ["-c:v", "x"] } }, "surface undefined"],
  [{ encode: { on: "system", args: ["-g", undefined] } }, "undefined among"],
  [{ filters: [{ kind: "sharpen" }] }, '"sharpen"'],
  [{ filters: [{ name: "scale,drawtext", on: "system" }] }, '"scale,drawtext"'],
  [{ filters: [{ name: "scale", args: { w: Number.NaN }, on: "system" }] }, "no string or number"],
  [{ filters: [null] }, "null among"],
  [null, "gave null"],
] as const)("checkParts() refuses %o", ([parts, why]) => {
  expect(checkParts(parts).join("; ")).toContain(why);
});
