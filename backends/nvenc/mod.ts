/**
 * NVIDIA cards: NVENC, with decoding and filters on the card where they do just what was asked.
 *
 * ```ts
 * import nvenc from "./mod.ts";
 *
 * console.assert(nvenc({ device: 1 }).surface?.name === "cuda");
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
  /** CUDA's number of the only card to use. Default: every card that passes, the best first. */
  readonly device?: number;
}

/** The options as core checks them, before this module is asked for anything. */
export const options = {
  type: "object",
  properties: { device: { type: "integer", minimum: 0 } },
  additionalProperties: false,
} as const;

export default function nvenc({ device }: Options = {}): Backend<Facts> {
  return {
    name: "nvenc",
    api: 1,
    needs: {
      read: ["/dev/nvidiactl", "/dev/dxg"],
      env: ["CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "NVIDIA_DRIVER_CAPABILITIES"],
      run: ["nvidia-smi"],
    },
    surface: {
      name: "cuda",
      upload: [
        { name: "format", args: { pix_fmts: "nv12|p010le" }, on: "system" },
        { name: "hwupload", on: "cuda" },
      ],
      download: [
        { name: "hwdownload", on: "cuda" },
        { name: "format", args: { pix_fmts: "nv12" }, on: "system" },
      ],
      download10: [
        { name: "hwdownload", on: "cuda" },
        { name: "format", args: { pix_fmts: "p010le" }, on: "system" },
      ],
    },
    probe: (ctx) => probe(ctx, device),
    score,
    buildArgs,
  };
}
