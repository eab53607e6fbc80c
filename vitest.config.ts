import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real encodes on a busy machine take their time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Left alone it keeps a core for itself, and on two cores runs one file at a time; most files wait for ffmpeg.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ["default", "./test/reporter.ts"],
  },
});
