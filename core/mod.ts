/**
 * Vendue: every video encoder on this machine bids for every stage of a pipeline; the one that really works, and
 * works best, wins; and the bill says who ran what, and why.
 *
 * ```ts
 * import { load, plan, run, survey } from "vendue";
 *
 * async function render(file: string) {
 *   const { pipeline, backends, media } = await load(file);
 *   const chosen = plan(pipeline, media, await survey(backends));
 *   const work = run(chosen, { signal: AbortSignal.timeout(600_000) });
 *   for await (const event of work) console.log(event.type);
 *   return (await work.report).state;
 * }
 * console.assert(typeof render === "function");
 * ```
 * @module
 */
export {
  ERROR_CODES,
  type ErrorCode,
  isVendueError,
  PipelineError,
  type Problem,
  type Retry,
  VendueError,
} from "./errors.ts";
export { load, type Loaded, type LoadOptions, type LoadedBackends, openHost } from "./load.ts";
export { plan, run, survey, type SurveyWithBackends } from "./engine.ts";
export type { Run } from "./run/mod.ts";
export type * from "./types.ts";
