import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { readPrices } from "../cost/mod.ts";
import { VendueError } from "../errors.ts";
import type { Accel, Override, Prefer, Prices } from "../types.ts";
import { folders } from "./paths.ts";

/** What a user may set outside a pipeline, for all of them. */
export interface Settings {
  readonly ffmpeg?: string;
  readonly accel: Accel;
  readonly prefer: Prefer;
  /** `false` leaves every GPU alone, whatever a pipeline says. */
  readonly enable_gpu: "auto" | "true" | "false";
  /** A backend or encoder that goes first wherever it bids. */
  readonly force?: string;
  /** Backends and single encoders that are not asked, separated by commas. */
  readonly disable?: string;
  /** `auto`, or the index, UUID or name of the one device to use. */
  readonly gpu_device: string;
  /** How many render jobs may run at once; zero lets cores and memory decide. */
  readonly jobs: number;
  /** How much of an output is decoded before it counts; `sampled` holds for what software encoders made only. */
  readonly verify: "full" | "sampled";
  /** A process that reports nothing new for this long is ended. */
  /** Decoders that may see sources beside those of the list, by ffmpeg's names. */
  readonly allow_codecs?: string;
  readonly max_streams: number;
  readonly max_hours: number;
  readonly stall_sec: number;
  /** Between asking a process to stop and forcing it. */
  readonly grace_sec: number;
  readonly log_level: "silent" | "error" | "warn" | "info" | "debug";
  /** What machines cost while they work; see core/cost. */
  readonly prices?: Prices;
  /** What a month may cost, in the currency of the prices. */
  readonly budget?: number;
  readonly cache_dir: string;
  readonly state_dir: string;
}

export type SettingName = keyof Settings;

/** One setting and the layer that decided it. */
export interface Setting {
  readonly name: SettingName;
  readonly value: string | number | Prices | undefined;
  readonly from: string;
}

type Rule =
  | { readonly kind: "text" | "path" | "number" | "prices" }
  | { readonly kind: "word"; readonly words: readonly string[] };

const rules: Readonly<Record<SettingName, Rule>> = {
  ffmpeg: { kind: "path" },
  accel: { kind: "word", words: ["preferred", "required", "off"] },
  prefer: { kind: "word", words: ["speed", "balanced", "quality"] },
  enable_gpu: { kind: "word", words: ["auto", "true", "false"] },
  force: { kind: "text" },
  disable: { kind: "text" },
  gpu_device: { kind: "text" },
  jobs: { kind: "number" },
  allow_codecs: { kind: "text" },
  max_streams: { kind: "number" },
  max_hours: { kind: "number" },
  verify: { kind: "word", words: ["full", "sampled"] },
  stall_sec: { kind: "number" },
  grace_sec: { kind: "number" },
  log_level: { kind: "word", words: ["silent", "error", "warn", "info", "debug"] },
  prices: { kind: "prices" },
  budget: { kind: "number" },
  cache_dir: { kind: "path" },
  state_dir: { kind: "path" },
};

export const projectFile = "vendue.config.yaml";

export interface ConfigOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where the search for a project file starts, going upward. */
  readonly folder: string;
  readonly flags?: Readonly<Partial<Record<SettingName, string | number>>>;
  /** Only loaded when a file is there to be read. */
  readonly parseYaml: () => Promise<(text: string) => unknown>;
}

/** Lays defaults, user file, project file, environment and flags over each other, and remembers who decided. */
export async function resolveSettings({
  env = process.env,
  folder,
  flags = {},
  parseYaml,
}: ConfigOptions): Promise<{ readonly settings: Settings; readonly origins: readonly Setting[] }> {
  const own = folders(env);
  const defaults = {
    accel: "preferred",
    prefer: "balanced",
    enable_gpu: "auto",
    gpu_device: "auto",
    jobs: 0,
    max_streams: 100,
    max_hours: 48,
    verify: "full",
    stall_sec: 120,
    grace_sec: 5,
    log_level: "warn",
    cache_dir: own.cache,
    state_dir: own.state,
  };
  const layers: { from: string; values: Readonly<Record<string, unknown>>; base: string }[] = [
    { from: "default", values: defaults, base: folder },
  ];
  for (const file of [join(own.config, "config.yaml"), upward(folder)])
    if (file !== undefined && existsSync(file))
      layers.push({ from: file, values: await readConfig(file, parseYaml), base: dirname(file) });
  const told = Object.fromEntries(
    Object.keys(rules).flatMap((name) => {
      const value = env[`VENDUE_${name.toUpperCase()}`];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
  layers.push(
    { from: "environment", values: told, base: process.cwd() },
    { from: "flag", values: flags, base: process.cwd() },
  );

  const origins = new Map<SettingName, Setting>();
  for (const { from, values, base } of layers)
    for (const [name, raw] of Object.entries(values)) {
      if (raw === undefined) continue;
      const value = readValue(name, raw, { from, base });
      origins.set(name as SettingName, {
        name: name as SettingName,
        value,
        from: from === "environment" ? `environment VENDUE_${name.toUpperCase()}` : from,
      });
    }
  const settings = Object.fromEntries(
    [...origins.values()].map(({ name, value }) => [name, value]),
  ) as unknown as Settings;
  const all = Object.keys(rules).map(
    (name) => origins.get(name as SettingName) ?? { name: name as SettingName, value: undefined, from: "default" },
  );
  return { settings, origins: all };
}

async function readConfig(file: string, parseYaml: ConfigOptions["parseYaml"]): Promise<Record<string, unknown>> {
  const parse = await parseYaml();
  let value: unknown;
  try {
    value = parse(readFileSync(file, "utf8")) ?? {};
  } catch (cause) {
    throw new VendueError("CONFIG_INVALID", `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: "correct the YAML",
      cause,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new VendueError("CONFIG_INVALID", `${file} is not a map of settings`, {
      hint: `known settings: ${Object.keys(rules).join(", ")}`,
    });
  return value as Record<string, unknown>;
}

function readValue(
  name: string,
  raw: unknown,
  { from, base }: { readonly from: string; readonly base: string },
): string | number | Prices {
  const rule = rules[name as SettingName] as Rule | undefined;
  const bad = (wants: string) =>
    new VendueError("CONFIG_INVALID", `${from}: ${name} is ${JSON.stringify(raw)}, which is not ${wants}`, {
      hint: "see: vendue config",
    });
  if (rule === undefined)
    throw new VendueError("CONFIG_INVALID", `${from}: there is no setting ${name}`, {
      hint: `known settings: ${Object.keys(rules).join(", ")}`,
    });
  if (rule.kind === "prices") {
    const prices = readPrices(typeof raw === "string" ? parseJson(raw) : raw);
    if ("wrong" in prices)
      throw new VendueError("CONFIG_INVALID", `${from}: prices cannot be read: ${prices.wrong}`, {
        hint: "see docs/cost.md for a table of prices",
      });
    return prices;
  }
  if (rule.kind === "number") {
    const value = Number(raw);
    if (raw === "" || !Number.isFinite(value) || value < 0) throw bad("a number from 0 on");
    return value;
  }
  if (name === "enable_gpu" && (typeof raw === "boolean" || raw === "0" || raw === "1" || raw === 0 || raw === 1))
    return String(Boolean(Number(raw)));
  if (rule.kind === "text" && typeof raw === "number") return String(raw);
  if (typeof raw !== "string" || raw === "") throw bad("text");
  if (rule.kind === "word" && !rule.words.includes(raw)) throw bad(`one of ${rule.words.join(", ")}`);
  // A bare program name stays one, to be looked up on PATH.
  return rule.kind === "path" && /[/\\]/.test(raw) ? resolve(base, raw) : raw;
}

/** A variable holds a table as JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A setting as text: a word, a number, or a table as JSON. */
export function showSetting(value: NonNullable<Setting["value"]>): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What an operator decided over pipelines and backends, as the survey carries it. */
export function overridesOf(origins: readonly Setting[]): readonly Override[] {
  return (["enable_gpu", "force", "disable", "gpu_device"] as const).flatMap((kind) => {
    const found = origins.find(({ name }) => name === kind);
    if (found?.value === undefined || found.value === "auto") return [];
    return [{ kind, value: showSetting(found.value), from: found.from }];
  });
}

function upward(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, projectFile);
    if (existsSync(file)) return file;
    if (at === dirname(at)) return undefined;
  }
}
