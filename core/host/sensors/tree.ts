import { readdir, readFile, realpath } from "node:fs/promises";
import { basename, join } from "node:path";

/** A file of one number, as /sys is made of. */
export async function numberIn(...parts: readonly string[]): Promise<number | undefined> {
  const text = await textIn(...parts);
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

export async function textIn(...parts: readonly string[]): Promise<string | undefined> {
  return readFile(join(...parts), "utf8").then(
    (text) => text.trim(),
    () => undefined,
  );
}

export async function namesIn(...parts: readonly string[]): Promise<readonly string[]> {
  return readdir(join(...parts)).then(
    (names) => names.sort(new Intl.Collator("en", { numeric: true }).compare),
    () => [],
  );
}

/** Where a link leads, by its last name: the bus address of a card. */
export async function leadsTo(...parts: readonly string[]): Promise<string> {
  return realpath(join(...parts)).then(basename, () => "");
}

/** A count that only grows, seen twice: how much it grew, and in how long. */
export function newDelta(nowMs: () => number) {
  const last = new Map<string, { readonly value: number; readonly atMs: number }>();
  return (key: string, value: number | undefined): { readonly grown: number; readonly ms: number } | undefined => {
    if (value === undefined) return undefined;
    const before = last.get(key);
    const atMs = nowMs();
    if (before && atMs <= before.atMs) return undefined;
    last.set(key, { value, atMs });
    return before && { grown: value - before.value, ms: atMs - before.atMs };
  };
}

export type Delta = ReturnType<typeof newDelta>;
