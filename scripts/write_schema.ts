/**
 * Writes what is made from the schemas: the JSON files that editors read, and the validator of pipelines that ajv
 * compiles ahead of time. Run it after every change of a schema.
 * @module
 */
import { writeFile } from "node:fs/promises";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { budgetSchema } from "../bench/gate/mod.ts";
import { schema } from "../core/pipeline/schema.ts";
import { schemas } from "../core/schema/mod.ts";

/** The files, by their path from the root of the repository. */
export function schemaFiles(): Readonly<Record<string, string>> {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    // The stage's kinds are required in a oneOf, away from the properties they name.
    strictRequired: false,
    allowUnionTypes: true,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(["errorMessage"]);
  const code = standalone.default(ajv, ajv.compile(schema));
  return {
    "core/pipeline/pipeline.schema.json": `${JSON.stringify(schema, undefined, 2)}\n`,
    "core/schema/events.schema.json": `${JSON.stringify(schemas.events, undefined, 2)}\n`,
    "core/schema/report.schema.json": `${JSON.stringify(schemas.report, undefined, 2)}\n`,
    "bench/gate/budgets.schema.json": `${JSON.stringify(budgetSchema, undefined, 2)}\n`,
    "core/pipeline/validate.js": `// Written by scripts/write_schema.ts; do not edit.\n/* oxlint-disable */\n${code}`,
  };
}

if (import.meta.filename === process.argv[1])
  for (const [path, text] of Object.entries(schemaFiles()))
    await writeFile(new URL(`../${path}`, import.meta.url), text);
