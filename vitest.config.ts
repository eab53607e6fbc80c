import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real encodes on a busy machine take their time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", "./test/reporter.ts"],
  },
});
