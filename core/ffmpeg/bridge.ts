import type { SurfaceInfo } from "../backend/mod.ts";
import type { Filter, Op, Surface } from "../types.ts";
import { inSoftware } from "./software.ts";

export interface BridgeOptions {
  readonly surface?: SurfaceInfo | undefined;
  readonly from?: Surface;
  readonly to?: Surface;
  /** Bits per sample as decoded, and as they leave the device's own filters. */
  readonly depths?: { readonly source: number; readonly target: number };
}

/** Puts an upload or download wherever two neighbours sit on different surfaces. */
export function bridge(steps: readonly (Filter | Op)[], options: BridgeOptions): readonly Filter[] {
  const { surface, from = "system", to = "system", depths = { source: 8, target: 8 } } = options;
  const out: Filter[] = [];
  let here: Surface = from;
  let depth = depths.source;
  function move(there: Surface) {
    if (there === here || there === "any" || surface === undefined) return;
    const { name, upload, download, download10 = download } = surface;
    out.push(...(there === name ? upload : depth > 8 ? download10 : download));
    here = there;
  }
  for (const step of steps)
    for (const filter of "kind" in step ? inSoftware(step) : [step]) {
      move(filter.on);
      // A device converts depth with its first filter; timestamps change nothing.
      if (filter.on !== "any") depth = depths.target;
      out.push(filter);
    }
  move(to);
  return out;
}
