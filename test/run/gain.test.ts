import { expect, test } from "vitest";
import { gainFor, readLoudness } from "../../core/run/mod.ts";
import { fillIn } from "../../core/run/gain.ts";

const wish = { name: "level.talk", loudness: { targetLufs: -16, truePeakDbtp: -1.5 } };
const gain = (integratedLufs: number, truePeakDbtp: number) => gainFor({ integratedLufs, truePeakDbtp }, wish);

test("gainFor() brings a clip to its target with one linear gain", () => {
  expect(gain(-27.5, -20)).toMatchObject({ gainDb: 11.5, shortfallLu: 0 });
  expect(gain(-10, -3)).toMatchObject({ gainDb: -6, shortfallLu: 0 });
});

test("gainFor() stops at the peak limit and says by how much the target is missed", () => {
  const { gainDb, shortfallLu } = gain(-27.5, -6);
  expect(-6 + gainDb).toBeLessThanOrEqual(-1.5);
  expect(-6 + gainDb).toBeGreaterThan(-2);
  expect(shortfallLu).toBeCloseTo(-16 - (-27.5 + gainDb), 6);
});

test("gainFor() lowers a clip whose peaks are above the limit, even if it is quiet", () => {
  expect(-0.2 + gain(-20, -0.2).gainDb).toBeLessThanOrEqual(-1.5);
});

test("gainFor() does not lift silence into noise", () => {
  expect(gain(-70, -55)).toMatchObject({ gainDb: 0, shortfallLu: 0 });
  expect(gain(-200, -200)).toMatchObject({ gainDb: 0 });
});

test("readLoudness() reads the last summary, also of silence", () => {
  const summary = (i: string, peak: string) =>
    `[Parsed_ebur128_1 @ 0x1] Summary:\n\n  Integrated loudness:\n    I:         ${i} LUFS\n\n  True peak:\n    Peak:      ${peak} dBFS\n`;
  expect(readLoudness(`noise\n${summary("-70.0", "-inf")}${summary("-23.1", "-4.0")}`)).toEqual({
    integratedLufs: -23.1,
    truePeakDbtp: -4,
  });
  expect(readLoudness(summary("-70.0", "-inf"))).toEqual({ integratedLufs: -70, truePeakDbtp: -200 });
  expect(readLoudness("no summary")).toBeUndefined();
});

test("fillIn() puts measured gains where the plan named them, and refuses to guess", () => {
  const graph = (text: string) => ["-filter_complex", text];
  expect(fillIn(graph("volume={{level.talk}}dB"), new Map([["level.talk", -3.25]]))).toEqual(graph("volume=-3.250dB"));
  expect(() => fillIn(graph("{{level.other}}"), new Map())).toThrow("level.other");
});

test("fillIn() leaves braces in file names alone", () => {
  expect(fillIn(["-i", "file:/a{{b}}.mp4"], new Map())).toEqual(["-i", "file:/a{{b}}.mp4"]);
});
