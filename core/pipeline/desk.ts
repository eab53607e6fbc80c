import type { ErrorCode, Problem } from "../errors.ts";
import { isVendueError } from "../errors.ts";
import type { Position } from "../types.ts";
import { child, isMap, keyOf, type Pointer } from "./pointer.ts";
import type { Written } from "./written.ts";

/** Where everything stands, and everything that is wrong so far. */
export interface Desk {
  readonly at: (pointer: Pointer) => Position;
  readonly keyAt: (pointer: Pointer) => Position;
  readonly problems: Problem[];
  /** Whose mistakes these are: a pipeline's author's, or a budget's. */
  readonly code: ErrorCode;
}

/** A value with the place it came from. Undefined where it was refused already: it stands there, and is not looked at. */
export interface Cell {
  readonly value: unknown;
  readonly at: Pointer;
}

export type Cells = ReadonlyMap<string, Cell>;

/** A map's entries; none where the map was left out or refused. */
export function cellsOf(cell: Cell | undefined): Cells {
  if (cell === undefined || !isMap(cell.value)) return new Map();
  return new Map(Object.entries(cell.value).map(([key, value]) => [key, { value, at: child(cell.at, key) }]));
}

/** A list's items; a single value counts as a list of one. */
export function itemsOf(cell: Cell | undefined): readonly Cell[] {
  if (cell?.value === undefined) return [];
  return Array.isArray(cell.value)
    ? cell.value.map((value: unknown, nth) => ({ value, at: child(cell.at, nth) }))
    : [cell];
}

/** Notes a problem at a value, or (with `key`) at the key before it. */
export function fail(
  desk: Desk,
  at: Pointer,
  problem: { readonly message: string; readonly hint?: string; readonly key?: boolean },
): void {
  const { message, hint } = problem;
  const position = problem.key === true ? desk.keyAt(at) : desk.at(at);
  desk.problems.push({ code: desk.code, message, ...(hint !== undefined && { hint }), ...position });
}

/** Reads a unit; a value that it refuses becomes a problem, and is left out. */
export function read<Value>(desk: Desk, cell: Cell | undefined, parse: (value: Written) => Value): Value | undefined {
  if (cell?.value === undefined) return undefined;
  try {
    return parse(cell.value as Written);
  } catch (error) {
    if (!isVendueError(error)) throw error;
    const { message, hint } = error;
    fail(desk, cell.at, { message: `${keyOf(cell.at)}: ${message}`, ...(hint !== undefined && { hint }) });
    return undefined;
  }
}

/** A value as it was written, where the schema has made sure of text or a number. */
export function textOf(cell: Cell | undefined): string {
  const value = cell?.value;
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A value that the schema has checked already: one of a list of words, or a flag. */
export function word<Value extends string | boolean>(cell: Cell | undefined): Value | undefined {
  return cell?.value as Value | undefined;
}
