import { type Backend, checkParts, checkScore } from "../backend/mod.ts";
import type { Encode, Task } from "../types.ts";

export interface Answered {
  readonly unequal: readonly string[];
  readonly offLimits: readonly string[];
  readonly parts: readonly string[];
  readonly ends: readonly string[];
}

/** Everything one task shows, asked once with each of two equal facts. What it is given is frozen. */
export function answerTask(backend: Backend, task: Task, facts: readonly [unknown, unknown]): Answered {
  const told = (why: string) => `${task.id.replace("sample/", "")}: ${why}`;
  const nothing = { unequal: [], offLimits: [], parts: [], ends: [] };
  try {
    const [bid, bidAgain] = facts.map((known) => backend.score(freeze(structuredClone(task)), freeze(known)));
    const offLimits = checkScore(bid).map((why) => told(`score() ${why}`));
    const unequal = isSame(bid, bidAgain) ? [] : [told("score() answered differently")];
    if (offLimits.length > 0 || bid?.kind !== "bid") return { ...nothing, unequal, offLimits };
    const [parts, partsAgain] = facts.map((known) => backend.buildArgs(freeze(structuredClone(task)), known));
    const variants = (bid.variants ?? []).map(({ name }) =>
      backend.buildArgs(freeze({ ...structuredClone(task), variant: name }), facts[0]),
    );
    return {
      offLimits,
      unequal: [...unequal, ...(isSame(parts, partsAgain) ? [] : [told("buildArgs() answered differently")])],
      parts: [parts, ...variants].flatMap((one) => checkParts(one, backend)).map((why) => told(`buildArgs() ${why}`)),
      ends: endTroubles(parts, task.ops.length, task.encode).map(told),
    };
  } catch (error) {
    return { ...nothing, unequal: [told(`threw: ${messageOf(error)}`)] };
  }
}

function endTroubles(parts: unknown, ops: number, encode: Encode | undefined): readonly string[] {
  const { encode: end, filters } = (parts ?? {}) as { readonly encode?: unknown; readonly filters?: unknown };
  return [
    ...(encode !== undefined && end === undefined ? ["buildArgs() encodes nothing, though it is asked to"] : []),
    ...(encode === undefined && end !== undefined ? ["buildArgs() encodes, though nobody asked"] : []),
    ...(ops > 0 && Array.isArray(filters) && filters.length === 0
      ? ["buildArgs() drops every op; hand back what it does not do"]
      : []),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
