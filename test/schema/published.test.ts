import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { schemas } from "../../core/schema/mod.ts";

type Json = Readonly<Record<string, unknown>>;
const names = ["events", "report"] as const;

test.each(names)("the schema of %s is valid draft-07", (name) => {
  const ajv = new Ajv({ strict: true, discriminator: true, strictRequired: false });
  expect(ajv.validateSchema(schemas[name])).toBe(true);
  expect(() => ajv.compile(schemas[name])).not.toThrow();
});

test.each(names)("the schema of %s describes every key", (name) => {
  const bare: string[] = [];
  walk(schemas[name], "", (node, path) => {
    for (const [key, one] of Object.entries(properties(node)))
      if (typeof one["description"] !== "string" || one["description"] === "") bare.push(`${path}.${key}`);
  });
  expect(bare).toEqual([]);
});

/** What readers were promised. When a format has grown, copy its schema here; nothing in it may ever go. */
const promised = (name: (typeof names)[number]) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "published", `${name}.json`), "utf8")) as Json;

describe("a format is additive only", () => {
  test.each(names)("every key of the published %s is still there, as it was", (name) => {
    expect(losses(promised(name), schemas[name])).toEqual([]);
  });

  test("a key that is gone, may be absent now, or means something else is told", () => {
    const before = promised("report");
    const broken = structuredClone(before) as { properties: Record<string, Json>; required: string[] };
    delete broken.properties["run"];
    broken.properties["wall_sec"] = { type: "string" };
    broken.properties["state"] = { enum: ["done"] };
    broken.required = broken.required.filter((key) => key !== "pipeline");
    expect(losses(before, broken)).toEqual(
      [
        "report.run is gone",
        "report.pipeline may be absent now",
        "report.state: partial is no word now",
        "report.state: failed is no word now",
        "report.state: cancelled is no word now",
        "report.wall_sec was number and is string",
      ].sort(),
    );
  });
});

/** Everything a reader of the old format could rely on and no longer can. */
function losses(before: unknown, now: unknown, path = "report"): readonly string[] {
  const [old, own] = [asMap(before), asMap(now)];
  const found: string[] = [];
  if (old["type"] !== own["type"]) found.push(`${path} was ${String(old["type"])} and is ${String(own["type"])}`);
  for (const one of asList(old["enum"]))
    if (!asList(own["enum"]).includes(one)) found.push(`${path}: ${String(one)} is no word now`);
  for (const [key, inner] of Object.entries(properties(old))) {
    const other = properties(own)[key];
    if (other === undefined) found.push(`${path}.${key} is gone`);
    else found.push(...losses(inner, other, `${path}.${key}`));
    if (other && asList(old["required"]).includes(key) && !asList(own["required"]).includes(key))
      found.push(`${path}.${key} may be absent now`);
  }
  if (old["items"] !== undefined) found.push(...losses(old["items"], own["items"], `${path}[]`));
  const kinds = asList(own["oneOf"]).map(asMap);
  for (const kind of asList(old["oneOf"]).map(asMap)) {
    const word = wordOf(kind);
    if (word === undefined) continue;
    const other = kinds.find((one) => wordOf(one) === word);
    if (other === undefined) found.push(`${path} ${word} is gone`);
    else found.push(...losses(kind, other, `${path} ${word}`));
  }
  return found.sort();
}

/** The word a kind is told by. */
function wordOf(kind: Json): string | undefined {
  const { type, kind: own } = properties(kind);
  const [word] = asList((type ?? own)?.["enum"]);
  return typeof word === "string" ? word : undefined;
}

function walk(node: unknown, path: string, see: (node: Json, path: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  see(asMap(node), path);
  for (const [key, inner] of Object.entries(node)) walk(inner, `${path}/${key}`, see);
}

function properties(node: Json): Readonly<Record<string, Json>> {
  return asMap(node["properties"]) as Readonly<Record<string, Json>>;
}

function asMap(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
