import { VendueError } from "../errors.ts";
import type { Desk } from "./main.ts";

export async function bench(_: Desk): Promise<void> {
  throw new VendueError("USAGE", "vendue bench is not here yet", {
    hint: "the engine's own benchmarks run with: npm run bench",
  });
}
