/**
 * What is encoded to measure with: eight classes of generated picture, the same to the bit on every machine, and the
 * user's own clips. Pure: it says what to make and how, and the measuring room makes it.
 *
 * ```ts
 * import { publishedHash, recipe } from "./mod.ts";
 *
 * console.assert(publishedHash(recipe("talk"))?.length === 16);
 * console.assert(publishedHash(recipe("talk", { frames: 60 })) === undefined);
 * ```
 * @module
 */
export { CLASSES, type ClipClass } from "./classes.ts";
export { type Cut, type OwnClip, ownClipArgs, warningsOf } from "./own.ts";
export {
  colorOf,
  corpusVersion,
  frameSums,
  isClass,
  published,
  publishedHash,
  type Recipe,
  recipe,
  recipeArgs,
} from "./recipe.ts";
export { type EncodedClip, encodedClip, type SourceClip, sourceClip } from "./source.ts";
