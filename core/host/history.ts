import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Report } from "../types.ts";
import { readJson } from "./files.ts";

/** The reports of every run that began in a month such as 2026-03, or of all; oldest first. */
export async function readHistory(stateDir: string, month = ""): Promise<readonly Report[]> {
  const folder = join(stateDir, "runs");
  // A run's name begins with its day.
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) =>
    name.startsWith(month.replace("-", "")),
  );
  const reports: Report[] = [];
  for (const name of names.sort()) {
    const report = (await readJson(join(folder, name, "report.json"))) as Report | undefined;
    if (Array.isArray(report?.jobs)) reports.push(report);
  }
  return reports;
}
