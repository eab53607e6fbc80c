/**
 * From samples to verdicts: two stages for what is noisy, a plain comparison for what repeats to the bit, and a
 * smallest effect that is always told. Pure; no clock, no file.
 *
 * ```ts
 * import { decide, rulesFor, weigh } from "./mod.ts";
 *
 * const { cpu } = rulesFor({ sharing: "shared" });
 * const twice = [0.1, 0.11, 0.09, 0.1, 0.12, 0.08, 0.1].flatMap((value) => [value, value + 0.001]);
 * console.assert(decide(weigh(twice.slice(0, 7), cpu), cpu).word === "suspect");
 * console.assert(decide(weigh(twice, cpu), cpu).word === "regression");
 * ```
 * @module
 */
export { compareOutputs, outputsOf, type OutputPair, type Outputs } from "./direct.ts";
export { judge, type RulesOf, wantsMore } from "./judge.ts";
export { type Lane, laneOf, lanesOf } from "./lanes.ts";
export { decide, isOpen, type PairedEvidence, type Said, weigh } from "./pairs.ts";
export { type PairRule, type Rules, rulesFor, type Steps } from "./rules.ts";
export { claim, type Pace, paceOf, referencePairs, speedupOf } from "./speedup.ts";
export { judgeStored, type StoredPair } from "./stored.ts";
export { chance, pace, percent } from "./words.ts";
