import type { Check } from "../types.ts";
import type { Account } from "./account.ts";
import { footnotes, headline, rowHeads, type Row, rowsOf } from "./rows.ts";

/** Finds the comment of the run before, so that one comment is updated and not a hundred written. */
export const marker = "<!-- bench:report -->";

/** A comment of 65 536 characters is the most that GitHub takes. */
const most = 65_000;

/** For a pull request: the verdict first, what changed below it, everything else folded away. */
export function renderMarkdown({ result, decision, drifts }: Account): string {
  const icon = decision.passed
    ? headline(decision).startsWith("Gate undecided")
      ? ":grey_question:"
      : ":white_check_mark:"
    : ":x:";
  const changed = decision.checks.filter(
    ({ state, reason }) => state === "missed" || state === "warned" || /faster/.test(reason),
  );
  const skipped = decision.checks.filter(({ state }) => state === "inconclusive" || state === "not measured");
  const met = decision.checks.filter(({ state }) => state === "met");
  const rows = rowsOf(result, decision);
  const keys = Object.keys(rowHeads) as (keyof Row)[];
  const drifting = drifts.filter(({ state }) => state === "warning" || state === "drifting");
  const head = [
    marker,
    `### ${icon} ${headline(decision)}`,
    changed.length > 0 ? checkTable(changed) : "Nothing changed that could be seen.",
    ...drifting.map(({ key, state, reason }) => `- **${state}** \`${key.case}\`: ${cell(reason)}`),
    footnotes(result, decision)
      .map((note) => `> ${cell(note)}`)
      .join("\\\n"),
  ];
  const folds = [
    fold(`Skipped (${skipped.length})`, skipped, checkTable),
    fold(`Numbers (${rows.length})`, rows, (some) =>
      table(
        keys.map((key) => rowHeads[key]),
        some.map((row) => keys.map((key) => row[key])),
      ),
    ),
    fold(`Met (${met.length})`, met, checkTable),
  ];
  return (
    folds.reduce(
      (text, part) => {
        const room = most - text.length;
        return `${text}\n\n${part(room)}`.trimEnd();
      },
      head.filter((part) => part !== "").join("\n\n"),
    ) + "\n"
  );
}

/** As many lines as there is room for, and a word on how many more there are. */
function fold<Item>(title: string, items: readonly Item[], render: (items: readonly Item[]) => string) {
  return (room: number): string => {
    if (items.length === 0) return "";
    const whole = (some: readonly Item[]) => {
      const more = some.length < items.length ? `\n\nand ${items.length - some.length} more` : "";
      return `<details><summary>${title}</summary>\n\n${render(some)}${more}\n\n</details>`;
    };
    let count = items.length;
    while (count > 0 && whole(items.slice(0, count)).length > room) count = Math.floor(count / 2);
    return count > 0 ? whole(items.slice(0, count)) : "";
  };
}

function checkTable(checks: readonly Check[]): string {
  return table(
    ["", "what", "budget", "found", "allowed", "why"],
    checks.map(({ state, backend, lane, case: id, budget, found, allowed, reason }) => [
      state,
      `\`${id ?? lane ?? backend}\``,
      budget,
      found,
      allowed,
      reason,
    ]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A text that can neither end a cell nor start a tag. */
function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replaceAll(/\s*\n\s*/g, " ");
}
