/**
 * The command line: arguments in, the public calls of the library, words and exit codes out.
 *
 * ```ts
 * import { exitCodeOf } from "./mod.ts";
 *
 * console.assert(exitCodeOf("NO_BID") === 4);
 * ```
 * @module
 */
export { exitCodeOf } from "./exit.ts";
export { main } from "./main.ts";
