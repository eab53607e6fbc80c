import { type Alias, type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { child, type Pointer } from "./pointer.ts";

/** Offsets of a value, and of the key before it. */
export interface Place {
  readonly key: number;
  readonly value: number;
}

export interface Reader {
  readonly found: (pointer: Pointer, place: Place) => void;
  readonly refuse: (offset: number, message: string, hint: string) => void;
}

/** More values than this, or deeper, is an accident or an attack: aliases can make a few lines expand to billions. */
const limits = { values: 100_000, depth: 64 } as const;

/** Composed YAML as plain data: aliases followed, `<<` merged, every place noted. */
export function toPlain(document: Document, { found, refuse }: Reader): unknown {
  const anchors = new Map<string, unknown>();
  const open = new Set<unknown>();
  let values = 0;

  function visit(node: unknown, pointer: Pointer, key: number): unknown {
    const value = offsetOf(node, key);
    found(pointer, { key, value });
    if (isAlias(node)) {
      const target = follow(node, value);
      return target === undefined ? undefined : visit(target, pointer, key);
    }
    if (!fits(value)) return undefined;
    if (isNode(node)) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (node.tag !== undefined && !plainTag.test(node.tag))
        refuse(value, `The tag ${node.tag} means nothing here`, "take it out");
    }
    open.add(node);
    const plain = open.size > limits.depth ? tooMuch(value) : plainOf(node, pointer);
    open.delete(node);
    return plain;
  }

  function plainOf(node: unknown, pointer: Pointer): unknown {
    if (isSeq(node)) return node.items.map((item, nth) => visit(item, child(pointer, nth), offsetOf(item, 0)));
    if (isMap(node)) {
      const pairs = [...pairsOf(node)];
      const plain = pairs.map(([name, pair]) => [name, visit(pair.value, child(pointer, name), offsetOf(pair.key, 0))]);
      return Object.fromEntries(plain);
    }
    if (!isScalar(node)) return null;
    // A variable is text, whatever it looks like: 1.50 must not become 1.5.
    return /^\/vars\/[^/]+$/.test(pointer) ? (node.source ?? "") : node.value;
  }

  /** A map's own pairs, then what it merges. */
  function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const pairs = new Map<string, Pair>();
    for (const pair of map.items) {
      const offset = offsetOf(pair.key, 0);
      if (!fits(offset)) return pairs;
      const name = isScalar(pair.key) ? (pair.key.source ?? "") : undefined;
      if (name === undefined) refuse(offset, "A key is a list, a map or an alias", "write keys as plain words");
      else if (pairs.has(name)) refuse(offset, `The key ${JSON.stringify(name)} stands here twice`, "keep one of them");
      else pairs.set(name, pair);
    }
    const merge = pairs.get("<<");
    pairs.delete("<<");
    for (const source of merge === undefined ? [] : isSeq(merge.value) ? merge.value.items : [merge.value]) {
      const offset = offsetOf(source, offsetOf(merge?.key, 0));
      const target = isAlias(source) ? follow(source, offset) : source;
      if (isMap(target)) for (const [name, pair] of pairsOf(target)) if (!pairs.has(name)) pairs.set(name, pair);
      if (target !== undefined && !isMap(target))
        refuse(offset, "<< merges something that is no map", "merge a map, such as <<: *common");
    }
    return pairs;
  }

  function follow(alias: Alias, offset: number): unknown {
    const target = anchors.get(alias.source);
    if (target === undefined)
      refuse(
        offset,
        `The alias *${alias.source} has no anchor before it`,
        `put &${alias.source} before the value it stands for`,
      );
    else if (open.has(target)) refuse(offset, `The alias *${alias.source} contains itself`, "take it out");
    else return target;
    return undefined;
  }

  function fits(offset: number): boolean {
    if (++values === limits.values) tooMuch(offset);
    return values < limits.values;
  }

  function tooMuch(offset: number): undefined {
    refuse(offset, "The file expands to more than a pipeline can need", "write fewer *aliases, and nest less");
  }

  return visit(document.contents, "", 0);
}

const plainTag = /^(!|tag:yaml\.org,2002:(str|int|float|bool|null|map|seq))$/;

function offsetOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}
