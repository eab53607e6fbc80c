import type { Check } from "../types.ts";
import type { Account } from "./account.ts";
import { headline } from "./rows.ts";

/** GitHub shows ten of each kind for a step, and drops the rest without a word. */
const most = 10;

/** Workflow commands that become annotations: missed checks as errors, warnings, and one notice with the whole. */
export function renderAnnotations({ decision, drifts }: Account): string {
  const of = (state: Check["state"]) => decision.checks.filter((check) => check.state === state);
  const drifting = drifts.filter(({ state }) => state === "drifting");
  return [
    ...capped("error", of("missed").map(told)),
    ...capped("warning", [
      ...of("warned").map(told),
      ...drifting.map(({ key, reason }) => ({ title: `${key.case} drifts`, text: reason })),
    ]),
    line("notice", { title: "vendue bench", text: headline(decision) }),
  ]
    .map((one) => `${one}\n`)
    .join("");
}

interface Note {
  readonly title: string;
  readonly text: string;
}

function told({ backend, lane, case: id, budget, found, allowed, reason }: Check): Note {
  return { title: `${id ?? lane ?? backend} ${budget}`, text: `${found} (allowed: ${allowed}); ${reason}` };
}

function capped(level: "error" | "warning", notes: readonly Note[]): readonly string[] {
  if (notes.length <= most) return notes.map((note) => line(level, note));
  const rest = { title: "vendue bench", text: `and ${notes.length - most + 1} more; see the summary of this step` };
  return [...notes.slice(0, most - 1), rest].map((note) => line(level, note));
}

function line(level: string, { title, text }: Note): string {
  const data = (value: string) => value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (value: string) => data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return `::${level} title=${property(title)}::${data(text)}`;
}
