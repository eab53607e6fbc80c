import { dirname, resolve, basename, join } from "node:path";
import type { Pipeline } from "../types.ts";
import type { Problem } from "../errors.ts";
import type { Render } from "./stages.ts";

/** Where an output goes, and the name it has until it is complete. */
export interface Target {
  readonly path: string;
  /** Beside the target, so that the last step is a rename within one file system. */
  readonly part: string;
}

/** Fills a template in. Only names that the parser left for later are here; the rest are already text. */
export function targetOf(pipeline: Pipeline, { stage, timeline, rendition, index }: Render): Target {
  const video = rendition.video === "none" ? undefined : rendition.video;
  const words: Readonly<Record<string, string | number | undefined>> = {
    stage,
    input: timeline.name,
    index,
    rendition: rendition.name,
    codec: video?.codec,
    width: video?.size?.width,
    height: video?.size?.height,
    ext: rendition.container,
  };
  const filled = rendition.output.replace(/\$\{(\w+)\}/g, (whole, word: string) => String(words[word] ?? whole));
  const path = resolve(dirname(pipeline.file), filled);
  return { path, part: join(dirname(path), `.${basename(path)}.vendue-part`) };
}

/** Two outputs alike, or an output that is also an input, would lose a file. */
export function checkTargets(
  targets: readonly { readonly render: Render; readonly path: string }[],
  inputs: ReadonlySet<string>,
) {
  const problems: Problem[] = [];
  const seen = new Map<string, Render>();
  for (const { render, path } of targets) {
    const other = seen.get(path);
    const { at } = render.rendition;
    if (other)
      problems.push({
        code: "OUTPUT_CLASH",
        message: `Two outputs have the same name, ${path}: ${other.stage} and ${render.stage}`,
        hint: "put ${input}, ${rendition} or ${index} into the output's name",
        ...at,
      });
    if (inputs.has(path))
      problems.push({
        code: "OUTPUT_CLASH",
        message: `The output ${path} is also an input`,
        hint: "write to another name or folder; sources are never overwritten",
        ...at,
      });
    seen.set(path, render);
  }
  return problems;
}
