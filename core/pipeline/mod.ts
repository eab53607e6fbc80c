/**
 * A pipeline file's text into a {@link Pipeline}: checked, units read, defaults filled in, variables replaced. Every
 * mistake is reported at once, each with its line and column. Pure: nothing is opened.
 *
 * ```ts
 * import { parse } from "./mod.ts";
 *
 * const text = `
 * version: 1
 * inputs: { talk: media/talk.mov }
 * stages:
 *   - cut: { keep: "0:10-1:20" }
 *   - export: { output: out/talk.mp4 }
 * `;
 * const { name, stages } = parse(text, { file: "/shows/weekly.yaml" });
 * console.assert(name === "weekly" && stages[1]?.inputs[0]?.name === "cut");
 * ```
 * @module
 */
export type { Form } from "./check.ts";
export { type Cell, type Cells, cellsOf, type Desk, fail, itemsOf, read, textOf } from "./desk.ts";
export { parseMoment, parseRange, parseSeconds } from "./moments.ts";
export { readChecked } from "./other.ts";
export { parse } from "./parse.ts";
export type { ParseOptions } from "./parse.ts";
export { schema } from "./schema.ts";
export { object } from "./schema_parts.ts";
export {
  parseBitrateKbps,
  parseBytes,
  parseChannels,
  parseDecibels,
  parseFps,
  parseLufs,
  parsePeak,
  parseRate,
  parseSampleRate,
  parseSize,
} from "./units.ts";
export { wishes } from "./wishes.ts";
export type { InputWish } from "./wishes.ts";
export { nearest, suggest } from "./words.ts";
