/**
 * What to measure: for every backend that is ready, the very commands that a pipeline would run. They come from the
 * planner, with one backend in the room; nothing is written by hand for any of them.
 *
 * ```ts
 * import { timed } from "./mod.ts";
 *
 * const args = ["-v", "repeat+level+warning", "-i", "a.mp4", "-filter_complex", "[0:v]null[v0]", "-map", "[v0]", "b.mp4"];
 * const command = { program: "ffmpeg", args, reads: [], writes: ["b.mp4"], files: [], mediaSec: 1, expectSec: 1 } as const;
 * console.assert(timed(command, "decode").args.includes("0:v:0"));
 * console.assert(timed(command, "full").output === "b.mp4");
 * ```
 * @module
 */
export { kbpsFor } from "./bits.ts";
export { redacted, type Timed, timed } from "./cut.ts";
export { type CaseDesk, type EncodeWish, type PlannedEncode, planEncode, type RateWish } from "./wish.ts";
