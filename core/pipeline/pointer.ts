/** A JSON pointer: where a value stands in the file's data. The empty one is the whole file. */
export type Pointer = string;

export function child(parent: Pointer, key: string | number): Pointer {
  return `${parent}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

export function parentOf(pointer: Pointer): Pointer {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

export function keysOf(pointer: Pointer): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The nearest key: for an item of a list, the list's. */
export function keyOf(pointer: Pointer): string {
  return keysOf(pointer).findLast((key) => !/^\d+$/.test(key)) ?? "the file";
}

/** What a person would call the value. */
export function nameOf(pointer: Pointer): string {
  return /\/\d+$/.test(pointer) ? `an entry of ${keyOf(pointer)}` : keyOf(pointer);
}

/** A value as it is shown in an error: short, on one line. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return "Nothing";
  if (typeof value === "object") return Array.isArray(value) ? "A list" : "A map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value as number | boolean);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
