import { isVendueError, PipelineError } from "../errors.ts";
import { environment } from "../host/mod.ts";
import { redact } from "../redact.ts";

/** Where words go: results to stdout, everything else to stderr. */
export interface Output {
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly columns: number;
  result(text: string): void;
  note(text: string): void;
  /** Raw text for a live display. */
  draw(text: string): void;
}

export function createOutput({ stdout, stderr }: Pick<NodeJS.Process, "stdout" | "stderr">): Output {
  const env = environment();
  const plain = env["TERM"] === "dumb" || (env["CI"] ?? "") !== "";
  // A reader that went away, such as head, is no reason to fail.
  stdout.on("error", (error: NodeJS.ErrnoException) => error.code === "EPIPE" || console.error(error));
  return {
    isTerminal: stderr.isTTY === true && !plain,
    color: stderr.isTTY === true && !plain && (env["NO_COLOR"] ?? "") === "",
    columns: stderr.columns ?? 80,
    result: (text) => void stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    draw: (text) => void stderr.write(text),
  };
}

/** The cause first, then what to do. A mistake in a file shows where it stands. Secrets are shown to nobody. */
export function formatError(error: unknown, wishes: { readonly verbose?: boolean } = {}): string {
  return redact(errorText(error, wishes));
}

function errorText(error: unknown, { verbose = false }: { readonly verbose?: boolean }): string {
  if (error instanceof PipelineError)
    return error.problems
      .map(
        ({ code, message, hint, line, column }) =>
          `${code}  ${error.file}:${line}:${column}\n  ${message}${hint ? `\n  hint: ${hint}` : ""}`,
      )
      .join("\n");
  if (isVendueError(error)) {
    const cause =
      verbose && error.cause instanceof Error ? `\n  cause: ${error.cause.stack ?? error.cause.message}` : "";
    return `${error.code}  ${error.message}${error.hint ? `\n  hint: ${error.hint}` : ""}${cause}`;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `UNKNOWN  ${text}\n  hint: this is a bug in vendue; please report it with the command and this text`;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export function paint(text: string, style: keyof typeof codes, { color }: Pick<Output, "color">): string {
  return color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
}
