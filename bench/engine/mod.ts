/**
 * The engine against scripts written by hand: whole jobs, side by side, in turns. What a script does not do (checking
 * its output, keeping it whole, remembering it) is part of the engine's time.
 *
 * ```ts
 * import { verdicts } from "./mod.ts";
 *
 * const [one] = verdicts([{ name: "demo / staged, CPU", values: [3.9, 4.2, 3.4] }], { "demo / staged, CPU": { atLeast: 3.5 } });
 * console.assert(one?.word === "unsure");
 * ```
 * @module
 */
export { type Budget, type Figure, type Judged, verdicts } from "./figures.ts";
export { type Claim, type Kept, prove } from "./proof.ts";
export { runScenarios, scenarioNames } from "./scenarios.ts";
export { openStudio } from "./studio.ts";
