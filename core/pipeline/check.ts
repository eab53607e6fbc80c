import { type Desk, fail } from "./desk.ts";
import { child, isMap, keysOf, nameOf, type Pointer, show } from "./pointer.ts";
import { keysKnown, schemaAt, type SchemaNode, takes } from "./schema_at.ts";
import type { SchemaError } from "./validate.js";
import { suggest } from "./words.ts";

/** What a file is held against: the schema that errors are worded from, and ajv's function of it. */
export interface Form {
  readonly schema: SchemaNode;
  readonly validate: { (data: unknown): boolean; readonly errors?: readonly SchemaError[] | null };
}

/**
 * Holds data against a schema: one problem for each mistake. Returns the data without what was refused, so that the
 * rest can still be read, and its own mistakes found.
 */
export function check(desk: Desk, data: unknown, { schema, validate }: Form): unknown {
  if (validate(data)) return data;
  const refused = new Set<Pointer>();
  for (const error of validate.errors ?? []) {
    const { instancePath: at, keyword, params } = error;
    const value = valueAt(data, at);
    if (value === undefined || isNoise(error)) continue;
    if (keyword === "additionalProperties" || keyword === "propertyNames") {
      const key = params.additionalProperty ?? params.propertyName ?? "";
      refused.add(child(at, key));
      refuseKey(desk, child(at, key), { keyword, key, at, node: schemaAt(schema, at) });
    } else if (keyword === "required") {
      const key = params.missingProperty ?? "";
      if (isMap(value) && Object.hasOwn(value, key)) continue;
      fail(desk, at, {
        message: `${key} is missing in ${nameOf(at)}`,
        hint: hintOf(schemaAt(schema, child(at, key)), key),
      });
    } else if (keyword === "oneOf") {
      if (isMap(value)) refuseKinds(desk, value, { at, node: schemaAt(schema, at) });
    } else if (!refused.has(at) && !isBranchNoise(value, schemaAt(schema, at))) {
      refused.add(at);
      refuseValue(desk, value, { at, node: schemaAt(schema, at) });
    }
  }
  return without(data, refused, "");
}

/** The reader says these better, or another error says them already. */
function isNoise({ keyword, schemaPath, propertyName }: SchemaError): boolean {
  return keyword === "not" || propertyName !== undefined || (keyword === "required" && schemaPath.includes("/oneOf/"));
}

/** Where a word, a list or a map may stand, what is wrong inside the list or map is said there. */
function isBranchNoise(value: unknown, node: SchemaNode | undefined): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0 && takes(node, value);
}

/** A place in the file, and what the schema says of it. */
interface Spot {
  readonly at: Pointer;
  readonly node: SchemaNode | undefined;
}

function refuseKey(
  desk: Desk,
  at: Pointer,
  { keyword, key, at: parent, node }: Spot & { readonly keyword: string; readonly key: string },
): void {
  const place = nameOf(parent);
  if (keyword === "propertyNames")
    return fail(desk, at, {
      message: `${JSON.stringify(key)} cannot name anything in ${place}`,
      hint: node?.propertyNames?.errorMessage ?? "choose another name",
      key: true,
    });
  const hint = suggest(key, keysKnown(node), "known here");
  fail(desk, at, { message: `Unknown key ${JSON.stringify(key)} in ${place}`, hint, key: true });
}

function refuseValue(desk: Desk, value: unknown, { at, node }: Spot): void {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  const message = isEmpty ? `${nameOf(at)} is empty` : `${show(value)} is no value for ${nameOf(at)}`;
  fail(desk, at, { message, hint: hintOf(node, nameOf(at), value) });
}

/** Exactly one kind; a key that is unknown was probably meant to be it. */
function refuseKinds(desk: Desk, value: Readonly<Record<string, unknown>>, { at, node }: Spot): void {
  const known = keysKnown(node);
  const kinds = known.filter((key) => key !== "id");
  const [first, second] = Object.keys(value).filter((key) => kinds.includes(key));
  if (second !== undefined)
    fail(desk, child(at, second), {
      message: `The stage is both ${first} and ${second}`,
      hint: "make two stages of it",
      key: true,
    });
  else if (Object.keys(value).every((key) => known.includes(key) || key.startsWith("x-")))
    fail(desk, at, { message: `The stage ${show(value.id)} has no kind`, hint: node?.errorMessage ?? "" });
}

function hintOf(node: SchemaNode | undefined, key: string, value?: unknown): string {
  const words = node?.enum?.map(String) ?? node?.anyOf?.flatMap((one) => one.enum?.map(String) ?? []) ?? [];
  const near = typeof value === "string" && words.length > 0 ? suggest(value, words, "one of") : undefined;
  if (near?.startsWith("did")) return near;
  return node?.errorMessage ?? near ?? (words.length > 0 ? `one of: ${words.join(", ")}` : `write a value for ${key}`);
}

function valueAt(data: unknown, at: Pointer): unknown {
  let value = data;
  for (const key of keysOf(at)) value = (value as Readonly<Record<string, unknown>>)[key];
  return value;
}

function without(value: unknown, refused: ReadonlySet<Pointer>, at: Pointer): unknown {
  if (refused.has(at)) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown, nth) => without(item, refused, child(at, nth)));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, without(inner, refused, child(at, key))]),
  );
}
