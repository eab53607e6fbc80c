/**
 * The nouns of the bench, readonly JSON like the core's: what was measured, what it is held against, and what was
 * decided. The measuring half writes them, the judging half reads them.
 *
 * ```ts
 * import { isMeasured, type Measured } from "./types.ts";
 *
 * const vmaf: Measured<number> = { notMeasured: "this ffmpeg has no libvmaf" };
 * console.assert(!isMeasured(vmaf));
 * ```
 * @module
 */
export { isMeasured, notMeasured } from "./types/measured.ts";
export { VERDICTS } from "./types/verdict.ts";
export type * from "./types/measured.ts";
export type * from "./types/sample.ts";
export type * from "./types/scores.ts";
export type * from "./types/result.ts";
export type * from "./types/verdict.ts";
export type * from "./types/baseline.ts";
export type * from "./types/gate.ts";
