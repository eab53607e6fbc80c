import type { SurfaceInfo } from "./backend.ts";

/** Whether an answer of `probe` keeps the contract: a list of what is wrong with it, empty when nothing is. */
export function checkProbe(answer: unknown): readonly string[] {
  if (!isObject(answer)) return [`gave ${show(answer)}, not { state }`];
  const { state, facts, reason, hint, code } = answer;
  if (state === "absent") return [...sentence(reason, "absent without a reason"), ...optionalText({ hint, code })];
  if (state !== "ready") return [`gave the state ${show(state)}, not "ready" or "absent"`];
  return facts === undefined ? ["is ready without facts"] : jsonTroubles(facts, "facts");
}

/** Whether an answer of `score` stays on the axes. */
export function checkScore(answer: unknown): readonly string[] {
  if (!isObject(answer)) return [`gave ${show(answer)}, not a bid or a pass`];
  const { kind, speed, quality, reason, slots, encoder, device, note, variants } = answer;
  if (kind === "pass") return sentence(reason, "passes without a reason");
  if (kind !== "bid") return [`gave the kind ${show(kind)}, not "bid" or "pass"`];
  return [
    ...(isNumber(speed) && speed > 0 ? [] : [`claims a speed of ${show(speed)}, not a number above 0`]),
    ...(isNumber(quality) && quality >= 0 && quality <= 1 ? [] : [`claims a quality of ${show(quality)}, not 0 to 1`]),
    ...(slots === undefined || (isNumber(slots) && slots >= 1) ? [] : [`offers ${show(slots)} slots, not 1 or more`]),
    ...optionalText({ encoder, device, note }),
    ...variantTroubles(variants),
  ];
}

/** Whether an answer of `buildArgs` holds only a backend's own share of a command. */
export function checkParts(
  parts: unknown,
  { surface }: { readonly surface?: Pick<SurfaceInfo, "name"> | undefined } = {},
): readonly string[] {
  if (!isObject(parts)) return [`gave ${show(parts)}, not parts`];
  const { device, decode, filters, encode } = parts;
  const known = ["system", "any", ...(surface ? [surface.name] : [])];
  return [
    ...Object.keys(parts)
      .filter((key) => !shares.has(key))
      .map((key) => `gave ${key}, which is no part of a command`),
    ...(device === undefined ? [] : argTroubles(device, "device")),
    ...(decode === undefined ? [] : endTroubles(decode, "decode", known)),
    ...(filters === undefined ? [] : filterTroubles(filters, known)),
    ...(encode === undefined ? [] : endTroubles(encode, "encode", known)),
  ];
}

/** Paths, maps, graphs, times, progress and the other streams are core's. A stream specifier changes nothing. */
const owned = new Set(
  [
    ["i", "y", "n", "f", "map", "map_metadata", "map_chapters", "metadata", "disposition"],
    ["vf", "af", "filter", "filter_complex", "filter_complex_script", "filter_script", "lavfi"],
    ["progress", "stats", "nostats", "v", "loglevel", "report", "hide_banner", "nostdin"],
    ["ss", "sseof", "t", "to", "r", "s", "frames", "vframes", "vsync", "fps_mode", "shortest", "itsoffset", "copyts"],
    ["an", "vn", "sn", "dn", "acodec", "movflags", "protocol_whitelist", "stream_loop", "attach", "dump_attachment"],
  ].flat(),
);

const shares = new Set(["device", "decode", "filters", "encode"]);

const ops = new Set([
  "frames",
  "deinterlace",
  "mirror",
  "rotate",
  "crop",
  "scale",
  "pad",
  "tonemap",
  "flatten",
  "subtitles",
  "format",
]);

function argTroubles(args: unknown, where: string): readonly string[] {
  if (!Array.isArray(args)) return [`has ${where} arguments that are no list`];
  const odd = args.find((arg) => typeof arg !== "string");
  if (odd !== undefined || args.includes(undefined))
    return [`has ${show(odd)} among its ${where} arguments, not only strings`];
  const words = args as readonly string[];
  const wrong: string[] = [];
  for (const [nth, word] of words.entries()) {
    const before = words[nth - 1];
    if (isFlag(word)) {
      if (owned.has(flagName(word))) wrong.push(`has ${word} among its ${where} arguments, which core owns`);
    } else if (before === undefined || !isFlag(before))
      // A word that no flag takes would be read as an output file.
      wrong.push(`has ${show(word)} among its ${where} arguments, which no flag takes`);
  }
  return wrong;
}

function isFlag(word: string): boolean {
  return /^-[a-z]/i.test(word);
}

function flagName(word: string): string {
  const [name = ""] = word.slice(1).split(":");
  return word.startsWith("-c:a") || word.startsWith("-codec:a") ? "acodec" : name;
}

function endTroubles(end: unknown, where: string, known: readonly string[]): readonly string[] {
  if (!isObject(end)) return [`has ${show(end)} as ${where}, not { on, args }`];
  const { on, args, pixelFormat } = end;
  return [...surfaceTroubles(on, where, known), ...argTroubles(args, where), ...optionalText({ pixelFormat })];
}

function filterTroubles(filters: unknown, known: readonly string[]): readonly string[] {
  if (!Array.isArray(filters)) return ["has filters that are no list"];
  const wrong: string[] = [];
  for (const filter of filters as readonly unknown[]) wrong.push(...stepTroubles(filter, known));
  return wrong;
}

const none: readonly string[] = [];

function stepTroubles(step: unknown, known: readonly string[]): readonly string[] {
  if (!isObject(step)) return [`has ${show(step)} among its filters`];
  const { kind, name, args = {}, on } = step;
  if (kind !== undefined)
    return typeof kind === "string" && ops.has(kind) ? none : [`hands back an op ${show(kind)} that nobody knows`];
  const isNamed = typeof name === "string" && /^[a-z0-9_]+$/i.test(name);
  const where = isNamed ? `filter ${name}` : "a filter";
  const values = isObject(args) ? Object.values(args) : [undefined];
  return [
    ...(isNamed ? [] : [`has a filter named ${show(name)}`]),
    ...(values.every((value) => typeof value === "string" || isNumber(value))
      ? []
      : [`gives ${where} a value that is no string or number`]),
    ...surfaceTroubles(on, where, known),
  ];
}

function surfaceTroubles(on: unknown, where: string, known: readonly string[]): readonly string[] {
  return known.some((name) => name === on)
    ? []
    : [`puts ${where} on the surface ${show(on)}; it knows ${known.join(", ")}`];
}

function variantTroubles(variants: unknown): readonly string[] {
  if (variants === undefined) return [];
  if (!Array.isArray(variants)) return ["offers variants that are no list"];
  const isFine = (one: unknown) => isObject(one) && typeof one["name"] === "string" && Array.isArray(one["when"]);
  return variants.every(isFine) ? [] : ["offers a variant without a name and a list of when"];
}

/** Facts are cached as text, so what text cannot hold would be lost without a word. */
function jsonTroubles(value: unknown, path: string, depth = 0): readonly string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean" || isNumber(value)) return [];
  if (depth > 50) return [`holds ${path}, which never ends`];
  if (Array.isArray(value))
    return Array.from(value, (one, nth) => jsonTroubles(one, `${path}[${nth}]`, depth + 1))
      .flat()
      .slice(0, 5);
  if (isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null))
    return Object.entries(value)
      .flatMap(([key, one]) => jsonTroubles(one, `${path}.${key}`, depth + 1))
      .slice(0, 5);
  return [`holds ${path}, ${show(value)}, which JSON cannot carry`];
}

function sentence(text: unknown, otherwise: string): readonly string[] {
  return typeof text === "string" && text.trim() !== "" ? [] : [otherwise];
}

function optionalText(texts: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(texts)
    .filter((key) => texts[key] !== undefined && typeof texts[key] !== "string")
    .map((key) => `gives ${show(texts[key])} as ${key}, not text`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function show(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint" || value === undefined) return String(value);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return `a ${value.constructor?.name ?? "value"}`;
  return typeof value === "function" || typeof value === "symbol"
    ? `a ${typeof value}`
    : JSON.stringify(value).slice(0, 60);
}
