/** Whether two pieces of data hold the same. What is one and the same object is not read. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((one, nth) => alike(one, (b as unknown[])[nth]));
  const [one, other] = [a, b] as readonly Readonly<Record<string, unknown>>[];
  for (const key in one) if (!alike(one[key], other?.[key])) return false;
  for (const key in other) if (one?.[key] === undefined && other[key] !== undefined) return false;
  return true;
}
