import { type Delta, namesIn, textIn } from "./tree.ts";

export interface EngineLoad {
  readonly encoder?: number;
  readonly decoder?: number;
  /** The busiest engine of all. */
  readonly most?: number;
}

const encoders = /^(?:enc|enc_1|video|vcs|vecs)$/;
const decoders = /^dec/;

/**
 * How busy our own processes keep the engines of a card, as the kernel counts it beside each open file. Intel's video
 * engine does both ways, and is told as the encoder.
 */
export async function busyEngines({
  proc,
  pids,
  address,
  delta,
}: {
  readonly proc: string;
  readonly pids: readonly number[];
  readonly address: string;
  readonly delta: Delta;
}): Promise<EngineLoad> {
  const totals = new Map<string, number>();
  const seen = new Set<string>();
  for (const pid of pids)
    for (const fd of await namesIn(proc, String(pid), "fdinfo")) {
      const words = readFdinfo((await textIn(proc, String(pid), "fdinfo", fd)) ?? "");
      const client = `${pid} ${words.get("drm-client-id") ?? fd}`;
      if (words.get("drm-pdev") !== address || seen.has(client)) continue;
      seen.add(client);
      for (const [engine, busyNs] of enginesOf(words)) totals.set(engine, (totals.get(engine) ?? 0) + busyNs);
    }
  const ratios = [...totals].flatMap(([engine, busyNs]) => {
    const work = delta(`${address} ${engine}`, busyNs);
    return work && work.grown >= 0 ? [[engine, Math.min(1, work.grown / 1e6 / work.ms)] as const] : [];
  });
  const most = (which: RegExp) => ratios.filter(([engine]) => which.test(engine)).map(([, ratio]) => ratio);
  const [encoder, decoder, all] = [encoders, decoders, /./].map(most).map((found) => found.sort((a, b) => b - a)[0]);
  return {
    ...(encoder !== undefined && { encoder }),
    ...(decoder !== undefined && { decoder }),
    ...(all !== undefined && { most: all }),
  };
}

function readFdinfo(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^(drm-[\w-]+):\s*(.*)$/gm)].map(([, name = "", value = ""]) => [name, value.trim()]),
  );
}

/** Busy nanoseconds by engine, for one engine of its kind where there are several. */
function enginesOf(words: ReadonlyMap<string, string>): readonly (readonly [string, number])[] {
  return [...words].flatMap(([name, value]) => {
    const engine = /^drm-engine-(?!capacity-)([\w-]+)$/.exec(name)?.[1];
    if (engine === undefined) return [];
    const capacity = Number.parseInt(words.get(`drm-engine-capacity-${engine}`) ?? "1", 10) || 1;
    const ns = Number.parseInt(value, 10);
    return Number.isFinite(ns) ? [[engine, ns / capacity] as const] : [];
  });
}
