import type { HistoryLine } from "../types.ts";
import { keyText } from "./key.ts";

/** Cases whose last three gates could not decide: a gate that never decides guards nothing. */
export function undecided(history: readonly HistoryLine[], runs = 3): readonly string[] {
  const byKey = new Map<string, readonly HistoryLine[]>();
  for (const line of history.toSorted((a, b) => (a.at < b.at ? -1 : 1)))
    byKey.set(keyText(line.key), [...(byKey.get(keyText(line.key)) ?? []), line]);
  return [...byKey.values()].flatMap((lines) => {
    const latest = lines.slice(-runs);
    const isStuck = latest.length === runs && latest.every(({ said }) => said === "inconclusive");
    return isStuck ? [latest[0]?.key.case ?? ""] : [];
  });
}
