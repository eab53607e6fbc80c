import { resolve } from "node:path";
import { PipelineError } from "../errors.ts";
import { readTextFile } from "../host/mod.ts";
import { parse } from "../pipeline/mod.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

/** Checks the file alone: neither media nor machine are looked at, so it answers at once and anywhere. */
export async function validate(
  file: string,
  { set, json = false }: { readonly set: Record<string, string>; readonly json?: boolean },
  { output, quiet }: Desk,
): Promise<void> {
  const path = resolve(file);
  try {
    const { name, stages, inputs } = parse(await readTextFile(path, "pipeline file"), { file: path, set });
    if (json) output.result(JSON.stringify({ ok: true, file: path, problems: [] }));
    else if (!quiet)
      output.note(
        `${name} is well formed: ${inputs.length} input${inputs.length === 1 ? "" : "s"}, ${stages.length} stage${stages.length === 1 ? "" : "s"}`,
      );
  } catch (error) {
    if (!json || !(error instanceof PipelineError)) throw error;
    output.result(JSON.stringify({ ok: false, file: path, problems: error.problems }));
    process.exitCode = exits.usage;
  }
}
