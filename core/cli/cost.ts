import { bill, type BillRow, budgetState, type Group, sayAmount } from "../cost/mod.ts";
import { VendueError } from "../errors.ts";
import { type Host, readHistory } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { budgetExits } from "./exit.ts";
import type { Desk } from "./main.ts";

export interface CostFlags {
  readonly by: Group;
  readonly month?: string;
  readonly budget?: string;
  readonly json?: boolean;
}

/** What the runs of a month came to, and how much of its budget that is; past a threshold the exit code says so. */
export async function showCost({ by, month: asked, budget, json = false }: CostFlags, { output }: Desk): Promise<void> {
  const host = await openHost(process.cwd());
  const month = asked ?? monthOf(host.now());
  if (!/^\d{4}-\d{2}$/.test(month))
    throw new VendueError("USAGE", `--month is ${month}, which is no month`, { hint: "say a month such as 2026-03" });
  const { rows, total, state } = await monthlyBill(host, { by, month, budget: budgetOf(budget, host) });
  const { currency } = host.settings.prices ?? {};
  if (json)
    output.result(
      JSON.stringify({ month, by, currency: currency ?? null, rows, total, budget: state ?? null }, undefined, 1),
    );
  else output.result(rows.length === 0 ? `${month}  nothing has run` : sayBill({ rows, total, by, currency }));
  if (state === undefined) return;
  const percent = `${(state.used_ratio * 100).toFixed(1)} % of the budget of ${sayAmount({ amount: state.budget, ...(currency && { currency }) })} for ${month}`;
  if (state.passed === undefined) {
    if (!json) output.result(`spent ${percent}`);
    return;
  }
  output.note(`warning  spent ${percent}: past ${state.passed} %`);
  process.exitCode = budgetExits[state.passed];
}

/** The bill of one month; `run` tells its metrics the same number. */
export async function monthlyBill(
  host: Host,
  {
    by = "day",
    month = monthOf(host.now()),
    budget = host.settings.budget,
  }: { by?: Group; month?: string; budget?: number | undefined } = {},
) {
  const rows = bill(await readHistory(host.settings.state_dir, month), by);
  const sum = (key: "jobs" | "busy_sec" | "media_sec" | "joules" | "cost" | "unknown") =>
    rows.reduce((all, row) => all + row[key], 0);
  const total: Omit<BillRow, "runs"> = {
    name: "total",
    ...{ jobs: sum("jobs"), busy_sec: sum("busy_sec"), media_sec: sum("media_sec") },
    ...{ joules: sum("joules"), cost: sum("cost"), unknown: sum("unknown") },
  };
  const state = budget === undefined ? undefined : budgetState(total.cost, { month, budget });
  return { rows, total, state };
}

function budgetOf(text: string | undefined, { settings }: Host): number | undefined {
  if (text === undefined) return settings.budget;
  const budget = Number(text);
  if (text === "" || !Number.isFinite(budget) || budget < 0)
    throw new VendueError("USAGE", `--budget is ${text}, which is no amount`, { hint: "say a number such as 50" });
  return budget;
}

function monthOf(now: Date): string {
  return now.toISOString().slice(0, 7);
}

interface Bill {
  readonly rows: readonly BillRow[];
  readonly total: Omit<BillRow, "runs">;
  readonly by: Group;
  readonly currency: string | undefined;
}

function sayBill({ rows, total, by, currency }: Bill): string {
  const cells = ({ name, jobs, busy_sec, media_sec, joules, cost, unknown }: Omit<BillRow, "runs">, runs: string) => [
    ...[name, runs, String(jobs), `${busy_sec.toFixed(1)} s`, `${(media_sec / 60).toFixed(1)} min`],
    joules > 0 ? `${(joules / 3.6e6).toFixed(4)} kWh` : "unknown",
    unknown === jobs ? "unknown" : sayAmount({ amount: cost, ...(currency !== undefined && { currency }) }),
    unknown > 0 ? `${unknown} job${unknown === 1 ? "" : "s"} of unknown cost not counted` : "",
  ];
  return formatGrid([
    [by, "runs", "jobs", "busy", "made", "energy", "cost", ""],
    ...rows.map((row) => cells(row, String(row.runs))),
    cells(total, ""),
  ]);
}
