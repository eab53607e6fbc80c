import { resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { readJson } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { levelChecks, verifyFile } from "../run/mod.ts";
import type { Plan, Promised } from "../types.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

export async function verify(
  media: string,
  { against, json = false }: { readonly against?: string; readonly json?: boolean },
  { output, signal }: Desk,
): Promise<void> {
  const path = resolve(media);
  const promised = against === undefined ? undefined : await promiseFor(path, resolve(against));
  const host = await openHost(process.cwd());
  const { checks: seen, report } = await verifyFile(path, promised, { host, signal, looks: true });
  const checks = [
    ...seen,
    ...(promised?.loudness && report.loudness ? levelChecks(report.loudness, promised.loudness) : []),
  ];
  const ok = checks.every((check) => check.ok);
  if (json) output.result(JSON.stringify({ path, ok, ...report, checks }, undefined, 1));
  else
    output.result(
      formatGrid(
        checks.map((check) => [
          check.ok ? "ok" : "WRONG",
          check.name,
          check.ok ? check.found : `expected ${check.expected}, found ${check.found}`,
        ]),
      ),
    );
  if (!ok) process.exitCode = exits.gate;
}

async function promiseFor(path: string, file: string): Promise<Promised> {
  const plan = (await readJson(file)) as Plan | undefined;
  const outputs = plan?.jobs?.flatMap((job) => (job.kind === "render" ? job.outputs : [])) ?? [];
  const found = outputs.find(({ target }) => target === path) ?? (outputs.length === 1 ? outputs[0] : undefined);
  if (found === undefined)
    throw new VendueError("USAGE", `${file} is no plan that promises ${path}`, {
      hint: "make one with: vendue plan <pipeline> --json",
    });
  return found;
}
