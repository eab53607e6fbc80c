/**
 * What is kept between runs: numbers under a key, a baseline that moves only when somebody says why, and a history in
 * which a slow drift shows. Pure; the files are read and written elsewhere.
 *
 * ```ts
 * import { emptyBaseline, find } from "./mod.ts";
 *
 * const key = { case: "cpu/h264/fast/full/talk@320x180", corpus: "c", ffmpeg: "f", machine: "m" };
 * console.assert("notMeasured" in find(emptyBaseline, key));
 * ```
 * @module
 */
export { accept, emptyBaseline, find, formatBaseline, parseBaseline } from "./book.ts";
export { type Drift, drifts } from "./drift.ts";
export { appendHistory, linesOf, parseHistory } from "./history.ts";
export { keep } from "./keep.ts";
export { caseId, isSameKey, keyOf, keyText } from "./key.ts";
export { ratchet } from "./ratchet.ts";
export { undecided } from "./undecided.ts";
