import { formatGrid } from "../../core/plan/mod.ts";
import type { Account } from "./account.ts";
import { footnotes, headline, rowHeads, type Row, rowsOf } from "./rows.ts";

/** The account for a terminal: numbers, then what needs attention, then how to read it, and the verdict last. */
export function renderText({ result, decision, drifts }: Account): string {
  const rows = rowsOf(result, decision);
  const columns = (Object.keys(rowHeads) as (keyof Row)[]).filter((key) => rows.some((row) => row[key] !== "-"));
  const open = decision.checks.filter(({ state }) => state !== "met");
  const parts = [
    rows.length > 0 &&
      formatGrid([columns.map((key) => rowHeads[key]), ...rows.map((row) => columns.map((key) => row[key]))]),
    open.length > 0 &&
      formatGrid(
        open.map(({ state, backend, case: id, lane, budget, found, allowed, reason }) => [
          state,
          id ?? lane ?? backend,
          budget,
          found,
          allowed === "-" ? "" : `(${allowed})`,
          reason,
        ]),
      ),
    drifts
      .filter(({ state }) => state === "warning" || state === "drifting")
      .map(({ key, state, reason }) => `${state}  ${key.case}  ${reason}`)
      .join("\n"),
    footnotes(result, decision).join("\n"),
    headline(decision),
  ];
  return parts.filter((part) => part !== false && part !== "").join("\n\n");
}
