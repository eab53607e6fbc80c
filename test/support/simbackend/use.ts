import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("sim.mjs", import.meta.url));

export interface Sim {
  readonly name: string;
  readonly encoder: string;
  readonly devices: readonly string[];
  readonly slots?: number;
  readonly speed?: number;
}

/** The `backends:` of a pipeline whose GPUs are simulated; cpu stands at the end. */
export function backendsOf(sims: readonly Sim[]): string {
  return JSON.stringify([...sims.map((options) => ({ use: file, options })), "cpu"]);
}
