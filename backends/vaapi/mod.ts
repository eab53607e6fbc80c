/**
 * VAAPI: Intel and AMD on Linux, with decoding and filters on the device where they do just what was asked.
 *
 * ```ts
 * import vaapi from "./mod.ts";
 *
 * console.assert(vaapi({ node: "renderD129" }).surface?.name === "vaapi");
 * ```
 * @module
 */
import type { Backend } from "vendue/backend";
import { buildArgs } from "./build.ts";
import type { Facts } from "./facts.ts";
import { probe } from "./probe.ts";
import { score } from "./score.ts";

export type { Facts } from "./facts.ts";

export interface Options {
  /** The only node under /dev/dri to use. Default: every node that passes, the most capable first. */
  readonly node?: string;
}

/** The options as core checks them, before this module is asked for anything. */
export const options = {
  type: "object",
  properties: { node: { type: "string", pattern: "^renderD[0-9]+$" } },
  additionalProperties: false,
} as const;

export default function vaapi({ node }: Options = {}): Backend<Facts> {
  return {
    name: "vaapi",
    api: 1,
    needs: { read: ["/dev/dri"], env: ["LIBVA_DRIVER_NAME"], run: ["vainfo"] },
    surface: {
      name: "vaapi",
      upload: [
        // Without it AMD's driver answers "invalid VASurfaceID".
        { name: "format", args: { pix_fmts: "nv12|p010le" }, on: "system" },
        { name: "hwupload", on: "vaapi" },
      ],
      download: [
        { name: "hwdownload", on: "vaapi" },
        { name: "format", args: { pix_fmts: "nv12" }, on: "system" },
      ],
      download10: [
        { name: "hwdownload", on: "vaapi" },
        { name: "format", args: { pix_fmts: "p010le" }, on: "system" },
      ],
    },
    probe: (ctx) => probe(ctx, node),
    score,
    buildArgs,
  };
}
