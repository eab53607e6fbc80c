import { closeSync, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { VendueError } from "../errors.ts";

/** Reads a text file that a person named. */
export async function readTextFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "is not there" : code === "EISDIR" ? "is a folder" : `cannot be read (${code})`;
    throw new VendueError("USAGE", `The ${what} ${path} ${reason}`, { hint: "check the path", cause });
  }
}

/** The text of a file that may not be there. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** A file that lines are added to, each of them at once. */
export async function openLogFile(path: string): Promise<{ write(line: string): void; end(): void }> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = openSync(path, "a");
    return { write: (line) => void writeSync(file, line), end: () => closeSync(file) };
  } catch (cause) {
    throw new VendueError("OUTPUT_UNWRITABLE", `The log file ${path} cannot be written: ${oneLine(cause)}`, {
      hint: "choose another --log-file",
      cause,
    });
  }
}

/** The version in the package this code came with. */
export function packageVersion(): string {
  const home = dirname(fileURLToPath(import.meta.url));
  for (const up of ["../..", "../../.."]) {
    const file = join(home, up, "package.json");
    if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  }
  return "unknown";
}

/** What was thrown, whatever it is, as a cell of a table can hold it. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.trim().replace(/\s*\n\s*/g, " ");
}
