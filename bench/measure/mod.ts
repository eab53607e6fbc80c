/**
 * The one room of the bench with doors to the outside: it runs programs through the core's host, and looks at the
 * machine while they run.
 *
 * ```ts
 * import { noiseBetween } from "./mod.ts";
 *
 * const before = { waitedUs: 0, stolen: 0, load: 1 };
 * const { pressure } = noiseBetween(before, { waitedUs: 500_000, stolen: 0, load: 1 }, 1);
 * console.assert(pressure === 0.5);
 * ```
 * @module
 */
export { counters, noiseBetween } from "./machine.ts";
export { emptyFolder, openRig, readText, type Rig, sizeOf } from "./rig.ts";
export { type FfmpegRun, type ProgramRun, runFfmpeg, runProgram, type Seen } from "./sample.ts";
export { checkOut, type Checkout } from "./checkout.ts";
export { addClip, type AddedClip, countPackets, makeClip, openOwnClip, ownClips } from "./clips.ts";
export { commitOf, describeEnvironment } from "./environment.ts";
export { joulesPerMinute, runStreams, type StreamsSeen, type StreamsWish } from "./streams.ts";
export { listSensors, type Sensor } from "./sensors.ts";
