import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { anyBuild } from "../ffmpeg.ts";
import type { Call, Machine } from "./machine.ts";

/** The program that takes ffmpeg's place. */
export const standin = fileURLToPath(new URL("ffmpeg", import.meta.url));

export interface Standin {
  /** For processes that call it. */
  readonly env: Readonly<Record<string, string>>;
  /** Every call that a described encoder got, in order. */
  calls(): Promise<readonly Call[]>;
}

/** Puts a machine in place. Its calls are counted anew. */
export async function setUp(machine: Machine, folder: string): Promise<Standin> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, "machine.json");
  await rm(`${file}.calls`, { recursive: true, force: true });
  await writeFile(file, JSON.stringify(machine));
  return {
    env: {
      VENDUE_FFMPEG: standin,
      STANDIN_MACHINE: file,
      STANDIN_FFMPEG: anyBuild,
      STANDIN_NODE: process.execPath,
    },
    async calls() {
      const text = await readFile(join(`${file}.calls`, "log.jsonl"), "utf8").catch(() => "");
      return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Call]));
    },
  };
}
