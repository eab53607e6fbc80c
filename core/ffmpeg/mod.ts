/**
 * The language of ffmpeg, spoken and understood: filters, graphs, commands, progress and failures. Pure.
 *
 * ```ts
 * import { renderChain } from "./mod.ts";
 *
 * const text = renderChain([{ name: "scale", args: { w: 1280, h: 720 }, on: "system" }]);
 * console.assert(text === "scale=w=1280:h=720");
 * ```
 * @module
 */
export { bridge, type BridgeOptions } from "./bridge.ts";
export { classify, isAmbiguous, isDeviceFailure, type Failure } from "./classify.ts";
export { buildCommand, type CommandSpec, type InputSpec, openCommand, type OutputSpec } from "./command.ts";
export { concatEntry, filterValue, inputPath, metadataValue, outputPath } from "./escape.ts";
export { renderChain, renderFilter } from "./filter.ts";
export { noProgress, readProgress } from "./progress.ts";
export { type Chain, renderGraph } from "./graph.ts";
export { inSoftware } from "./software.ts";
