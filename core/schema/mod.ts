/**
 * The formats that others build on, as JSON Schema: pipelines, the events of a run, and its report. Each is described
 * key by key under the eyes of the compiler, so that a type cannot change without its schema.
 *
 * ```ts
 * import { schemas } from "./mod.ts";
 *
 * console.assert(schemas.report["title"] === "Vendue run report");
 * ```
 * @module
 */
export { strict } from "./parts.ts";
export { schemas, type SchemaName } from "./published.ts";
