import { readFile } from "node:fs/promises";
import type { Studio } from "./studio.ts";

interface Against {
  readonly reference: string;
  readonly frames: number;
}

/** Mean VMAF of outputs against one reference, frame by frame by number. Not a number where this ffmpeg cannot. */
export async function vmafOf<Name extends string>(
  studio: Studio,
  { reference, frames }: Against,
  names: readonly Name[],
): Promise<Readonly<Record<Name, number>>> {
  const scores: [Name, number][] = [];
  for (const name of names) {
    const graph = ["[0:v]", "[1:v]"].map((pad, nth) => `${pad}trim=end_frame=${frames},settb=1/1000,setpts=N[p${nth}]`);
    const log = `out/${name}.json`;
    const script = `"$SCORER" -hide_banner -nostdin -v error -i out/${name}.mp4 -i ${reference} -filter_complex '${graph.join(";")};[p0][p1]libvmaf=n_threads=2:n_subsample=5:log_fmt=json:log_path=${log}' -f null -`;
    const score = await studio
      .script(script)
      .then(async () => JSON.parse(await readFile(studio.path(log), "utf8")) as VmafLog)
      .then((read) => read.pooled_metrics.vmaf.mean)
      .catch(() => Number.NaN);
    scores.push([name, score]);
  }
  return Object.fromEntries(scores) as Record<Name, number>;
}

interface VmafLog {
  readonly pooled_metrics: { readonly vmaf: { readonly mean: number } };
}
