import { LineCounter, parseDocument } from "yaml";
import type { ErrorCode, Problem } from "../errors.ts";
import type { Position } from "../types.ts";
import { isTooDeep } from "./depth.ts";
import type { Desk } from "./desk.ts";
import { type Place, toPlain } from "./plain.ts";
import { parentOf, type Pointer } from "./pointer.ts";

/** A file as plain data, and the desk that knows where each value stands and what is wrong with it. */
export interface Read {
  readonly data: unknown;
  readonly desk: Desk;
}

/** What the file is called, and whose mistakes are in it. */
export interface Kind {
  readonly noun: string;
  readonly code: ErrorCode;
}

export const pipelineFile: Kind = { noun: "pipeline", code: "PIPELINE_INVALID" };

const limits = { characters: 2 ** 20, syntaxErrors: 20 } as const;

/** Reads YAML. Where it is broken, only its own errors are reported: what follows from them helps nobody. */
export function readDocument(text: string, { noun, code }: Kind = pipelineFile): Read {
  const problems: Problem[] = [];
  const lines = new LineCounter();
  const places = new Map<Pointer, Place>();

  function position(offset: number): Position {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
  /** The nearest thing around a value that is missing. */
  function place(pointer: Pointer): Place {
    return places.get(pointer) ?? (pointer === "" ? { key: 0, value: 0 } : place(parentOf(pointer)));
  }
  function refuse(offset: number, message: string, hint: string): void {
    problems.push({ code, message, hint, ...position(offset) });
  }
  const desk: Desk = {
    problems,
    code,
    at: (pointer) => position(place(pointer).value),
    keyAt: (pointer) => position(place(pointer).key),
  };

  if (text.length > limits.characters || isTooDeep(text)) {
    const why =
      text.length > limits.characters ? `is longer than ${limits.characters} characters` : "is nested too deeply";
    refuse(0, `The file ${why}, which no ${noun} is`, "check that this is the right file");
    return { data: undefined, desk };
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: "error",
  });
  for (const { code: mistake, message, pos } of document.errors.slice(0, limits.syntaxErrors)) {
    const what = mistake === "MULTIPLE_DOCS" ? "The file holds several documents" : `This is not YAML: ${message}`;
    refuse(
      pos[0],
      what,
      hintsFor(noun)[mistake] ?? "look at the indentation, the quotes, and the space after each colon",
    );
  }
  const data =
    problems.length > 0 ? undefined : toPlain(document, { found: (pointer, at) => places.set(pointer, at), refuse });
  return { data, desk };
}

const hintsFor = (noun: string): Readonly<Record<string, string>> => ({
  TAB_AS_INDENT: "indent with spaces",
  MULTIPLE_DOCS: `keep one ${noun} in a file; take the line with --- out`,
  BAD_INDENT: "close the bracket, or indent the lines inside it",
  MISSING_CHAR: "close the quote or the bracket",
  BAD_SCALAR_START: "put the value in quotes",
  BLOCK_AS_IMPLICIT_KEY: "put a value that has a colon in it in quotes, or start a new line",
});
