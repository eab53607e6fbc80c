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
  if (json) return output.result(JSON.stringify({ ...found, origin: host.tools.origin }, undefined, 1));
  const { ffmpeg, platform } = found;
  output.result(
    [
      formatGrid([
        ["ffmpeg", `${ffmpeg.version}  ${ffmpeg.path}  from ${host.tools.origin}`],
        [
          "machine",
          `${platform.os} ${platform.arch}, ${platform.cores} cores, ${(platform.memoryBytes / 2 ** 30).toFixed(1)} GiB`,
        ],
        ["kept in", `${host.settings.cache_dir} and ${host.settings.state_dir}`],
      ]),
      "",
      formatGrid(found.backends.flatMap((one) => backendRows(one, output))),
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

/** One line for a backend without devices of its own, one for each device, and one for each that is not used. */
export function backendRows(
  { name, probe, again }: Survey["backends"][number],
  output: Desk["output"],
): readonly (readonly string[])[] {
  const ready = paint("ready", "green", output);
  const absent = paint("absent", "dim", output);
  if (probe.state === "absent")
    return [
      [
        name,
        absent,
        `${probe.reason}${probe.hint ? `; next: ${probe.hint}` : ""}${again ? `; asked again ${again}` : ""}`,
      ],
    ];
  const { devices, refused } = asRecord(probe.facts);
  const decodes = paint("decodes", "yellow", output);
  const used = asList(devices).map((device) => [
    name,
    isDecoder(device) ? decodes : ready,
    `${labelOf(device)}: ${describeFacts(device)}`,
  ]);
  const unused = asList(refused).map((one) => [
    name,
    absent,
    `${labelOf(one)}: ${text(asRecord(one)["reason"] ?? asRecord(one)["line"])}`,
  ]);
  return [...(used.length > 0 ? used : [[name, ready, describeFacts(probe.facts)]]), ...unused];
}

function labelOf(device: unknown): string {
  const { id, encoder, driver, card } = asRecord(device);
  return [id ?? encoder, asRecord(card)["name"], driver]
    .flatMap((part) => (part === undefined ? [] : [text(part)]))
    .join(" ");
}

/** What is called ready encodes; a device that only decodes is no less welcome, and is called what it is. */
function isDecoder(device: unknown): boolean {
  return asRecord(device)["decodes"] !== undefined && encodersIn(device).length === 0;
}

/** Facts are a backend's own, but what encodes looks alike everywhere: a codec, perhaps a name, and depths. */
function describeFacts(facts: unknown): string {
  const { decodes, filters, chores } = asRecord(facts);
  const encoders = [...new Set(encodersIn(facts))];
  const decoders = Object.entries(asRecord(decodes)).flatMap(([codec, depths]) =>
    asList(depths).length > 0 ? [`${codec} ${asList(depths).map(text).join(" and ")} bit`] : [],
  );
  const tools = [...asList(filters), ...asList(chores)].map(text);
  const parts = [
    encoders.length > 0 ? encoders.join(", ") : decodes === undefined ? JSON.stringify(facts) : "encodes nothing",
    ...(decodes === undefined ? [] : [`decodes ${decoders.join(", ") || "nothing"}`]),
    ...(tools.length > 0 ? [`filters ${tools.join(" ")}`] : []),
  ];
  return parts.join("; ");
}

function encodersIn(value: unknown, key = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => encodersIn(one, key));
  const { codec = key, encoder, name, depths, bframes, features } = asRecord(value);
  const by = encoder ?? name;
  if (Array.isArray(depths) && typeof codec === "string") {
    const bends = bframes === true || features === "full" || features === "bframes" ? ", B-frames" : "";
    return [`${codec}${typeof by === "string" ? ` by ${by}` : ""} (${depths.map(text).join(" and ")} bit${bends})`];
  }
  return Object.entries(asRecord(value)).flatMap(([inner, one]) => (inner === "decodes" ? [] : encodersIn(one, inner)));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value ?? "");
}
