import { expect, test } from "vitest";
import { languageIn, plainLanguage, rational, shiftTimecode } from "../../core/media/mod.ts";

const [pal, film, ntsc, fast] = [rational(25, 1), rational(24, 1), rational(30000, 1001), rational(60000, 1001)];

test.each([
  ["01:00:00:00", 0, pal, pal, "01:00:00:00"],
  ["01:00:00:20", 0.4, pal, pal, "01:00:01:05"],
  ["10:00:00:12", 0, film, pal, "10:00:00:13"],
  ["23:59:59:24", 0.04, pal, pal, "00:00:00:00"],
  // The first label of a minute leaves two out, but for every tenth.
  ["00:00:59;29", 1001 / 30000, ntsc, ntsc, "00:01:00;02"],
  ["00:09:59;29", 1001 / 30000, ntsc, ntsc, "00:10:00;00"],
  ["01:00:00;00", 0, ntsc, fast, "01:00:00;00"],
  ["00:00:59:29", 1001 / 30000, ntsc, ntsc, "00:01:00:00"],
] as const)("shiftTimecode(%s) by %d s counts on", (timecode, sec, from, to, expected) => {
  expect(shiftTimecode(timecode, sec, { from, to })).toBe(expected);
});

test("shiftTimecode() refuses what is none", () => {
  expect(shiftTimecode("now", 0, { from: pal, to: pal })).toBeUndefined();
  expect(shiftTimecode("00:00:00:25", 0, { from: pal, to: pal })).toBeUndefined();
});

test("languageIn() says a language as each container keeps it", () => {
  expect(languageIn("mkv", "de-AT")).toBe("de-AT");
  expect(languageIn("mp4", "de-AT")).toBe("deu");
  expect(languageIn("mov", "deu")).toBe("ger");
  expect(languageIn("ts", "fre")).toBe("fra");
  expect(plainLanguage("ger")).toBe(plainLanguage("de"));
});
