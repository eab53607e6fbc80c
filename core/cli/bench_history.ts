import { VendueError } from "../errors.ts";
import { writeWhole } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { readBaseline, readHistory, readResult } from "./bench_files.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

export interface HistoryFlags {
  readonly baseline?: string;
  readonly history?: string;
  readonly json?: boolean;
}

/** `check` looks for drift that no single comparison sees; `add` writes a run at the end. */
export async function benchHistory(
  action: string,
  given: string | undefined,
  flags: HistoryFlags,
  desk: Desk,
): Promise<void> {
  if (action === "check" && given === undefined) return check(flags, desk);
  if (action === "add") return addRun(given, flags, desk);
  throw new VendueError("USAGE", `vendue bench history ${[action, given].join(" ").trim()} is not a command`, {
    hint: "vendue bench history check, or vendue bench history add [RESULT]",
  });
}

async function addRun(given: string | undefined, flags: HistoryFlags, { output }: Desk): Promise<void> {
  const { appendHistory, linesOf } = await import("../../bench/baseline/mod.ts");
  const result = await readResult(given, await openHost(process.cwd()));
  const { file, text } = await readHistory(flags.history);
  const next = appendHistory(text, linesOf(result), file);
  await writeWhole(file, next);
  const added = next.split("\n").length - text.split("\n").length;
  output.result(
    added > 0 ? `${added} cases of ${result.run.id} added to ${file}` : `${file} has ${result.run.id} already`,
  );
}

async function check({ json = false, ...flags }: HistoryFlags, { output }: Desk): Promise<void> {
  const { drifts, undecided } = await import("../../bench/baseline/mod.ts");
  const { file, lines } = await readHistory(flags.history);
  if (lines.length === 0)
    throw new VendueError("USAGE", `${file} has no runs yet`, { hint: "add one: vendue bench history add" });
  const found = drifts(lines, (await readBaseline(flags.baseline)).baseline);
  const stuck = undecided(lines);
  if (json) output.result(JSON.stringify({ drifts: found, undecided: stuck }));
  else
    output.result(
      formatGrid([
        ...found.map(({ state, key, runs, reason }) => [state, key.case, `${runs} runs`, reason]),
        ...stuck.map((name) => [
          "warning",
          name,
          "3 runs",
          "its gate could not decide three times in a row: it guards nothing",
        ]),
      ]),
    );
  if (found.some(({ state }) => state === "drifting")) process.exitCode = exits.gate;
}
