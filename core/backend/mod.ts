/**
 * The contract between core and the backends. A backend is a module whose default export is a function of
 * options that returns a {@link Backend}; types are all it needs from here, so it needs no dependency.
 *
 * ```ts
 * import type { Backend } from "vendue/backend";
 *
 * const nothing: Backend = {
 *   name: "nothing",
 *   api: 1,
 *   probe: async () => ({ state: "absent", reason: "only an example" }),
 *   score: () => ({ kind: "pass", reason: "only an example" }),
 *   buildArgs: () => ({}),
 * };
 * console.assert(nothing.api === 1);
 * ```
 * @module
 */
export { along, comesTo, type Encoded } from "./alike.ts";
export { checkParts, checkProbe, checkScore } from "./answers.ts";
export { backendTroubles, checkBackend, type CheckOptions } from "./check.ts";
export { parseSpecifier, type Specifier, type SpecifierOptions } from "./specifier.ts";
export type {
  Backend,
  BackendFactory,
  Permissions,
  ProbeContext,
  SurfaceInfo,
  ToolAnswer,
  Trial,
  TrialShape,
} from "./backend.ts";
export type {
  ArgParts,
  Bid,
  Codec,
  Color,
  Effort,
  Encode,
  EncodeRate,
  FfmpegBuild,
  Filter,
  Op,
  Pass,
  Platform,
  Probe,
  Rate,
  Rational,
  Surface,
  Task,
  Variant,
  VideoInfo,
} from "../types.ts";
