import { writeSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Says how it went in one line, `N passed, N failed`, after everything else that is printed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: ReturnType<TestCase["result"]>["state"]) =>
      tests.filter((test) => test.result().state === state).length;
    // A file that did not load, a broken hook, or a rejection nobody awaited has no test to its name.
    const isFailed = (test: TestCase) => test.result().state === "failed";
    const silent = modules.filter((module) => !module.ok() && ![...module.children.allTests()].some(isFailed));
    const nameless = silent.length + errors.length;
    const [passed, failed, skipped] = [count("passed"), count("failed") + nameless, count("skipped")];
    const line = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(", ");
    process.once("exit", () => writeSync(1, `${line}\n`));
  }
}
