/**
 * How good an encode is: always against its source, paired by the number of the frame, by the best metric that this
 * machine has, and with a look at what that metric cannot see.
 *
 * ```ts
 * import { searchQuality } from "./mod.ts";
 *
 * const knob = { least: 10, most: 46, step: 1, higherIsBetter: false };
 * const found = await searchQuality(async (at) => ({ at, score: 105 - at }), knob, { target: 80 });
 * console.assert(found.best?.at === 25 && found.probes.length <= 4);
 * ```
 * @module
 */
export { type Fault, faultsOf } from "./faults.ts";
export { pool, readLevels, readPsnr, readSsim, readVmaf } from "./logs.ts";
export { compareGraph } from "./pairing.ts";
export { findScorer, type Scorer } from "./scorer.ts";
export { score, type ScoreOptions } from "./score.ts";
export { type Found, type Knob, type Probed, searchQuality, type SearchOptions } from "./search.ts";
export { tagChanges } from "./tags.ts";
