import { BackendError, VendueError } from "../errors.ts";
import type { Backend } from "./backend.ts";

export interface CheckOptions {
  /** How the pipeline names the module, for messages. */
  readonly specifier: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Makes a backend of a loaded module, or says exactly why it is none. */
export async function checkBackend(module: unknown, { specifier, options }: CheckOptions): Promise<Backend> {
  const { default: factory, options: schema } = record(module);
  const broken = (what: string, hint: string, cause?: unknown) =>
    new BackendError("BACKEND_BROKEN", `The backend ${specifier} ${what}`, {
      hint,
      data: { backend: specifier },
      ...(cause !== undefined && { cause }),
    });
  const shape = "write: export default function mine(options) { return { name, api: 1, probe, score, buildArgs } }";
  if (factory === undefined) throw broken("has no default export", shape);
  if (typeof factory !== "function") throw broken(`exports ${kindOf(factory)} by default, not a function`, shape);
  const given = schema === undefined ? options : await fitOptions(schema, { specifier, options, broken });
  let made: unknown;
  try {
    made = (factory as (options: unknown) => unknown)(given);
    // A promise is no backend, and its rejection is nobody's to handle.
    if (made instanceof Promise) made.catch(() => undefined);
  } catch (cause) {
    throw broken(`threw while it was made: ${messageOf(cause)}`, "only probe() looks at the machine", cause);
  }
  const wrong = backendTroubles(made);
  if (wrong.length > 0) throw broken(wrong.join("; "), hintFor(made));
  return made as Backend;
}

const methods = ["probe", "score", "buildArgs"] as const;
/** Core's own bidders. */
const reserved = ["copy", "smart"];

/** Everything that keeps a value from being a backend; empty when nothing does. */
export function backendTroubles(value: unknown): readonly string[] {
  if (value instanceof Promise) return ["returned a promise, not a backend"];
  if (typeof value !== "object" || value === null) return [`returned ${kindOf(value)}, not a backend`];
  const one = record(value);
  const { name, api, accel, needs, surface } = one;
  if (api !== 1)
    return [api === undefined ? "states no contract version" : `targets contract ${JSON.stringify(api)}, this is 1`];
  const isName = typeof name === "string" && /^[a-z][a-z0-9_-]{0,39}$/.test(name) && !reserved.includes(name);
  return [
    ...(isName ? [] : [`has the name ${JSON.stringify(name)}, which is not a lower-case word of its own`]),
    ...methods.filter((method) => typeof one[method] !== "function").map((method) => `has no method ${method}()`),
    ...(accel === undefined || typeof accel === "boolean" ? [] : [`says accel ${kindOf(accel)}, not true or false`]),
    ...needTroubles(needs),
    ...(surface === undefined || isSurface(surface)
      ? []
      : ["has a surface without a name of its own, upload and download"]),
  ];
}

const grantable = ["read", "env", "run"];

function needTroubles(needs: unknown): readonly string[] {
  if (needs === undefined) return [];
  if (typeof needs !== "object" || needs === null) return [`needs ${kindOf(needs)}, not { read, env, run }`];
  return Object.entries(needs).flatMap(([kind, list]) => {
    if (!grantable.includes(kind)) return [`needs ${kind}, which no backend can be granted`];
    const isList = Array.isArray(list) && list.every((item) => typeof item === "string");
    return isList ? [] : [`has needs.${kind}, ${kindOf(list)}, where a list of strings belongs`];
  });
}

function isSurface(surface: unknown): boolean {
  const { name, upload, download } = record(surface);
  const isOwn = typeof name === "string" && !["", "system", "any"].includes(name);
  return isOwn && Array.isArray(upload) && Array.isArray(download);
}

function hintFor(made: unknown): string {
  if (made instanceof Promise) return "make it without await; probe() is the place to wait";
  const { api } = record(made);
  if (api === undefined) return "add api: 1 to what it returns";
  return api === 1 ? "see the Backend type in vendue/backend" : "use a version of it for contract 1, or a newer vendue";
}

interface OptionsDesk extends CheckOptions {
  readonly broken: (what: string, hint: string, cause?: unknown) => BackendError;
}

/** The options with the schema's defaults filled in. Loads the validator only for backends that state a schema. */
async function fitOptions(schema: unknown, { specifier, options, broken }: OptionsDesk): Promise<unknown> {
  if (hasNothingToSay(schema, options)) return options;
  const { Ajv } = await import("ajv");
  const given: unknown = structuredClone(options);
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false });
  let isFine: boolean;
  try {
    isFine = ajv.validate(schema as object, given);
  } catch (cause) {
    throw broken(
      `states options that are no JSON schema: ${messageOf(cause)}`,
      'write: { type: "object", properties }',
      cause,
    );
  }
  if (isFine) return given;
  const wrong = (ajv.errors ?? []).map(({ instancePath, message, params }) => {
    const what = record(params)["additionalProperty"] ?? record(params)["allowedValues"];
    return `options${instancePath} ${message ?? "is wrong"}${what === undefined ? "" : ` (${JSON.stringify(what)})`}`;
  });
  throw new VendueError("PIPELINE_INVALID", `The backend ${specifier} does not take its options: ${wrong.join("; ")}`, {
    hint: `correct options of ${specifier} under backends in the pipeline`,
    data: { backend: specifier, options },
  });
}

/** No options, none that has to be there, and none that core would fill in: nothing for a validator to find. */
function hasNothingToSay(schema: unknown, options: unknown): boolean {
  const { type, properties, required, ...others } = record(schema);
  const isPlain = Object.keys(others).every((key) => key === "additionalProperties" || key === "description");
  return (
    Object.keys(record(options)).length === 0 &&
    type === "object" &&
    isPlain &&
    required === undefined &&
    Object.values(record(properties)).every((property) => !("default" in record(property)))
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
