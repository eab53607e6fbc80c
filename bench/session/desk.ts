import type { Backend } from "../../core/backend/mod.ts";
import { type LoadedBackend, loadBackends } from "../../core/host/mod.ts";
import { survey } from "../../core/mod.ts";
import type { BackendUse, Codec, Effort, Size, Survey } from "../../core/types.ts";
import type { Rig } from "../measure/mod.ts";
import { findScorer, type Scorer } from "../quality/mod.ts";

/** How far a session is; `leftSec` is a guess from the turns so far. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly leftSec: number;
  readonly doing: string;
}

/** What to measure with: every session may be narrowed the same way. */
export interface Choice {
  readonly clips?: readonly string[];
  readonly codecs?: readonly Codec[];
  readonly backends?: readonly string[];
  readonly effort: Effort;
  readonly size?: Size;
}

/** What every session works with. */
export interface BenchDesk {
  readonly rig: Rig;
  readonly survey: Survey;
  readonly backends: readonly Backend[];
  readonly loaded: readonly LoadedBackend[];
  readonly scorer: Scorer;
  readonly tell: (progress: Progress) => void;
  /** The folder it was called in, whose commit a result names. */
  readonly folder: string;
}

export interface DeskOptions {
  /** Backends beside the built-in ones. */
  readonly strangers?: readonly BackendUse[];
  /** The folder that specifiers are resolved against. */
  readonly base: string;
  readonly tell?: (progress: Progress) => void;
}

/** Asks the machine once: who is ready, and with what pictures can be scored. */
export async function openDesk(
  rig: Rig,
  { strangers = [], base, tell = () => undefined }: DeskOptions,
): Promise<BenchDesk> {
  const { host, signal } = rig;
  const [own, others] = await Promise.all([
    loadBackends([], base),
    strangers.length > 0 ? loadBackends(strangers, base) : { loaded: [], broken: [] },
  ]);
  const loaded = [...own.loaded, ...others.loaded];
  const found = await survey({ loaded, broken: [...own.broken, ...others.broken], host }, { signal });
  const backends = loaded.map(({ backend }) => backend);
  return { rig, survey: found, backends, loaded, scorer: await findScorer(rig), tell, folder: base };
}
