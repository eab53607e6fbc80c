import type { AuxFile, Command } from "../types.ts";
import { formatSec, limitsFor } from "../media/mod.ts";
import { inputPath, outputPath } from "./escape.ts";

/** One `-i` with what stands before it. */
export interface InputSpec {
  readonly path: string;
  readonly args?: readonly string[];
  /** Where to seek to, in seconds from the file's own start; zero or absent reads from the start. */
  readonly seekSec?: number;
  /** Only for files that core itself wrote, such as a concat list. */
  readonly trusted?: boolean;
}

export interface OutputSpec {
  readonly args: readonly string[];
  /** Absent: the output is thrown away. */
  readonly path?: string;
}

export interface CommandSpec {
  readonly device?: readonly string[];
  readonly inputs: readonly InputSpec[];
  readonly graph?: string;
  readonly outputs: readonly OutputSpec[];
  readonly files?: readonly AuxFile[];
  /** What is opened without being an input, such as the files of a concat list: failures name these too. */
  readonly opens?: readonly string[];
  /** Measuring filters speak at this level; everything else only when something is odd. */
  readonly logLevel?: "warning" | "info";
  readonly mediaSec: number;
  readonly expectSec: number;
}

/**
 * The whole argument list of one ffmpeg process. Global options first, then inputs, graph and outputs, an order
 * that holds from 5.1 to 8.
 */
export function buildCommand(spec: CommandSpec): Command {
  const {
    device = [],
    inputs,
    graph,
    outputs,
    files = [],
    opens = [],
    logLevel = "warning",
    mediaSec,
    expectSec,
  } = spec;
  const args = ["-hide_banner", "-nostdin", "-y", "-v", `repeat+level+${logLevel}`, "-nostats", ...device];
  for (const input of inputs) pushInput(args, input);
  if (graph) args.push("-filter_complex", graph);
  for (const { args: own, path } of outputs) {
    args.push(...own);
    if (path) args.push(outputPath(path));
    else args.push("-f", "null", "-");
  }
  return {
    program: "ffmpeg",
    args,
    reads: [...new Set([...inputs.map(({ path }) => path), ...opens])],
    writes: outputs.flatMap(({ path }) => (path ? [path] : [])),
    files,
    mediaSec,
    expectSec,
  };
}

function pushInput(args: string[], { path, args: own = [], seekSec = 0, trusted = false }: InputSpec) {
  if (!trusted) args.push(...limitsFor(path));
  args.push(...own);
  // The graph finds the exact frame itself (see the `frames` op), so the seek may land early but never late.
  if (seekSec > 0) args.push("-noaccurate_seek", "-ss", formatSec(seekSec));
  args.push("-i", inputPath(path));
}
