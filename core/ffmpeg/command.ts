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

/** What is read and drawn, up to the outputs. */
export interface Opening {
  readonly device?: readonly string[];
  readonly inputs: readonly InputSpec[];
  readonly graph?: string;
  /** What is opened without being an input, such as the files of a concat list: failures name these too. */
  readonly opens?: readonly string[];
  /** Measuring filters speak at this level; everything else only when something is odd. */
  readonly logLevel?: "warning" | "info";
}

export interface Closing {
  readonly outputs: readonly OutputSpec[];
  readonly files?: readonly AuxFile[];
  readonly mediaSec: number;
  readonly expectSec: number;
}

export type CommandSpec = Opening & Closing;

/**
 * The whole argument list of one ffmpeg process. Global options first, then inputs, graph and outputs, an order
 * that holds from 5.1 to 8.
 */
export function buildCommand(spec: CommandSpec): Command {
  return openCommand(spec)(spec);
}

/** The same for commands that read and draw alike, and differ in their outputs. */
export function openCommand({ device = [], inputs, graph, opens = [], logLevel = "warning" }: Opening) {
  const head = ["-hide_banner", "-nostdin", "-y", "-v", `repeat+level+${logLevel}`, "-nostats", ...device];
  for (const input of inputs) pushInput(head, input);
  if (graph) head.push("-filter_complex", graph);
  const reads = [...new Set([...inputs.map(({ path }) => path), ...opens])];
  return ({ outputs, files = [], mediaSec, expectSec }: Closing): Command => ({
    program: "ffmpeg",
    args: outputs.reduce((all, { args, path }) => all.concat(args, path ? [outputPath(path)] : nowhere), head),
    reads,
    writes: outputs.map(({ path }) => path).filter((path) => path !== undefined),
    files,
    mediaSec,
    expectSec,
  });
}

const nowhere = ["-f", "null", "-"];

function pushInput(args: string[], { path, args: own = [], seekSec = 0, trusted = false }: InputSpec) {
  if (!trusted) args.push(...limitsFor(path));
  args.push(...own);
  // The graph finds the exact frame itself (see the `frames` op), so the seek may land early but never late.
  if (seekSec > 0) args.push("-noaccurate_seek", "-ss", formatSec(seekSec));
  args.push("-i", inputPath(path));
}
