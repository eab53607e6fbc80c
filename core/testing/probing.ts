import { type Backend, checkProbe, type ProbeContext } from "../backend/mod.ts";
import type { Probe } from "../types.ts";
import { fakeContext, type Machine } from "./machine.ts";

/** Facts that JSON cannot carry are a matter of their own law. */
export const aboutFacts = (why: string) => why.startsWith("holds facts");

export interface Probed {
  readonly probe?: Probe;
  readonly wrong: readonly string[];
}

/** Probes a described machine; whatever goes wrong is told, not thrown. */
export async function probeOn(
  backend: Backend,
  machine: Machine,
  limitMs: number,
  tryEncode?: ProbeContext["tryEncode"],
): Promise<Probed> {
  const limit = new AbortController();
  const { ctx, asked } = fakeContext(machine, { needs: backend.needs, signal: limit.signal });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => (timer = setTimeout(() => resolve("late"), limitMs)));
  try {
    const found: unknown = await Promise.race([backend.probe(tryEncode ? { ...ctx, tryEncode } : ctx), late]);
    if (found === "late") return { wrong: [`probe() did not end within ${limitMs / 1000} s`] };
    const wrong = checkProbe(found);
    const strayed = asked.forbidden.map((what) => `probe() asked for ${what}, which its needs do not state`);
    // Facts that JSON cannot carry are a matter of their own law; everything else makes the answer useless.
    const usable = wrong.every(aboutFacts);
    return { wrong: [...wrong, ...strayed], ...(usable && { probe: found as Probe }) };
  } catch (error) {
    const strayed = asked.forbidden.map((what) => `asked for ${what}, which its needs do not state`);
    return { wrong: [`probe() threw: ${messageOf(error)}`, ...strayed] };
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
