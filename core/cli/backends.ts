import { VendueError } from "../errors.ts";
import { builtins, type LoadedBackend, loadBackends, probeContext } from "../host/mod.ts";
import { openHost, survey } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import type { BackendUse } from "../types.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

/** Lists the bidders, shows what one found here, or holds one against the contract. */
export async function backends(
  action: string,
  specifier: string | undefined,
  options: Desk & { readonly json?: boolean },
): Promise<void> {
  const { json = false, output, signal } = options;
  if (!["list", "show", "test"].includes(action))
    throw new VendueError("USAGE", `There is nothing to ${action} about backends`, { hint: "say list, show or test" });
  if (action !== "list" && specifier === undefined)
    throw new VendueError("USAGE", `Which backend shall I ${action}?`, {
      hint: `a built-in (${builtins.join(", ")}), ./mine/mod.ts or npm:name`,
    });
  const base = process.cwd();
  const uses: readonly BackendUse[] = specifier === undefined ? [] : [{ specifier, options: {}, allow: everything }];
  const { loaded, broken } = await loadBackends(uses, base);
  const [one] = loaded;
  if (specifier !== undefined && one === undefined)
    throw broken[0]?.error ?? new VendueError("USAGE", `${specifier} could not be loaded`);
  if (action === "test" && one) return testOne(one, options);

  const found = await survey({ loaded, broken, host: await openHost(base) }, { signal });
  if (json) return output.result(JSON.stringify(found.backends, undefined, 1));
  if (action === "show")
    return output.result(
      JSON.stringify({ ...found.backends[0], needs: one?.backend.needs ?? {}, file: one?.file }, undefined, 1),
    );
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

/** Someone who names a backend to look at it has read it: it may see what it asks for. */
const everything = { read: ["/"], env: [], run: [] } as const;

async function testOne(
  one: LoadedBackend,
  { json = false, output, signal }: Desk & { readonly json?: boolean },
): Promise<void> {
  const { checkLaws } = await import("../testing/mod.ts");
  const host = await openHost(process.cwd());
  const { launcher, env, settings } = host;
  const { tryEncode } = probeContext(one, {
    build: await host.build(),
    signal,
    launcher,
    env,
    cache: settings.cache_dir,
  });
  const real = await survey({ loaded: [one], broken: [], host }, { signal });
  const isHere = real.backends[0]?.probe.state === "ready";
  const laws = await checkLaws({ backend: one.backend, machine: one.machine ?? {}, ...(isHere && { tryEncode }) });
  const words = (ok: boolean | "skipped") => (ok === "skipped" ? "skipped" : ok ? "ok" : "BROKEN");
  output.result(
    json ? JSON.stringify(laws, undefined, 1) : formatGrid(laws.map(({ law, ok, why }) => [words(ok), law, why])),
  );
  if (laws.some(({ ok }) => ok === false)) process.exitCode = exits.gate;
}
