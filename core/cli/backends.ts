import { VendueError } from "../errors.ts";
import { builtins, loadBackends } from "../host/mod.ts";
import { openHost, survey } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import type { BackendUse } from "../types.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

export async function backends(
  action: string,
  specifier: string | undefined,
  { json = false, output, signal }: Desk & { readonly json?: boolean },
): Promise<void> {
  if (!["list", "show", "test"].includes(action))
    throw new VendueError("USAGE", `There is nothing to ${action} about backends`, { hint: "say list, show or test" });
  if (action !== "list" && specifier === undefined)
    throw new VendueError("USAGE", `Which backend shall I ${action}?`, {
      hint: `a built-in (${builtins.join(", ")}), ./mine/mod.ts or npm:name`,
    });
  const base = process.cwd();
  const uses: readonly BackendUse[] =
    specifier === undefined ? [] : [{ specifier, options: {}, allow: { read: [], env: [] } }];
  const host = await openHost(base);
  const { loaded, broken } = await loadBackends(uses, base);
  if (action === "test") {
    const [one] = loaded;
    if (one === undefined) throw broken[0]?.error ?? new VendueError("USAGE", `${specifier} could not be loaded`);
    const { checkLaws } = await import("../testing/mod.ts");
    const laws = await checkLaws({ backend: one.backend, machine: { os: process.platform } });
    output.result(
      json
        ? JSON.stringify(laws, undefined, 1)
        : formatGrid(
            laws.map(({ law, ok, why }) => [
              ok === true ? "ok" : ok === "skipped" ? "skipped" : "BROKEN",
              law,
              why ?? "",
            ]),
          ),
    );
    if (laws.some(({ ok }) => ok === false)) process.exitCode = exits.gate;
    return;
  }
  const found = await survey({ loaded, broken, host }, { signal });
  if (json) return output.result(JSON.stringify(found.backends, undefined, 1));
  if (action === "show") {
    const [one] = found.backends;
    return output.result(
      JSON.stringify({ ...one, needs: loaded[0]?.backend.needs ?? {}, file: loaded[0]?.file }, undefined, 1),
    );
  }
  output.result(
    formatGrid(
      found.backends.map(({ name, specifier: origin, probe }) => [
        name,
        builtins.some((own) => own === origin) ? "built in" : origin,
        probe.state,
        probe.state === "absent" ? probe.reason : "",
      ]),
    ),
  );
}
