import { writeWhole } from "../host/mod.ts";

/** Linux takes no single argument of 128 KiB; the graph of a talk with hundreds of cuts is longer. */
const mostChars = 120_000;

interface GraphDesk {
  /** Where the graph may be left: beside the part, so that it goes when the part does. */
  readonly beside: string;
  readonly release: readonly [number, number];
}

/** The same arguments, with a graph that is too long for one of them in a file that ffmpeg reads. */
export async function spillGraph(args: readonly string[], { beside, release }: GraphDesk): Promise<readonly string[]> {
  const at = args.indexOf("-filter_complex");
  const graph = args[at + 1];
  if (at < 0 || graph === undefined || graph.length <= mostChars) return args;
  const path = `${beside}.graph`;
  await writeWhole(path, graph);
  // The old option is on its way out, and the new one came with 7.0.
  const option = release[0] < 7 ? "-filter_complex_script" : "-/filter_complex";
  return args.with(at, option).with(at + 1, path);
}
