import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("the types of everything hold, the contract's own tests in test/types among them", async () => {
  const { exitCode, stdout } = await execa(process.execPath, ["node_modules/typescript/bin/tsc", "--pretty", "false"], {
    cwd: root,
    reject: false,
  });
  expect(stdout).toBe("");
  expect(exitCode).toBe(0);
});
