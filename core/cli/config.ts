import { resolveSettings, showSetting } from "../host/mod.ts";
import { formatGrid } from "../plan/mod.ts";
import type { Desk } from "./main.ts";

export async function printConfig({ json = false }: { readonly json?: boolean }, { output }: Desk): Promise<void> {
  const { origins } = await resolveSettings({
    folder: process.cwd(),
    parseYaml: async () => (await import("yaml")).parse,
  });
  if (json)
    output.result(
      JSON.stringify(
        Object.fromEntries(origins.map(({ name, value, from }) => [name, { value: value ?? null, from }])),
        undefined,
        1,
      ),
    );
  else
    output.result(
      formatGrid(
        origins.map(({ name, value, from }) => [
          name,
          value === undefined ? "(found by itself)" : showSetting(value),
          from,
        ]),
      ),
    );
}
