/**
 * Runs contenders side by side on a noisy machine: in turns, in mirrored order, every sample kept.
 *
 * ```ts
 * import { interleave } from "./mod.ts";
 *
 * const order: string[] = [];
 * const say = (word: string) => async () => void order.push(word);
 * const { signal } = new AbortController();
 * await interleave({ a: say("a"), b: say("b") }, { rounds: 2, warmups: 0, signal });
 * console.assert(order.join("") === "abba");
 * ```
 * @module
 */
export {
  type Contender,
  type Entry,
  type Failure,
  interleave,
  type InterleaveOptions,
  type Ledger,
  type Turn,
} from "./interleave.ts";
export { newTurnstile, type Turnstile } from "./turnstile.ts";
