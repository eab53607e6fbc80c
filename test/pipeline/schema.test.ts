import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { schema } from "../../core/pipeline/mod.ts";
import { schemaFiles } from "../../scripts/write_schema.ts";

const root = join(import.meta.dirname, "../..");

test("schema is valid draft-07, and strict but for the words editors show", () => {
  const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
  ajv.addVocabulary(["errorMessage"]);
  expect(ajv.validateSchema(schema)).toBe(true);
  expect(() => ajv.compile(schema)).not.toThrow();
});

test.each(Object.entries(schemaFiles()))("schema and %s say the same; else run npm run schema", (path, text) => {
  expect(readFileSync(join(root, path), "utf8") === text).toBe(true);
});

test.each(readdirSync(join(root, "pipelines")))(
  "schema accepts pipelines/%s as an editor sees it, variables and all",
  (name) => {
    const validate = new Ajv({ strict: false }).compile(schema);
    const text = readFileSync(join(root, "pipelines", name), "utf8");
    expect([validate(parseYaml(text)), validate.errors]).toEqual([true, null]);
    expect(text.split("\n", 1)[0]).toBe("# yaml-language-server: $schema=../core/pipeline/pipeline.schema.json");
  },
);

test("schema gives every key a description", () => {
  const bare: string[] = [];
  function visit(node: unknown, path: string): void {
    if (typeof node !== "object" || node === null) return;
    const { properties, ...rest } = node as { readonly properties?: Readonly<Record<string, object>> };
    for (const [key, inner] of Object.entries(properties ?? {})) {
      if (!("description" in inner) && !("$ref" in inner) && !("properties" in inner)) bare.push(`${path}/${key}`);
      visit(inner, `${path}/${key}`);
    }
    for (const [key, inner] of Object.entries(rest)) visit(inner, `${path}/${key}`);
  }
  visit(schema, "");
  expect(bare).toEqual([]);
});
