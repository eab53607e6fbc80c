import { schema as pipeline } from "../pipeline/mod.ts";
import { runEvent } from "./events.ts";
import type { Json, Schema } from "./parts.ts";
import { report } from "./report.ts";

/** What others may build on, by the name they ask for it. */
export const schemas: Readonly<Record<"pipeline" | "events" | "report", Json>> = {
  pipeline,
  events: published("Vendue run event", runEvent),
  report: published("Vendue run report", report),
};

export type SchemaName = keyof typeof schemas;

function published(title: string, { json }: Schema<unknown>): Json {
  return { $schema: "http://json-schema.org/draft-07/schema#", title, ...json };
}
