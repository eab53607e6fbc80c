import { checkLaws, type LawOptions } from "./laws.ts";

/** The seven laws as tests of vitest. Await it at the top of a test file. */
export async function testBackend(options: LawOptions): Promise<void> {
  // Loaded here, so that checking laws without a test runner does not need one.
  const { describe, expect, test } = await import("vitest");
  const verdicts = await checkLaws(options);
  describe(options.backend.name, () => {
    for (const { law, ok, why } of verdicts)
      if (ok === "skipped") test.skip(`${law} (skipped: ${why})`);
      else test(law, () => expect(why).toBe(""));
  });
}
