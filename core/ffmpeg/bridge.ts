import type { SurfaceInfo } from "../backend/mod.ts";
import type { Filter, Op, Surface } from "../types.ts";
import { inSoftware } from "./software.ts";

export interface BridgeOptions {
  readonly surface?: SurfaceInfo | undefined;
  readonly from?: Surface;
  readonly to?: Surface;
}

/** Puts an upload or download wherever two neighbours sit on different surfaces. */
export function bridge(steps: readonly (Filter | Op)[], { surface, from = "system", to = "system" }: BridgeOptions) {
  const out: Filter[] = [];
  let here: Surface = from;
  function move(there: Surface) {
    if (there === here || there === "any" || surface === undefined) return;
    out.push(...(there === surface.name ? surface.upload : surface.download));
    here = there;
  }
  for (const filter of steps.flatMap((step) => ("kind" in step ? inSoftware(step) : [step]))) {
    move(filter.on);
    out.push(filter);
  }
  move(to);
  return out;
}
