import { expect, test } from "vitest";
import { type Paced, pacesOf } from "../../bench/session/mod.ts";
import { notMeasured, type Sample } from "../../bench/types.ts";

const talk: Paced = {
  ...{
    id: "talk",
    backend: "cpu",
    codec: "h264",
    effort: "balanced",
    size: { width: 1000, height: 500 },
    chain: "full",
  },
  ...{ plan: { device: "cpu", encoder: "libx264" }, source: { id: "talk" } },
};

const none = notMeasured("not looked at");

/** Rounds of a short run of 30 frames and a long one of 120. */
function rounds(...walls: readonly (readonly [number, number])[]): readonly Sample[] {
  const sample = { side: "candidate", bytes: 1, cpuSec: none, peakBytes: none } as const;
  const rest = { noise: { pressure: none, steal: none, load: none }, gpu: none };
  return walls.flatMap(([short, long], round): readonly Sample[] => [
    { ...sample, ...rest, round, length: "short", frames: 30, wallSec: short },
    { ...sample, ...rest, round, length: "long", frames: 120, wallSec: long },
  ]);
}

test("pacesOf() tells the pace and the start apart, and one late start does not hide them", () => {
  const { paces, absent } = pacesOf([talk], () => rounds([0.4, 1.3], [2.5, 1.3], [0.4, 1.3]), "now");
  // 90 frames in 0.9 s: 10 ms for half a million pixels.
  expect(paces).toEqual([
    expect.objectContaining({ encoder: "libx264", pace: { pixelsPerSec: 50_000_000, startSec: 0.1 }, at: "now" }),
  ]);
  expect(absent).toEqual([]);
});

test("pacesOf() says whose pace could not be told, and learns nothing of one length or of compressed clips", () => {
  const { paces, absent } = pacesOf([talk], () => rounds([1.3, 1.2]), "now");
  expect(paces).toEqual([]);
  expect(absent).toEqual([
    { backend: "cpu", what: "the pace of h264", reason: expect.stringContaining("no longer than the short") },
  ]);
  const oneLength = rounds([0.4, 1.3]).filter(({ length }) => length === "long");
  expect(pacesOf([talk], () => oneLength, "now")).toEqual({ paces: [], absent: [] });
  const compressed = { ...talk, source: { id: "talk-h264" } };
  expect(pacesOf([compressed], () => rounds([0.4, 1.3]), "now")).toEqual({ paces: [], absent: [] });
});
