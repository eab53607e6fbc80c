import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { expect, test } from "vitest";
import { root } from "../support/project.ts";
import { rows } from "./rows.ts";
import { corpusTable } from "./table.ts";

const file = join(root, "docs/media.md");
const between = /(<!-- corpus -->\n)[^]*?(<!-- end of corpus -->)/;

test("the table in docs/media.md is what the corpus asserts (UPDATE_DOCS=1 writes it)", async () => {
  const text = readFileSync(file, "utf8");
  const filled = await format(
    text.replace(between, (_, start: string, end: string) => `${start}\n${corpusTable(rows)}\n\n${end}`),
    {
      parser: "markdown",
      printWidth: 120,
    },
  );
  expect(text).toMatch(between);
  if (process.env["UPDATE_DOCS"]) writeFileSync(file, filled);
  else expect(text).toBe(filled);
});

test("every row has a name of its own", () => {
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});
