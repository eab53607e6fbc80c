import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Problem } from "../errors.ts";
import type { Pipeline } from "../types.ts";

const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Finds the files that the inputs name. A name that exists as it stands is never taken for a glob. */
export async function expandInputs({ file, inputs }: Pipeline) {
  const base = dirname(file);
  const found: Record<string, readonly string[]> = {};
  const problems: Problem[] = [];
  for (const { name, pattern, at } of inputs) {
    const plain = resolve(base, pattern);
    const isGlob = /[*?[\]{}!]/.test(pattern) && !existsSync(plain);
    found[name] = isGlob ? await expand(pattern, base) : [plain];
    if (!isGlob && !existsSync(plain))
      problems.push({
        code: "INPUT_MISSING",
        message: `The input ${name} is not there: ${plain}`,
        hint: "check the path; it is relative to the pipeline file",
        ...at,
      });
    if (isGlob && found[name].length === 0)
      problems.push({
        code: "INPUT_MISSING",
        message: `The input ${name} matches no file: ${pattern}`,
        hint: `the pattern is relative to ${base}`,
        ...at,
      });
  }
  return { inputs: found, problems };
}

async function expand(pattern: string, base: string): Promise<readonly string[]> {
  const { glob } = await import("tinyglobby");
  const paths = await glob(pattern, { cwd: base, absolute: true, onlyFiles: true, expandDirectories: false });
  // Half-written outputs of another run are not media.
  return paths
    .map((path) => resolve(path))
    .filter((path) => !path.includes(".vendue-part"))
    .sort((a, b) => natural.compare(a, b));
}
