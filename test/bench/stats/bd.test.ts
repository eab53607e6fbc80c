import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bdQuality, bdRate, dropSaturated, meanChange, rateAt, type RatePoint } from "../../../bench/stats/mod.ts";
import { isMeasured } from "../../../bench/types.ts";

const points = (pairs: readonly (readonly [number, number])[]): readonly RatePoint[] =>
  pairs.map(([rate, quality]) => ({ rate, quality }));
const change = (...args: Parameters<typeof bdRate>) => {
  const found = bdRate(...args);
  return isMeasured(found) ? found.change : found.notMeasured;
};

test("bdRate() equals the JCT-VC values that Netflix tests against", () => {
  const first = [
    [
      [108048.8736, 43.6471],
      [61279.976, 40.3953],
      [33905.6656, 37.247],
      [18883.6928, 34.2911],
    ],
    [
      [108061.2784, 43.6768],
      [61299.9936, 40.4232],
      [33928.7472, 37.2761],
      [18910.912, 34.3147],
    ],
  ] as const;
  const second = [
    [
      [40433.8848, 37.5761],
      [7622.7456, 35.3756],
      [2394.488, 33.8977],
      [1017.6184, 32.0603],
    ],
    [
      [40370.12, 37.5982],
      [7587.0024, 35.4025],
      [2390.0944, 33.9194],
      [1017.0984, 32.0822],
    ],
  ] as const;
  expect(change(points(first[0]), points(first[1]))).toBeCloseTo(-0.00465215420752807, 8);
  expect(change(points(second[0]), points(second[1]))).toBeCloseTo(-0.018779823450567612, 8);
});

test("bdRate() and bdQuality() equal the bjontegaard package's example by scipy's interpolators", () => {
  const anchor = points([
    [9487.76, 40.037],
    [4593.6, 38.615],
    [2486.44, 36.845],
    [1358.24, 34.851],
  ]);
  const trial = points([
    [9787.8, 40.121],
    [4469, 38.651],
    [2451.52, 36.97],
    [1356.24, 34.987],
  ]);
  expect(change(anchor, trial)).toBeCloseTo(-0.04417485350588979, 12);
  expect(change(anchor, trial, { kind: "akima" })).toBeCloseTo(-0.04425245156997304, 12);
  expect(bdQuality(anchor, trial)).toBeCloseTo(0.11969278542479916, 12);
  expect(bdQuality(anchor, trial, { kind: "akima" })).toBeCloseTo(0.11940927028529923, 12);
});

const curve = points([
  [1000, 70],
  [2000, 82],
  [4000, 91],
  [8000, 96],
]);

test("bdRate() sees ten percent as ten percent, and a point as a point", () => {
  const dearer = curve.map(({ rate, quality }) => ({ rate: rate * 1.1, quality }));
  expect(change(curve, dearer)).toBeCloseTo(0.1, 12);
  expect(change(curve, dearer, { kind: "akima" })).toBeCloseTo(0.1, 12);
  expect(change(curve, curve)).toBe(0);
  expect(
    bdQuality(
      curve,
      curve.map(({ rate, quality }) => ({ rate, quality: quality + 1 })),
    ),
  ).toBeCloseTo(1, 12);
});

test("bdRate() refuses curves that fall, do not meet, or have too few points, and says which", () => {
  const falling = points([
    [1, 3],
    [2, 2],
    [3, 4],
    [4, 5],
  ]);
  expect(change(falling, curve)).toBe("the anchor's curve falls where more rate should buy more quality");
  const above = curve.map(({ rate, quality }) => ({ rate, quality: quality + 100 }));
  expect(change(curve, above)).toBe("the two curves share no range of quality");
  expect(change(curve, curve.slice(1))).toBe("the test's curve has 3 points, and it takes 4");
});

test("bdRate() says how much of the range it speaks for, and stays below the cap", () => {
  const higher = curve.map(({ rate, quality }) => ({ rate, quality: quality + 20 }));
  expect(bdRate(curve, higher)).toMatchObject({ from: 90, to: 96, overlap: 6 / 46 });
  expect(bdRate(curve, curve, { cap: 90 })).toMatchObject({ from: 70, to: 90, overlap: 1 });
});

test("rateAt() reads a curve where it was measured and nowhere else", () => {
  expect(rateAt(curve, 82)).toBeCloseTo(2000, 9);
  expect(rateAt(curve, 97)).toEqual({ notMeasured: "it was measured from 70.0 to 96.0 only" });
});

test("meanChange() averages logs, and dropSaturated() ends a curve at its best point", () => {
  expect(meanChange([1, -0.5])).toBeCloseTo(0, 12);
  const flat = points([
    [1, 90],
    [2, 95],
    [3, 95],
    [4, 94],
  ]);
  expect(dropSaturated(flat)).toEqual(flat.slice(0, 2));
});

test("bdRate() gives the recorded corpus the numbers that its study printed", () => {
  const file = new URL("../samples/curves.jsonl", import.meta.url);
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  const of = (clip: string, encoder: string) =>
    rows
      .filter((row) => row.clip === clip && row.encoder === encoder)
      .map(({ kbps, vmaf }) => ({ rate: kbps, quality: vmaf }));
  const percent = (clip: string, encoder: string) => {
    const found = bdRate(of(clip, "x264-medium"), of(clip, encoder));
    return isMeasured(found) ? Math.round(found.change * 100) : found.notMeasured;
  };
  const encoders = ["x264-ultrafast", "x264-slower", "x265-medium", "svtav1-8"];
  const told = (clip: string) => encoders.map((encoder) => percent(clip, encoder));
  expect({ talk: told("talk"), sport: told("sport"), water: told("water"), bbb: told("bbb") }).toEqual({
    talk: [53, -10, -9, -36],
    sport: [99, -12, -13, -52],
    water: [89, -10, 3, -22],
    bbb: [138, -12, -21, -46],
  });
});

interface Row {
  readonly clip: string;
  readonly encoder: string;
  readonly kbps: number;
  readonly vmaf: number;
}
