/** A JSON Schema that remembers which type it describes, so that one cannot change without the other. */
export interface Schema<Value> {
  readonly json: Json;
  /** Never there: it only carries the type. */
  readonly describes?: Value;
}

export type Json = Readonly<Record<string, unknown>>;

/** A key that may be left out. */
export interface Optional<Value> {
  readonly optional: Schema<Value>;
}

/** One schema for each key of a type, marked where the type lets the key be absent. Too few and too many do not compile. */
export type Shape<Value> = {
  readonly [Key in keyof Value]-?: object extends Pick<Value, Key>
    ? Optional<Exclude<Value[Key], undefined>>
    : Schema<Value[Key]>;
};

export function text(description: string): Schema<string> {
  return { json: { type: "string", description } };
}

export function number(description: string): Schema<number> {
  return { json: { type: "number", description } };
}

export function flag(description: string): Schema<boolean> {
  return { json: { type: "boolean", description } };
}

export function word<const Word extends string | number>(words: readonly Word[], description: string): Schema<Word> {
  return { json: { enum: words, description } };
}

export function list<Value>(items: Schema<Value>, description: string): Schema<readonly Value[]> {
  return { json: { type: "array", items: items.json, description } };
}

export function maybe<Value>(optional: Schema<Value>): Optional<Value> {
  return { optional };
}

/** Readers have to let pass what they do not know: keys are only ever added. */
export function shape<Value>(keys: Shape<Value>, description: string): Schema<Value> {
  const entries = Object.entries<Schema<unknown> | Optional<unknown>>(keys);
  const required = entries.flatMap(([key, one]) => ("optional" in one ? [] : [key]));
  const properties = Object.fromEntries(
    entries.map(([key, one]) => [key, "optional" in one ? one.optional.json : one.json]),
  );
  return { json: { type: "object", description, properties, required } };
}

/** One schema for each kind there is, told apart by one key. A kind that is missing does not compile. */
export function union<Value extends object, Key extends keyof Value & string>(
  key: Key,
  kinds: Kinds<Value, Key>,
  description: string,
): Schema<Value> {
  const all = Object.values<Schema<unknown>>(kinds as Readonly<Record<string, Schema<unknown>>>);
  return {
    json: { type: "object", description, discriminator: { propertyName: key }, oneOf: all.map(({ json }) => json) },
  };
}

export type Kinds<Value extends object, Key extends keyof Value> = {
  readonly [Kind in Value[Key] & string]: Schema<Extract<Value, { readonly [Name in Key]: Kind }>>;
};

/** The same schema for tests: a key that is not described is an error. */
export function strict(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(strict);
  if (typeof json !== "object" || json === null) return json;
  const inner = Object.fromEntries(Object.entries(json).map(([key, one]) => [key, strict(one)]));
  return "properties" in inner ? { ...inner, additionalProperties: false } : inner;
}
