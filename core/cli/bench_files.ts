import { basename, join, resolve } from "node:path";
import type { Baseline, BenchResult, HistoryLine } from "../../bench/types.ts";
import { VendueError } from "../errors.ts";
import { type Host, identify, readJson, readTextFile } from "../host/mod.ts";

/** Where the bench keeps what belongs under version control, seen from the working directory. */
export const benchFiles = {
  budgets: join("bench", "budgets.yaml"),
  baseline: join("bench", "baseline.json"),
  history: join("bench", "history.jsonl"),
} as const;

/** A result by its file or its run's id; the last one where none is named. */
export async function readResult(given: string | undefined, { settings }: Host): Promise<BenchResult> {
  const folder = join(settings.state_dir, "bench");
  const last = (await readJson(join(folder, "last.json"))) as { readonly run?: string } | undefined;
  if (given === undefined && last?.run === undefined)
    throw new VendueError("USAGE", "No result was named, and nothing was measured before", {
      hint: "measure first: vendue bench run, or name a file that --json wrote",
    });
  const name = given ?? last?.run ?? "";
  const kept = join(folder, "runs", `${name}.json`);
  const file =
    given === undefined || (!(await identify(resolve(name))) && (await identify(kept))) ? kept : resolve(name);
  return parseResult(await readTextFile(file, "bench result"), file);
}

/** A result as it is, or inside an account as `gate --json` and `compare --json` write it. */
function parseResult(text: string, file: string): BenchResult {
  let data: { readonly schema?: string; readonly result?: Partial<BenchResult> } & Partial<BenchResult>;
  try {
    data = JSON.parse(text) as typeof data;
  } catch (cause) {
    throw new VendueError("USAGE", `${file} is not JSON`, { hint: "name a file that vendue bench wrote", cause });
  }
  const result = data?.result ?? data;
  if (result?.schema !== "vendue-bench/1" || !Array.isArray(result.cases))
    throw new VendueError(
      "USAGE",
      `${basename(file)} is no bench result: its schema is ${JSON.stringify(data?.schema)}`,
      {
        hint: "name a file that vendue bench run --json or compare --json wrote",
      },
    );
  return result as BenchResult;
}

/** The text of a file that was named; or of the one in its usual place, if it is there. */
export async function readNamed(
  given: string | undefined,
  usual: string,
  what: string,
): Promise<{ readonly file: string; readonly text: string | undefined }> {
  const file = resolve(given ?? usual);
  if (given !== undefined) return { file, text: await readTextFile(file, what) };
  // Nobody asked for it, so it may be missing, but not unreadable.
  return { file, text: await readTextFile(file, what).catch(orMissing) };
}

function orMissing(error: unknown): undefined {
  const { cause } = error as { readonly cause?: NodeJS.ErrnoException };
  if (cause?.code !== "ENOENT") throw error;
  return undefined;
}

export async function readBaseline(
  given: string | undefined,
): Promise<{ readonly file: string; readonly baseline: Baseline }> {
  const { emptyBaseline, parseBaseline } = await import("../../bench/baseline/mod.ts");
  const { file, text } = await readNamed(given, benchFiles.baseline, "baseline");
  return { file, baseline: text === undefined ? emptyBaseline : parseBaseline(text, file) };
}

export async function readHistory(
  given: string | undefined,
): Promise<{ readonly file: string; readonly text: string; readonly lines: readonly HistoryLine[] }> {
  const { parseHistory } = await import("../../bench/baseline/mod.ts");
  const { file, text = "" } = await readNamed(given, benchFiles.history, "history");
  return { file, text, lines: parseHistory(text, file) };
}
