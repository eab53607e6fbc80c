import type { Command } from "../../core/types.ts";
import type { Chain } from "../types.ts";

/** What is really started: a planned command, or the first part of one, with ffmpeg's own account at its end. */
export interface Timed {
  readonly args: readonly string[];
  readonly output?: string;
}

const away = ["-f", "null", "-"];

/**
 * The planned command as far as a chain goes: up to the inputs it only decodes, up to the graph it decodes and filters,
 * and whole it writes the file. Each part is what the whole would do, so their differences mean something.
 */
export function timed({ args, writes }: Command, chain: Chain): Timed {
  const told = withAccount(args);
  const graph = told.indexOf("-filter_complex");
  if (chain === "full" || graph < 0) return { args: told, ...(writes[0] !== undefined && { output: writes[0] }) };
  if (chain === "decode") return { args: [...told.slice(0, graph), "-map", "0:v:0", "-an", ...away] };
  const pad = told[told.indexOf("-map", graph) + 1] ?? "";
  return { args: [...told.slice(0, graph + 2), "-map", pad, "-fps_mode", "passthrough", "-an", ...away] };
}

/** ffmpeg tells its CPU time and memory at the level of information. */
function withAccount(args: readonly string[]): readonly string[] {
  return ["-benchmark", ...args.map((arg) => (arg.startsWith("repeat+level+") ? "repeat+level+info" : arg))];
}

/** Arguments as a report may show them: what they do, and nothing of where files lie. */
export function redacted(args: readonly string[], paths: Readonly<Record<string, string>>): readonly string[] {
  return args.map((arg) =>
    Object.entries(paths).reduce((text, [path, name]) => (path === "" ? text : text.replaceAll(path, name)), arg),
  );
}
