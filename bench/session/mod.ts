/**
 * What `vendue bench` does, from a wish to a result: the rooms of the bench put to work, one after the other. A result
 * is data; everything that is printed, judged or kept is made from it elsewhere.
 *
 * ```ts
 * import { isDeterministic } from "./mod.ts";
 *
 * console.assert(isDeterministic([]) !== true);
 * ```
 * @module
 */
export { calibrateBench, type CalibrateResult, type CalibrateWish } from "./calibrate.ts";
export { compressedClip, openClips } from "./clips.ts";
export { compareBench, type CompareWish } from "./compare.ts";
export { type BenchDesk, openDesk, type Progress } from "./desk.ts";
export { type Alignment, benchDoctor, type BenchDoctor } from "./doctor.ts";
export { identityOf, type Learned, type Paced, pacesOf } from "./learn.ts";
export { probeEncode } from "./probe.ts";
export { qualityBench, type QualityResult, type QualityWish } from "./quality.ts";
export { type ReadyCase, readyCases } from "./ready.ts";
export { runBench, type RunWish } from "./run.ts";
export { isDeterministic } from "./scoring.ts";
export { searchBench, type SearchResult, type SearchWish } from "./search.ts";
export { sweepBench, type SweepWish } from "./sweep.ts";
