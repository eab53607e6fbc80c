import type { Filter } from "../types.ts";
import { renderChain } from "./filter.ts";

/** One chain of a filter graph: pads in, filters, pads out. Pad names are core's own and need no escaping. */
export interface Chain {
  readonly from: readonly string[];
  readonly filters: readonly Filter[];
  readonly to: readonly string[];
}

export function renderGraph(chains: readonly Chain[]): string {
  return chains.map(({ from, filters, to }) => `${pads(from)}${renderChain(filters)}${pads(to)}`).join(";");
}

function pads(names: readonly string[]): string {
  return names.map((name) => `[${name}]`).join("");
}
