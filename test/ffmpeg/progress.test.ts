import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noProgress, type ProgressReport, type ProgressState, readProgress } from "../../core/ffmpeg/progress.ts";
import { builds, ffmpeg } from "./builds.ts";

const block = (lines: Readonly<Record<string, string>>) =>
  Object.entries(lines)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");

const first = block({
  frame: "0",
  fps: "0.00",
  total_size: "N/A",
  out_time_us: "N/A",
  out_time_ms: "N/A",
  out_time: "N/A",
  speed: "N/A",
  progress: "continue",
});
const second = block({
  frame: "50",
  fps: " 24.9",
  stream_0_0_q: "28.0",
  bitrate: " 123.4kbits/s",
  total_size: "30840",
  out_time_us: "2000000",
  out_time_ms: "2000000",
  out_time: "00:00:02.000000",
  speed: "1.25x",
  progress: "continue",
});
const last = block({ frame: "75", out_time_us: "3000000", total_size: "N/A", speed: "   2x", progress: "end" });
const reports: readonly ProgressReport[] = [
  { frame: 0, fps: 0, mediaSec: 0, speed: 0, bytes: 0, done: false },
  { frame: 50, fps: 24.9, mediaSec: 2, speed: 1.25, bytes: 30840, done: false },
  { frame: 75, fps: 24.9, mediaSec: 3, speed: 2, bytes: 30840, done: true },
];

test("readProgress() answers one report for each block, the last known number for N/A", () => {
  expect(readProgress(noProgress, first + second + last).reports).toEqual(reports);
});

test("readProgress() does not care where the text is cut", () => {
  const text = first + second + last;
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const edges = [0, ...cuts.sort((one, other) => one - other), text.length];
      const pieces = edges.slice(1).map((end, index) => text.slice(edges[index], end));
      expect(readAll(pieces)).toEqual(reports);
    }),
  );
});

test("readProgress() takes no time before zero, which is what 5.1 gives before the first packet", () => {
  const text = block({ out_time_us: "-9223372036854775808", progress: "continue" });
  expect(readProgress(noProgress, text).reports[0]?.mediaSec).toBe(0);
});

test("readProgress() leaves the state it was given as it was", () => {
  readProgress(noProgress, second);
  expect(noProgress).toEqual({ rest: "", report: reports[0] });
});

test("readProgress() understands Windows line ends", () => {
  expect(readProgress(noProgress, second.replaceAll("\n", "\r\n")).reports).toEqual([reports[1]]);
});

describe.each(builds)("on ffmpeg $version", ({ path }) => {
  test("readProgress() follows a real run to its end", () => {
    const input = ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25:duration=3"];
    const { stdout } = ffmpeg(path, [...input, "-progress", "pipe:1", "-stats_period", "0.05", "-f", "null", "-"]);
    expect(readAll([stdout]).at(-1)).toMatchObject({ frame: 75, mediaSec: 3, done: true });
  });
});

function readAll(pieces: readonly string[]): readonly ProgressReport[] {
  let state: ProgressState = noProgress;
  return pieces.flatMap((piece) => {
    const read = readProgress(state, piece);
    state = read.state;
    return read.reports;
  });
}
