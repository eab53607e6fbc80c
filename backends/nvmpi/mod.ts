/**
 * The encoder of NVIDIA's Jetson boards, through an ffmpeg patched with `nvmpi`. Boards without an encoder are told
 * by their missing device node and are never touched: asking them anyway can freeze the board.
 *
 * ```ts
 * import nvmpi from "./mod.ts";
 *
 * const { name, needs } = nvmpi();
 * console.assert(name === "nvmpi" && needs?.read?.includes("/etc/nv_tegra_release"));
 * ```
 * @module
 */
import type { Backend } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { needs, type NvmpiFacts, probeNvmpi } from "./probe.ts";
import { scoreTask } from "./score.ts";

export default function nvmpi(): Backend<NvmpiFacts> {
  return {
    name: "nvmpi",
    api: 1,
    needs,
    probe: probeNvmpi,
    score: scoreTask,
    buildArgs({ ops, encode }, { codecs }) {
      const facts = encode && codecs[encode.codec];
      if (encode && !facts) throw new Error(`nvmpi did not bid for ${encode.codec}: no encoder of it opened here`);
      return { filters: ops, ...(encode && facts && { encode: encodeArgs(encode, facts) }) };
    },
  };
}
