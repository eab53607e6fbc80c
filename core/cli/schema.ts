import { type SchemaName, schemas } from "../schema/mod.ts";
import type { Desk } from "./main.ts";

export async function printSchema(name: SchemaName, { output }: Desk): Promise<void> {
  output.result(JSON.stringify(schemas[name], undefined, 2));
}
