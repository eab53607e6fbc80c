import { afterAll, expect, test, vi } from "vitest";
import {
  firstArgs,
  isUnreadable,
  newPictureReader,
  packetArgs,
  packetRanges,
  pictureArgs,
  readFfmpeg,
  readPackets,
  readSilences,
  refine,
  silenceArgs,
} from "../../core/media/mod.ts";
import type { MediaInfo, PictureIndex } from "../../core/types.ts";
import { builds, facts, newFolder, run, scene, x264 } from "./corpus.ts";

vi.setConfig({ testTimeout: 30_000 });

const { make, remove } = newFolder();
afterAll(remove);

const sec = 20;
const quiet = "volume=0:enable='between(t,4,6)+gt(t,18)',adelay=500";
const video = [...x264, "-bf", "2", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0"];
const plain = make("plain.mkv", [...scene({ sec }), "-af", quiet, ...video, "-c:a", "flac"]);
// The picture starts before the sound, and far from zero.
const late = make("late.ts", [
  ["-i", plain, "-itsoffset", "1", "-i", plain, "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "mp2"],
  ["-output_ts_offset", "7000"],
]);
const edited = make("edited.mp4", ["-ss", "3", "-i", plain, "-an", "-c", "copy"]);

function read(ffmpeg: string, path: string): MediaInfo {
  const info = readFfmpeg(run(ffmpeg, firstArgs(facts(path))).stderr, facts(path));
  if (isUnreadable(info)) throw new Error(info.reason);
  return info;
}

function index(ffmpeg: string, info: MediaInfo): PictureIndex {
  if (info.video === undefined) throw new Error("no picture");
  const pictures = newPictureReader(info.video);
  pictures.read(run(ffmpeg, pictureArgs(info)).stdout);
  return pictures.index();
}

test.each(builds)("packetArgs() lists both ends for the price of both ends, on $version", ({ ffmpeg }) => {
  for (const path of [plain, late]) {
    const info = read(ffmpeg, path);
    const list = (range: object) => readPackets(run(ffmpeg, packetArgs(info, range)).stdout);
    const [headRange = {}, tailRange = {}] = packetRanges({ ...info, sizeBytes: 1e9 });
    const [whole, head, tail] = [list({}), list(headRange), list(tailRange)];
    expect(whole.streams[0]?.count).toBe(sec * 25);
    expect(head.streams[0]?.count).toBeLessThan(140);
    expect(tail.streams[0]?.count).toBeLessThan(200);
    expect(refine(info, head, tail), path).toEqual(refine(info, whole, whole));
  }
});

test.each(builds)("pictureArgs() and silenceArgs() count from the file's own start, on $version", ({ ffmpeg }) => {
  const info = read(ffmpeg, late);
  const packets = readPackets(run(ffmpeg, packetArgs(info)).stdout);
  const { video: picture, audio } = refine(info, packets, packets);
  const [offset, shift] = [picture?.startSec ?? 0, audio[0]?.startSec ?? 0];
  expect(offset).toBe(0);
  expect(shift).toBeGreaterThan(0.9);

  expect(index(ffmpeg, info).keys.map(([, at]) => at)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);

  const silences = readSilences(run(ffmpeg, silenceArgs(info, { thresholdDb: -40, leastSec: 1 })).stderr);
  expect(silences.length).toBe(2);
  const [[start, end] = [0, 0], [last] = [0]] = silences;
  expect(start - shift).toBeCloseTo(4.5, 1);
  expect(end - shift).toBeCloseTo(6.5, 1);
  expect(last - shift).toBeCloseTo(18.5, 1);
});

test.each(builds)("newPictureReader() leaves out what an edit list hides, on $version", ({ ffmpeg }) => {
  const info = read(ffmpeg, edited);
  expect(index(ffmpeg, info).keys[0]?.[1]).toBeCloseTo(1, 1);
  const packets = readPackets(run(ffmpeg, packetArgs(info)).stdout);
  expect(packets.streams[0]?.firstSec).toBeGreaterThanOrEqual(0);
});

test("packetRanges() lists a small file whole, and one of unknown length too", () => {
  expect(packetRanges({ sizeBytes: 1e6, durationSec: 600 })).toEqual([{}]);
  expect(packetRanges({ sizeBytes: 1e10, durationSec: 0 })).toEqual([{}]);
  expect(packetRanges({ sizeBytes: 1e10, durationSec: 600 })).toEqual([{ forSec: 5 }, { fromSec: 595 }]);
});

function listing(tick: string, times: readonly number[], duration = 0): string {
  const rows = times.map((time) => `0, ${time}, ${time}, ${duration}, 10, 0x1`);
  return [`#tb 0: ${tick}`, ...rows].join("\n");
}

test.each([
  ["milliseconds at 29.97", "1/1000", [0, 33, 67, 100, 133, 167], false],
  ["hundredths at 30", "1/100", [0, 3, 7, 10, 13, 17], false],
  ["a frame left out", "1/25", [0, 1, 2, 4, 5], true],
  ["a frame 2 ms late", "1/90000", [0, 3600, 7380, 10800], true],
  ["a single frame", "1/25", [0], false],
])("readPackets() tells a varying rate from rounding: %s", (_, tick, times, vfr) => {
  expect(readPackets(listing(tick, times)).streams[0]?.vfr).toBe(vfr);
});

test("readPackets() finds start, end and the widest gap in any order", () => {
  const pairs = [
    [0, 2],
    [1, 6],
    [2, 4],
    [3, 3],
    [4, 5],
    [7, 9],
    [9, 10],
  ];
  const rows = pairs.map(([dts, pts]) => `0, ${dts}, ${pts}, 1, 10, 0x1`);
  const { streams } = readPackets(["#tb 0: 1/10", ...rows].join("\n"));
  expect(streams[0]).toEqual({
    count: 7,
    firstSec: 0.2,
    endSec: 1.1,
    vfr: true,
    usualGapSec: 0.1,
    maxGapSec: 0.3,
    keyGapSec: 0.133333,
  });
});

test("readPackets() takes no frame that a cut listing left out for a gap", () => {
  const pairs = [
    [0, 2],
    [1, 6],
    [2, 4],
    [3, 3],
    [4, 5],
    [5, 10],
    [6, 8],
    [7, 7],
  ];
  const rows = pairs.map(([dts, pts]) => `0, ${dts}, ${pts}, 1, 10, 0x1`);
  expect(readPackets(["#tb 0: 1/10", ...rows].join("\n")).streams[0]).toMatchObject({ vfr: false, maxGapSec: 0.1 });
});

test("readPackets() does with decode times where there are no others", () => {
  const none = "-9223372036854775808";
  const rows = [-2, -1, 0, 1].map((dts) => `0, ${dts}, ${none}, 1, 10, 0x1`);
  expect(readPackets(["#tb 0: 1/25", ...rows].join("\n")).streams[0]).toMatchObject({ firstSec: 0, endSec: 0.16 });
});

test("readPackets() sees where the clock of a file is set back", () => {
  const rows = [0, 1, 2, 2, 2, 2, 2].map((dts) => `0, ${dts}, ${dts}, 1, 10, 0x1`);
  const read = (lines: readonly string[]) => readPackets(["#tb 0: 1/25", ...lines].join("\n")).streams[0]?.resetSec;
  expect(read(rows)).toBe(0.08);
  expect(read(rows.slice(0, 3))).toBeUndefined();
});

test("readPackets() leaves out streams without packets", () => {
  expect(readPackets("#tb 0: 1/25\n#tb 1: 1/48000\n1, 0, 0, 1024, 9, 0x1\n").streams[0]).toBeUndefined();
  expect(readPackets("").streams).toEqual({});
});

test("refine() changes nothing without listings", () => {
  const info = read(builds[0]?.ffmpeg ?? "ffmpeg", plain);
  expect(refine(info, undefined, undefined)).toEqual(info);
});
