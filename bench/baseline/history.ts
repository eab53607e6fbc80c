import { VendueError } from "../../core/errors.ts";
import { type BenchResult, type HistoryLine, isMeasured, notMeasured, type Verdict } from "../types.ts";
import { keep } from "./keep.ts";
import { isSameKey } from "./key.ts";

/** A run as lines of history, one for each case that has numbers; `verdicts` are what its gate said. */
export function linesOf(result: BenchResult, verdicts: readonly Verdict[] = []): readonly HistoryLine[] {
  return result.cases.flatMap((one) => {
    const kept = keep(result, one);
    if (!isMeasured(kept)) return [];
    const told = verdicts.filter(({ backend, metric }) => backend === one.backend && metric === "cpuSec");
    const own =
      told.find((verdict) => verdict.case === one.id) ?? told.find(({ lane }) => one.id.startsWith(`${lane}/`));
    const { startedAt, id, commit } = result.run;
    return [{ at: startedAt, run: id, commit, said: own?.word ?? notMeasured("no gate looked at it"), ...kept }];
  });
}

/** The file with these lines at its end. A run that is in it already is not written twice. */
export function appendHistory(text: string, lines: readonly HistoryLine[], file: string): string {
  const known = parseHistory(text, file);
  const fresh = lines.filter((line) => !known.some(({ run, key }) => run === line.run && isSameKey(key, line.key)));
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return start + fresh.map((line) => `${JSON.stringify(line)}\n`).join("");
}

export function parseHistory(text: string, file: string): readonly HistoryLine[] {
  return text.split("\n").flatMap((line, nth) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as HistoryLine];
    } catch (error) {
      throw new VendueError("CONFIG_INVALID", `${file}:${nth + 1} is not JSON`, {
        hint: "take that line out; a run that was cut short while writing leaves half of one",
        cause: error,
      });
    }
  });
}
