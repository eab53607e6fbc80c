import type { Amount, Report } from "../types.ts";

export const GROUPS = ["day", "backend", "pipeline"] as const;
export type Group = (typeof GROUPS)[number];

/** One line of the bill. */
export interface BillRow {
  readonly name: string;
  readonly runs: number;
  readonly jobs: number;
  readonly busy_sec: number;
  readonly media_sec: number;
  readonly joules: number;
  /** What is known of it, and how many jobs are not in it because their cost is unknown. */
  readonly cost: number;
  readonly unknown: number;
}

/** Sums runs by day, by backend or by pipeline. Only what ran counts; what was unchanged cost nothing. */
export function bill(reports: readonly Report[], by: Group): readonly BillRow[] {
  const rows = new Map<string, BillRow & { readonly seen: ReadonlySet<string> }>();
  for (const report of reports)
    for (const job of report.jobs) {
      if (job.state === "unchanged" || job.state === "skipped") continue;
      const name = { day: report.started.slice(0, 10), backend: job.backend, pipeline: report.pipeline }[by];
      const row = rows.get(name) ?? { ...emptyRow(name), seen: new Set<string>() };
      const seen = new Set([...row.seen, report.run]);
      const cost: Amount = job.cost ?? { unknown: "" };
      rows.set(name, {
        name,
        seen,
        runs: seen.size,
        jobs: row.jobs + 1,
        busy_sec: row.busy_sec + (job.busy_sec ?? 0),
        media_sec: row.media_sec + (job.kind === "render" && job.state === "done" ? job.media_sec : 0),
        joules: row.joules + (job.joules?.cpu ?? 0) + (job.joules?.gpu ?? 0),
        cost: row.cost + ("amount" in cost ? cost.amount : 0),
        unknown: row.unknown + ("amount" in cost ? 0 : 1),
      });
    }
  return [...rows.values()].map(({ seen: _, ...row }) => row).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function emptyRow(name: string): BillRow {
  return { name, runs: 0, jobs: 0, busy_sec: 0, media_sec: 0, joules: 0, cost: 0, unknown: 0 };
}
