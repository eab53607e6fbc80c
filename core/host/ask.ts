import { readdir } from "node:fs/promises";

/** Somebody at a terminal. */
export interface Asker {
  /** What was typed; nothing where only the return key was. */
  ask(question: string): Promise<string | undefined>;
  say(text: string): void;
  close(): void;
}

/** Only there where a person can see the question and answer it. Questions go to stderr, like all that is no result. */
export async function askOnTerminal(signal: AbortSignal): Promise<Asker | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: stdin, output: stderr });
  return {
    ask: async (question) => (await lines.question(question, { signal })).trim() || undefined,
    say: (text) => void stderr.write(`${text}\n`),
    close: () => lines.close(),
  };
}

const mediaName = /\.(?:mp4|mov|mkv|webm|ts|m4v|avi|mxf|mpg|wav|flac|m4a|mp3)$/i;

/** A few clips that lie in a folder, by their names. */
export async function mediaNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names
    .filter((name) => mediaName.test(name))
    .sort()
    .slice(0, 8);
}
