import { join, resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { type Host, readJson, writeJson } from "../host/mod.ts";

/** The pipeline and run that commands without an argument mean. */
interface Last {
  readonly pipeline?: string;
  readonly run?: string;
}

export async function rememberLast(host: Host, last: Last): Promise<void> {
  // Only a convenience: a folder that cannot be written is no reason to fail.
  await writeJson(lastFile(host), { ...(await readLast(host)), ...last }).catch(() => undefined);
}

export async function readLast(host: Host): Promise<Last> {
  return ((await readJson(lastFile(host))) as Last | undefined) ?? {};
}

export async function lastPipeline(host: Host, file: string | undefined): Promise<string> {
  const path = file === undefined ? (await readLast(host)).pipeline : resolve(file);
  if (path === undefined)
    throw new VendueError("USAGE", "No pipeline was named, and none was planned or run before", {
      hint: "name one: vendue explain <stage> <pipeline>",
    });
  return path;
}

function lastFile({ settings }: Host): string {
  return join(settings.state_dir, "last.json");
}
