import { expect, test } from "vitest";
import {
  accept,
  appendHistory,
  caseId,
  emptyBaseline,
  find,
  formatBaseline,
  keep,
  keyOf,
  linesOf,
  parseBaseline,
  parseHistory,
  ratchet,
  undecided,
} from "../../../bench/baseline/mod.ts";
import { type BenchResult, type HistoryLine, isMeasured, type Kept } from "../../../bench/types.ts";
import { judge, judgeStored, rulesFor } from "../../../bench/verdict/mod.ts";
import { makeCase, makeResult, makeScores } from "../results.ts";

const accepted = { at: "2026-01-01T00:00:00.000Z", reason: "the first one", run: "r0", commit: "abc" };
const one = makeCase({ sides: ["candidate"] });

function kept(result: BenchResult, nth = 0): Kept {
  const [found] = result.cases.slice(nth).map((own) => keep(result, own));
  if (found === undefined || !isMeasured(found)) throw new Error("nothing was kept");
  return found;
}

test("caseId() names everything that makes it another measurement", () => {
  expect(caseId({ ...one, device: "0" })).toBe("cpu:0/h264/balanced/full/talk@320x180");
});

test("keyOf() makes no key of a clip without a hash", () => {
  expect(keyOf(makeResult(), one)).toEqual({ case: one.id, corpus: "h-talk", ffmpeg: "f-1", machine: "m-1" });
  expect(keyOf(makeResult({ corpus: { version: 1, hashes: {} } }), one)).toEqual({
    notMeasured: "the clip talk has no hash",
  });
});

test("keep() divides CPU time by the calibration's of the same round", () => {
  const { relativeCpu, cpuSec, wallSec, vmaf, bytes } = kept(makeResult({ cases: [one] }));
  if (!isMeasured(relativeCpu) || !isMeasured(cpuSec)) return expect.unreachable();
  expect(relativeCpu.p50).toBeCloseTo(2, 1);
  expect(cpuSec).toMatchObject({ n: 7, p95: { notMeasured: "it takes 20 values, and there are 7" } });
  expect(wallSec.min).toBeLessThanOrEqual(wallSec.p50);
  expect([vmaf, bytes]).toEqual([90, 100_000]);
});

test("keep() without a calibration keeps the rest, and says what is missing", () => {
  const result = makeResult({ cases: [one], calibration: { notMeasured: "no calibration encode ran" } });
  expect(kept(result).relativeCpu).toEqual({ notMeasured: "no calibration encode ran" });
});

test("accept() replaces what stood under the same key, in the order of the keys, and survives its file", () => {
  const result = makeResult({ cases: [one, makeCase({ sides: ["candidate"], clip: "dark" })] });
  const first = accept(emptyBaseline, [kept(result, 0), kept(result, 1)], accepted);
  expect(first.entries.map(({ key }) => key.corpus)).toEqual(["h-dark", "h-talk"]);
  const second = accept(first, [{ ...kept(result), bytes: 7 }], { ...accepted, reason: "smaller files" });
  expect(second.entries.map(({ bytes, accepted: why }) => [bytes, why.reason])).toEqual([
    [100_000, "the first one"],
    [7, "smaller files"],
  ]);
  expect(parseBaseline(formatBaseline(second), "b.json")).toEqual(second);
  expect(() => parseBaseline("{}", "b.json")).toThrow("b.json is no baseline");
  expect(() => parseBaseline("{", "b.json")).toThrow("b.json is not JSON");
});

test("find() takes no other machine's, ffmpeg's or clip's numbers, and names what differs", () => {
  const result = makeResult({ cases: [one] });
  const book = accept(emptyBaseline, [kept(result)], accepted);
  const { key } = kept(result);
  expect(find(book, key)).toMatchObject({ accepted });
  expect(find(book, { ...key, machine: "m-2" })).toEqual({
    notMeasured: `the baseline of ${one.id} was taken with another class of machine`,
  });
  expect(find(book, { ...key, ffmpeg: "f", corpus: "c" })).toMatchObject({
    notMeasured: expect.stringContaining("another ffmpeg and another clip of this name") as string,
  });
  expect(find(book, { ...key, case: "x" })).toMatchObject({
    notMeasured: expect.stringContaining("bench baseline accept") as string,
  });
});

test("judgeStored() holds a run against an accepted one: 12 % warns, 20 % fails, no baseline says nothing", () => {
  const rules = rulesFor({ sharing: "shared" });
  const before = kept(makeResult({ cases: [one] }));
  const said = (ratio: number, more = {}) => {
    const own = makeCase({ sides: ["candidate"], ratio, ...more });
    const verdicts = judgeStored(own, { before, now: kept(makeResult({ cases: [own] })), rules });
    return Object.fromEntries(verdicts.map(({ metric, word }) => [metric, word]));
  };
  expect(said(1)).toMatchObject({ cpuSec: "same", bytes: "same", vmaf: "same" });
  expect([said(1.12), said(1.2), said(0.8)].map(({ cpuSec }) => cpuSec)).toEqual([
    "suspect",
    "regression",
    "improvement",
  ]);
  expect(said(1, { scores: makeScores({ mean: 87 }) })).toMatchObject({ cpuSec: "same", vmaf: "regression" });
  const nothing = judgeStored(one, { before: { notMeasured: "no baseline has it" }, now: before, rules });
  expect(nothing).toMatchObject([{ word: "inconclusive", reason: "no baseline has it", evidence: { kind: "none" } }]);
});

test("appendHistory() writes a run once, and parseHistory() says which line is broken", () => {
  const result = makeResult({ cases: [makeCase({ ratio: 1.2, rounds: 14 })] });
  const text = appendHistory("", linesOf(result, judge(result)), "h.jsonl");
  expect(parseHistory(text, "h.jsonl")).toMatchObject([{ run: "r1", commit: "c0ffee1", said: "regression" }]);
  expect(appendHistory(text, linesOf(result), "h.jsonl")).toBe(text);
  const other = linesOf({ ...result, run: { ...result.run, id: "r2" } });
  expect(appendHistory(text.trimEnd(), other, "h.jsonl").split("\n")).toHaveLength(3);
  expect(() => parseHistory(`${text}{"at":`, "h.jsonl")).toThrow("h.jsonl:2 is not JSON");
});

/** A history of one case: these values, one a day. */
function historyOf(values: readonly number[], from = 1): readonly HistoryLine[] {
  const result = makeResult({ cases: [one] });
  return values.flatMap((value, nth) => {
    const line = linesOf(result)[0];
    if (line === undefined || !isMeasured(line.relativeCpu)) return [];
    const at = new Date(Date.UTC(2026, 1, from + nth)).toISOString();
    const run = `r${from + nth}`;
    return [{ ...line, at, run, commit: `c${from + nth}`, relativeCpu: { ...line.relativeCpu, p50: value } }];
  });
}

test("ratchet() lowers a baseline after ten faster runs, and never raises one", () => {
  const [first] = historyOf([2]);
  if (first === undefined) return expect.unreachable();
  const book = accept(emptyBaseline, [first], accepted);
  const moved = (values: readonly number[]) => ratchet(book, historyOf(values), { at: "2026-03-01T00:00:00.000Z" });
  const faster = moved([1.9, 1.88, 1.9, 1.91, 1.9, 1.89, 1.9, 1.92, 1.9, 1.9]);
  expect(faster.moved).toHaveLength(1);
  expect(faster.baseline.entries[0]).toMatchObject({
    relativeCpu: { p50: 1.9 },
    accepted: { reason: "ratchet: 10 runs in a row were at least 3 % faster" },
  });
  expect(moved([1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9]).moved).toEqual([]);
  expect(moved([1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.9, 1.97]).moved).toEqual([]);
  expect(moved(Array.from({ length: 10 }, () => 2.5)).baseline).toEqual(book);
});

test("undecided() names cases whose last three gates could not decide", () => {
  const say = (words: readonly HistoryLine["said"][]) =>
    undecided(historyOf(words.map(() => 2)).map((line, nth) => ({ ...line, said: words[nth] ?? "same" })));
  expect(say(["same", "inconclusive", "inconclusive", "inconclusive"])).toEqual([one.id]);
  expect(say(["inconclusive", "inconclusive", "same"])).toEqual([]);
  expect(say(["inconclusive", "inconclusive"])).toEqual([]);
});
