/**
 * Intel Quick Sync, with decoding and filters on the device where they do just what was asked.
 *
 * ```ts
 * import qsv from "./mod.ts";
 *
 * console.assert(qsv({ device: "renderD129" }).surface?.name === "qsv");
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
  /**
   * The only device to use: a node under /dev/dri on Linux, the number of an adapter on Windows. Default: every one
   * that passes, the most capable first.
   */
  readonly device?: string;
}

/** The options as core checks them, before this module is asked for anything. */
export const options = {
  type: "object",
  properties: { device: { type: "string", pattern: "^(renderD)?[0-9]+$" } },
  additionalProperties: false,
} as const;

export default function qsv({ device }: Options = {}): Backend<Facts> {
  return {
    name: "qsv",
    api: 1,
    needs: { read: ["/dev/dri"] },
    surface: {
      name: "qsv",
      upload: [
        { name: "format", args: { pix_fmts: "nv12|p010le" }, on: "system" },
        { name: "hwupload", args: { extra_hw_frames: 16 }, on: "qsv" },
      ],
      download: [
        { name: "hwdownload", on: "qsv" },
        { name: "format", args: { pix_fmts: "nv12" }, on: "system" },
      ],
      download10: [
        { name: "hwdownload", on: "qsv" },
        { name: "format", args: { pix_fmts: "p010le" }, on: "system" },
      ],
    },
    probe: (ctx) => probe(ctx, device),
    score,
    buildArgs,
  };
}
