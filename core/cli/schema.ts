import { VendueError } from "../errors.ts";
import { type SchemaName, schemas } from "../schema/mod.ts";
import type { Desk } from "./main.ts";

export async function printSchema(name: string, { output }: Desk): Promise<void> {
  if (!(name in schemas))
    throw new VendueError("USAGE", `There is no schema of ${name}`, {
      hint: `there is one of ${Object.keys(schemas).join(", ")}`,
    });
  output.result(JSON.stringify(schemas[name as SchemaName], undefined, 2));
}
