import type { Report, RunEvent } from "../../core/types.ts";

/** Events of `--json`. */
export function readEvents(stdout: string): readonly RunEvent[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

export function reportOf(events: readonly RunEvent[]): Report {
  const last = events.at(-1);
  if (last?.type !== "run.ended") throw new Error("the run did not end");
  return last.report;
}

export type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** A metrics file by family name. */
export function readMetrics(text: string): ReadonlyMap<string, readonly Sample[]> {
  const found = new Map<string, Sample[]>();
  for (const line of text.split("\n")) {
    const [, name = "", labels = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === "") continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = "", one = ""]) => [key, one]);
    found.set(name, [
      ...(found.get(name) ?? []),
      { labels: Object.fromEntries(pairs) as Sample["labels"], value: Number(value) },
    ]);
  }
  return found;
}

/** The sum of a family over the series with these labels. */
export function sumOf(
  metrics: ReturnType<typeof readMetrics>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const fits = ({ labels: own }: Sample) => Object.entries(labels).every(([key, value]) => own[key] === value);
  return (metrics.get(name) ?? []).filter(fits).reduce((sum, { value }) => sum + value, 0);
}

/** The big figures of a report page, by what they say. */
export function readFigures(page: string): Readonly<Record<string, string>> {
  const found = [...page.matchAll(/<li>\s*<b>([^<]*)<\/b>\s*<span class="soft">([^<]*)<\/span>/g)];
  return Object.fromEntries(found.map(([, value = "", what = ""]) => [what, value]));
}
