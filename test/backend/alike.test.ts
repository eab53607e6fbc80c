import fc from "fast-check";
import { expect, test } from "vitest";
import { along, comesTo } from "../../core/backend/mod.ts";

const hd = { codec: "h264", width: 1280, height: 720, fps: { num: 30, den: 1 } } as const;

test("comesTo() puts quality 0, 70 and 100 at crf 40, 23 and 14 of x264", () => {
  const at = (quality: number) => comesTo({ kind: "quality", quality }, hd);
  expect([0, 70, 100].map((quality) => at(quality))).toMatchObject([{ x264Crf: 40 }, { x264Crf: 23 }, { x264Crf: 14 }]);
});

test("comesTo() reads a crf on the scale of the codec's own software encoder", () => {
  const crf = (codec: "hevc" | "av1" | "vp9", value: number) => comesTo({ kind: "crf", crf: value }, { ...hd, codec });
  expect([crf("hevc", 22), crf("av1", 30), crf("vp9", 28.5)].map((one) => "x264Crf" in one && one.x264Crf)).toEqual([
    23, 23, 23,
  ]);
});

test("comesTo() halves the bits for 5.5 crf more, and gives a newer codec fewer", () => {
  const kbps = (crf: number, codec: "h264" | "hevc" = "h264") => comesTo({ kind: "crf", crf }, { ...hd, codec }).kbps;
  expect(kbps(28.5) / kbps(23)).toBeCloseTo(0.5, 1);
  expect(kbps(22, "hevc") / kbps(23)).toBeCloseTo(0.7, 1);
});

test("comesTo() leaves a bitrate as it is", () => {
  const rate = { kind: "bitrate", kbps: 3000, maxKbps: 4500 } as const;
  expect(comesTo(rate, hd)).toEqual(rate);
});

test("along() goes through its anchors and never turns around, also past both ends", () => {
  const line = { from: [18, 20, 23, 26, 28], to: [80, 95, 115, 135, 150] };
  expect(line.from.map((at) => along(at, line))).toEqual(line.to);
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 20, noNaN: true }),
      (at, more) => {
        expect(along(at + more, line)).toBeGreaterThan(along(at, line));
      },
    ),
  );
});
