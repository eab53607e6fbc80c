import { VendueError } from "../../core/errors.ts";
import {
  type Accepted,
  type Baseline,
  type BaselineEntry,
  type Kept,
  type Key,
  type Measured,
  notMeasured,
} from "../types.ts";
import { isSameKey, keyText } from "./key.ts";

export const emptyBaseline: Baseline = { schema: "vendue-baseline/1", entries: [] };

/** The entry of exactly this key, or which part of the key nobody has accepted yet. */
export function find({ entries }: Baseline, key: Key): Measured<BaselineEntry> {
  const found = entries.find((entry) => isSameKey(entry.key, key));
  if (found !== undefined) return found;
  const ofCase = entries.filter((entry) => entry.key.case === key.case);
  if (ofCase.length === 0)
    return notMeasured(`no baseline has ${key.case}; take one with: vendue bench baseline accept`);
  const parts = [
    ["machine", "another class of machine"],
    ["ffmpeg", "another ffmpeg"],
    ["corpus", "another clip of this name"],
  ] as const;
  // The part that tells the nearest entry apart is the one to name.
  const nearest = ofCase
    .map((entry) => parts.filter(([part]) => entry.key[part] !== key[part]).map(([, words]) => words))
    .toSorted((a, b) => a.length - b.length)[0];
  return notMeasured(`the baseline of ${key.case} was taken with ${nearest?.join(" and ")}`);
}

/** With these numbers in place of what was accepted before under their keys. */
export function accept({ entries, schema }: Baseline, kept: readonly Kept[], accepted: Accepted): Baseline {
  const stay = entries.filter((entry) => !kept.some(({ key }) => isSameKey(key, entry.key)));
  const all = [...stay, ...kept.map((one) => ({ ...one, accepted }))];
  return { schema, entries: all.toSorted((a, b) => (keyText(a.key) < keyText(b.key) ? -1 : 1)) };
}

/** One number a line, so that a diff shows what moved. */
export function formatBaseline(baseline: Baseline): string {
  return `${JSON.stringify(baseline, undefined, 2)}\n`;
}

export function parseBaseline(text: string, file: string): Baseline {
  const data = parseJson(text, file) as Partial<Baseline> | null;
  if (data?.schema !== "vendue-baseline/1" || !Array.isArray(data.entries))
    throw new VendueError("CONFIG_INVALID", `${file} is no baseline: its schema is ${JSON.stringify(data?.schema)}`, {
      hint: "start another one with: vendue bench baseline accept --reason ...",
    });
  return data as Baseline;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new VendueError("CONFIG_INVALID", `${file} is not JSON`, {
      hint: "take it back from version control",
      cause: error,
    });
  }
}
