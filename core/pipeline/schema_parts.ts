import { type Form, forms } from "./forms.ts";

export type Schema = Readonly<Record<string, unknown>>;

/** A map of known keys. `x-` keys are the author's own, at every level. */
export function object(properties: Schema, more: Schema = {}): Schema {
  return { type: "object", properties, patternProperties: { "^x-": {} }, additionalProperties: false, ...more };
}

/** Like `object`, and a key with nothing behind it counts as an empty map. */
export function body(properties: Schema, more: Schema = {}): Schema {
  return { ...object(properties, more), type: ["object", "null"] };
}

/** A human unit: text of one form, or a bare number where the form allows one. */
export function unit(name: keyof typeof forms, description: string): Schema {
  const { pattern, says }: Form = forms[name];
  return {
    type: new RegExp(pattern).test("5") || name === "range" ? ["string", "number"] : "string",
    pattern: orVariable(pattern),
    description,
    errorMessage: `write ${says}`,
  };
}

/** A number, which may also come out of a variable as text. */
export function numeric(minimum: number, maximum: number, description: string): Schema {
  const errorMessage = `write a number from ${minimum} to ${maximum}`;
  return {
    type: ["number", "string"],
    minimum,
    maximum,
    pattern: orVariable(forms.number.pattern),
    description,
    errorMessage,
  };
}

export function word(words: readonly string[], description: string): Schema {
  return { enum: words, description };
}

export function flag(description: string): Schema {
  return { type: "boolean", description, errorMessage: "write true or false, without quotes" };
}

export function text(description: string, more: Schema = {}): Schema {
  return { type: "string", description, errorMessage: "write text, in quotes if it looks like a number", ...more };
}

export function described(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

export function oneOrMany(one: Schema, more: Schema = {}): Schema {
  return {
    anyOf: [one, { type: "array", items: one, ...more }],
    ...(one.errorMessage !== undefined && { errorMessage: one.errorMessage }),
  };
}

/** Which of these keys may stand together: none. */
export function exclusive(...keys: readonly string[]): Schema {
  const pairs = keys.flatMap((one, nth) => keys.slice(nth + 1).map((other) => ({ required: [one, other] })));
  return { not: { type: "object", anyOf: pairs } };
}

/** In the editor a variable may stand anywhere; by the time we look, it has been replaced. */
export function orVariable(pattern: string): string {
  return String.raw`${pattern}|\$\{`;
}
