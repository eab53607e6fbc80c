/**
 * The conformance kit: seven laws that every backend keeps, on machines described in data. Under vitest it is
 * `await testBackend({ backend, machine })`; without a runner:
 *
 * ```ts
 * import type { Backend } from "vendue/backend";
 * import { checkLaws } from "vendue/testing";
 *
 * const shy: Backend = {
 *   name: "shy",
 *   api: 1,
 *   probe: async ({ platform }) =>
 *     platform.os === "linux" ? { state: "ready", facts: {} } : { state: "absent", reason: "not Linux" },
 *   score: () => ({ kind: "pass", reason: "only an example" }),
 *   buildArgs: () => ({}),
 * };
 * const verdicts = await checkLaws({ backend: shy, machine: { os: "linux" } });
 * console.assert(verdicts.every(({ ok }) => ok !== false));
 * ```
 * @module
 */
export { checkLaws, type LawNumber, type LawOptions, laws, type Verdict } from "./laws.ts";
export {
  type Asked,
  emptyMachine,
  fakeContext,
  type FakeContextOptions,
  type Machine,
  type TrialRule,
} from "./machine.ts";
export { testBackend } from "./suite.ts";
export { sampleTasks } from "./tasks.ts";
