import { type Cell, type Cells, cellsOf, fail, itemsOf, readChecked, textOf } from "../../core/pipeline/mod.ts";
import type { Position } from "../../core/types.ts";
import type { Case } from "../types.ts";
import { budgetForm, budgetForms, type BudgetName } from "./form.ts";

/** One number that has to hold, and where it was asked for. */
export interface Budget {
  readonly name: BudgetName;
  /** Percentages as shares, times in seconds, all else as written. */
  readonly limit: number;
  readonly written: string;
  readonly about: About;
  /** Whether what nobody could measure fails as well. */
  readonly required: boolean;
  readonly at?: Position;
}

/** An empty list stands for all of them. */
export interface About {
  readonly backends: readonly string[];
  readonly codecs: readonly string[];
  readonly clips: readonly string[];
}

/** Reads a budget file. Throws every mistake at once, each with its line and column. */
export function parseBudgets(text: string, file: string): readonly Budget[] {
  const { top, desk, finish } = readChecked(text, {
    file,
    kind: { noun: "budget file", code: "CONFIG_INVALID" },
    form: budgetForm(),
    hint: "start with version: 1, then a list below budgets:",
  });
  finish();
  const budgets = itemsOf(top.get("budgets")).flatMap((item) => {
    const cells = cellsOf(item);
    const own = Object.keys(budgetForms).flatMap((name) => {
      const cell = cells.get(name);
      return cell === undefined ? [] : [readOne(name as BudgetName, cell, { cells, at: desk.at(cell.at) })];
    });
    if (own.length === 0)
      fail(desk, item.at, {
        message: "The budget asks for nothing",
        hint: `add one of: ${Object.keys(budgetForms).join(", ")}`,
      });
    return own;
  });
  finish();
  return budgets;
}

function readOne(
  name: BudgetName,
  cell: Cell,
  { cells, at }: { readonly cells: Cells; readonly at: Position },
): Budget {
  const written = textOf(cell);
  const [, digits = ""] = new RegExp(budgetForms[name].pattern).exec(written) ?? [];
  const unit = written.includes("%") ? 0.01 : written.endsWith("ms") ? 0.001 : 1;
  const about = cellsOf(cells.get("for"));
  const list = (key: string) => itemsOf(about.get(key)).map(textOf);
  return {
    name,
    // 5 % is 0.05 and not 0.05000000000000001.
    limit: Number((Number(digits) * unit).toPrecision(12)),
    written,
    about: { backends: list("backend"), codecs: list("codec"), clips: list("clip") },
    required: cells.get("required")?.value === true,
    at,
  };
}

export function isAbout({ backends, codecs, clips }: About, one: Pick<Case, "backend" | "codec" | "clip">): boolean {
  const has = (list: readonly string[], word: string) => list.length === 0 || list.includes(word);
  return has(backends, one.backend) && has(codecs, one.codec) && has(clips, one.clip);
}

/** What holds for everyone without a budget of their own: the measured defaults. */
export const defaultBudgets: readonly Budget[] = (
  [
    ["vmaf_within", 2, "2"],
    ["p5_within", 5, "5"],
    ["chroma_within", 1, "1 dB"],
    ["luma_within", 1, "1 dB"],
    ["shift_within", 1, "1"],
    ["collapsed_at_most", 0, "0"],
  ] as const
).map(([name, limit, written]) => ({
  name,
  limit,
  written,
  about: { backends: [], codecs: [], clips: [] },
  required: false,
}));
