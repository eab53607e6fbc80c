import type { Task } from "../types.ts";

/**
 * Names what a task asks, whatever the task itself is called: backends answer the same question alike, and a long
 * pipeline asks few different ones.
 */
export function questions(): (task: Task) => string {
  const numbers = new Map<unknown, number>();
  /** One number for all values that hold the same; one that was met before is not read again. */
  function numberOf(value: object): number {
    const met = numbers.get(value);
    if (met !== undefined) return met;
    const text = JSON.stringify(value);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number).set(value, number);
    return number;
  }
  return ({ stage, seconds, inputs, decodes, ops, encode }) =>
    `${stage} ${seconds} ${decodes} ${inputs.map(numberOf).join()} ${numberOf(ops)} ${encode ? numberOf(encode) : ""}`;
}
