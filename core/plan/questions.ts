import type { Task, VideoInfo } from "../types.ts";

/**
 * Names what a task asks, whatever the task itself is called: backends answer the same question alike, and a long
 * pipeline asks few different ones.
 */
export function questions(): (task: Task) => string {
  const numbers = new Map<unknown, number>();
  /** One number for all pictures that hold the same; a long chain asks of one picture over and over. */
  function numberOf(picture: VideoInfo): number {
    const met = numbers.get(picture);
    if (met !== undefined) return met;
    const text = JSON.stringify(picture);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number).set(picture, number);
    return number;
  }
  return ({ stage, seconds, inputs, decodes, ops, encode }) =>
    JSON.stringify([stage, seconds, decodes, inputs.map(numberOf), ops, encode]);
}
