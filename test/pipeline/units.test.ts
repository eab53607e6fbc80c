import fc from "fast-check";
import { expect, test } from "vitest";
import * as pipeline from "../../core/pipeline/mod.ts";
import { isVendueError } from "../../core/errors.ts";

const { parseMoment, parseRange, parseSize, parseBitrateKbps, parseBytes, parseFps, parseRate } = pipeline;
type Parser = (value: string | number) => unknown;

const readings: readonly (readonly [Parser, string | number, unknown])[] = [
  [parseMoment, 90, { sec: 90 }],
  [parseMoment, "90", { sec: 90 }],
  [parseMoment, "1:30", { sec: 90 }],
  [parseMoment, "00:01:30.250", { sec: 90.25 }],
  [parseMoment, "1500ms", { sec: 1.5 }],
  [parseMoment, "1m30s", { sec: 90 }],
  [parseMoment, "1h", { sec: 3600 }],
  [parseMoment, "0.1 s", { sec: 0.1 }],
  [parseMoment, "45f", { frame: 45 }],
  [parseMoment, 1e-7, { sec: 0 }],
  [parseRange, "0:10-1:20", { from: { sec: 10 }, to: { sec: 80 } }],
  [parseRange, "10 - 20", { from: { sec: 10 }, to: { sec: 20 } }],
  [parseRange, "2:00-", { from: { sec: 120 } }],
  [parseRange, "-0:10", { from: { sec: 0 }, to: { sec: 10 } }],
  [parseRange, -10, { from: { sec: 0 }, to: { sec: 10 } }],
  [parseRange, "45f-90f", { from: { frame: 45 }, to: { frame: 90 } }],
  [parseRange, "-90f", { from: { frame: 0 }, to: { frame: 90 } }],
  [parseRange, "45f-0:01", { from: { frame: 45 }, to: { sec: 1 } }],
  [parseSize, "1280x720", { width: 1280, height: 720 }],
  [parseSize, "1280 × 720", { width: 1280, height: 720 }],
  [parseBitrateKbps, "5M", 5000],
  [parseBitrateKbps, "128k", 128],
  [parseBitrateKbps, "800 kb/s", 800],
  [parseBitrateKbps, "2.5 Mbps", 2500],
  [parseBytes, "25MB", 25_000_000],
  [parseBytes, "25MiB", 26_214_400],
  [parseBytes, "1.5 GB", 1_500_000_000],
  [parseBytes, "700 KiB", 716_800],
  [parseBytes, "900 B", 900],
  [parseFps, "source", { kind: "source" }],
  [parseFps, 30, { kind: "exact", rate: { num: 30, den: 1 } }],
  [parseFps, "max 30", { kind: "max", rate: { num: 30, den: 1 } }],
  [parseRate, "29.97", { num: 30000, den: 1001 }],
  [parseRate, 23.976, { num: 24000, den: 1001 }],
  [parseRate, 23.98, { num: 24000, den: 1001 }],
  [parseRate, "59.94 fps", { num: 60000, den: 1001 }],
  [parseRate, "30000/1001", { num: 30000, den: 1001 }],
  [parseRate, "50/2", { num: 25, den: 1 }],
  [parseRate, 12.5, { num: 25, den: 2 }],
  [pipeline.parseLufs, "-16 LUFS", -16],
  [pipeline.parsePeak, "-1.5 dBTP", -1.5],
  [pipeline.parseDecibels, "-40 dB", -40],
  [pipeline.parseSampleRate, "44.1 kHz", 44100],
  [pipeline.parseSampleRate, 48000, 48000],
  [pipeline.parseChannels, "stereo", 2],
  [pipeline.parseChannels, 5.1, 6],
  [pipeline.parseChannels, 3, 3],
];

test.each(readings.map((row) => [row[0].name, row[1], row] as const))(
  "%s() reads %j",
  (_name, written, [parse, , value]) => {
    expect(parse(written)).toEqual(value);
  },
);

const refusals: readonly (readonly [Parser, string | number])[] = [
  ...["", "1:5", "1:75", "0:10:75", "1,5", "abc", "-5", "45 f", "12:30:10:05", "1:30m", ".5", "1e3", "∞"].map(
    (text) => [parseMoment, text] as const,
  ),
  ...[Number.NaN, Infinity, -1].map((value) => [parseMoment, value] as const),
  ...["-", "90", "5-5", "0:10-0:10", "0:20-0:10", "90f-45f", "1-2-3", "-0", "a-b"].map(
    (text) => [parseRange, text] as const,
  ),
  ...["720p", "1280", "1280x", "0x0", "8x8", "99999x720", "-2x720"].map((text) => [parseSize, text] as const),
  ...[128, "128", "5m", "128kB/s", "128K B", "0k", "-5M", "M"].map((text) => [parseBitrateKbps, text] as const),
  ...[25, "25", "25M", "25Mb", "0MB", "-1MB"].map((text) => [parseBytes, text] as const),
  ...["0", "29.9", "23.97", "1/0", "0/1", "max", "30/1/1", "2000", "auto", -30].map(
    (text) => [parseFps, text] as const,
  ),
  ...[16, "-16 dB", "-80", "loud"].map((text) => [pipeline.parseLufs, text] as const),
  ...[1, "-1.5 LUFS", "-12"].map((text) => [pipeline.parsePeak, text] as const),
  ...["48", "48 MHz", 7999, 500_000].map((text) => [pipeline.parseSampleRate, text] as const),
  ...["quad", 0, 9, "2.1"].map((text) => [pipeline.parseChannels, text] as const),
  [pipeline.parseSeconds, "12f"],
];

test.each(refusals.map((row) => [row[0].name, row[1], row[0]] as const))(
  "%s() refuses %j and says how it is written",
  (_name, written, parse) => {
    const refusal = (() => {
      try {
        return parse(written);
      } catch (error) {
        return error;
      }
    })();
    if (!isVendueError(refusal)) throw new Error(`it was read as ${JSON.stringify(refusal)}`);
    expect(refusal.message).toContain(JSON.stringify(written));
    expect(refusal.hint).toMatch(/^write \S/);
  },
);

const clock = (ms: number, hours: boolean): string => {
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  const [minutes, rest] = [Math.floor(ms / 60_000), `${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`];
  return hours ? `${Math.floor(minutes / 60)}:${pad(minutes % 60, 2)}:${rest}` : `${minutes}:${rest}`;
};

test("parseMoment() reads one moment alike in every spelling", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 360_000_000 }), (ms) => {
      const spellings = [ms / 1000, String(ms / 1000), `${ms / 1000}s`, `${ms}ms`, clock(ms, false), clock(ms, true)];
      for (const spelling of spellings) expect(parseMoment(spelling)).toEqual({ sec: ms / 1000 });
    }),
  );
});

test("parseRange() gives back the two moments it was made of", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000_000 }), fc.integer({ min: 1, max: 9_000_000 }), (from, length) => {
      const to = from + length;
      expect(parseRange(`${clock(from, false)}-${to}ms`)).toEqual({
        from: { sec: from / 1000 },
        to: { sec: to / 1000 },
      });
    }),
  );
});
