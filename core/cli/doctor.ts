import { dirname, resolve } from "node:path";
import { isVendueError } from "../errors.ts";
import { loadBackends, readTextFile } from "../host/mod.ts";
import { openHost, survey } from "../mod.ts";
import { parse } from "../pipeline/mod.ts";
import { formatGrid } from "../plan/mod.ts";
import type { BackendUse, Survey } from "../types.ts";
import type { Desk } from "./main.ts";
import { paint } from "./output.ts";

/** Says what works here: which ffmpeg, and for each backend what it found or why it is out and what to do next. */
export async function doctor(
  file: string | undefined,
  { json = false, fresh = false }: { readonly json?: boolean; readonly fresh?: boolean },
  { output, signal }: Desk,
): Promise<void> {
  const base = file === undefined ? process.cwd() : dirname(resolve(file));
  const host = await openHost(base);
  const found = await survey({ ...(await loadBackends(await usesOf(file), base)), host }, { fresh, signal });
  if (json)
    return output.result(
      JSON.stringify({ ...found, origin: host.tools.origin, ffprobe: host.tools.ffprobe ?? null }, undefined, 1),
    );
  const { ffmpeg, platform } = found;
  output.result(
    [
      formatGrid([
        ["ffmpeg", `${ffmpeg.version}  ${ffmpeg.path}  from ${host.tools.origin}`],
        ["ffprobe", host.tools.ffprobe ?? "none; ffmpeg reads media by itself"],
        [
          "machine",
          `${platform.os} ${platform.arch}, ${platform.cores} cores, ${(platform.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
        ],
        ["kept in", `${host.settings.cache_dir} and ${host.settings.state_dir}`],
      ]),
      "",
      formatGrid(found.backends.map((one) => backendRow(one, output))),
    ].join("\n"),
  );
}

async function usesOf(file: string | undefined): Promise<readonly BackendUse[]> {
  if (file === undefined) return [];
  const path = resolve(file);
  try {
    return parse(await readTextFile(path, "pipeline file"), { file: path }).backends;
  } catch (error) {
    // Looking at the machine should not depend on a variable that was not set.
    if (isVendueError(error) && error.code !== "USAGE") return [];
    throw error;
  }
}

function backendRow({ name, probe }: Survey["backends"][number], output: Desk["output"]): readonly string[] {
  if (probe.state === "ready") return [name, paint("ready", "green", output), describeFacts(probe.facts)];
  return [name, paint("absent", "dim", output), `${probe.reason}${probe.hint ? `; next: ${probe.hint}` : ""}`];
}

/** Facts are a backend's own, but an encoder looks alike everywhere: something with a codec, a name and depths. */
function describeFacts(facts: unknown): string {
  const found = encodersIn(facts);
  if (found.length === 0) return JSON.stringify(facts);
  return [...new Set(found)].join(", ");
}

function encodersIn(value: unknown, key = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => encodersIn(one, key));
  if (typeof value !== "object" || value === null) return [];
  const { codec = key, encoder, name, depths } = value as Readonly<Record<string, unknown>>;
  const by = encoder ?? name;
  if (Array.isArray(depths) && typeof by === "string" && typeof codec === "string")
    return [`${codec} by ${by} (${depths.join(" and ")} bit)`];
  return Object.entries(value).flatMap(([inner, one]) => encodersIn(one, inner));
}
