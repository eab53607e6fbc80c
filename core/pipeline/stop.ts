import { PipelineError, type Problem } from "../errors.ts";
import type { Desk } from "./desk.ts";

/** Throws every mistake at once, in the order of the file and each once; nothing where there is none. */
export function stopIfWrong(file: string, { problems }: Desk): void {
  if (problems.length === 0) return;
  const seen = new Set<string>();
  const once = problems.filter(({ line, column, message }) => {
    const key = `${line}:${column}:${message}`;
    return !seen.has(key) && seen.add(key);
  });
  throw new PipelineError(
    file,
    once.sort((a: Problem, b: Problem) => a.line - b.line || a.column - b.column),
  );
}
