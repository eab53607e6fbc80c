import { keysOf, type Pointer } from "./pointer.ts";

/** The parts of our own schema that errors are made of. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly errorMessage?: string;
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

/** What a schema says of the value at this place. */
export function schemaAt(schema: SchemaNode, at: Pointer): SchemaNode | undefined {
  return keysOf(at).reduce<SchemaNode | undefined>((node, key) => step(schema, node, key), schema);
}

/** The keys a map may have here. */
export function keysKnown(node: SchemaNode | undefined): readonly string[] {
  return branches(node).flatMap(({ properties = {} }) => Object.keys(properties));
}

/** Whether a value of this type could be right here. */
export function takes(node: SchemaNode | undefined, value: object): boolean {
  const type = Array.isArray(value) ? "array" : "object";
  return branches(node).some((one) => one.type === type || (Array.isArray(one.type) && one.type.includes(type)));
}

function step(schema: SchemaNode, node: SchemaNode | undefined, key: string): SchemaNode | undefined {
  for (const { properties, items, additionalProperties } of branches(node)) {
    const next = properties && Object.hasOwn(properties, key) ? properties[key] : (items ?? additionalProperties);
    if (typeof next === "object") return next.$ref === undefined ? next : definition(schema, next.$ref);
  }
  return undefined;
}

/** Every `anyOf` of the schema has at most one branch of each JSON type, so the one that was meant is always known. */
function branches(node: SchemaNode | undefined): readonly SchemaNode[] {
  return node === undefined ? [] : (node.anyOf ?? [node]);
}

function definition({ definitions = {} }: SchemaNode, ref: string): SchemaNode | undefined {
  return definitions[ref.slice("#/definitions/".length)];
}
