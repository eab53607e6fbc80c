import { schema } from "../pipeline/mod.ts";
import type { Desk } from "./main.ts";

export async function printSchema({ output }: Desk): Promise<void> {
  output.result(JSON.stringify(schema, undefined, 2));
}
