/**
 * AMD's own encoders (AMF): h264, hevc and av1. Windows first; on Linux it needs AMD's runtime, and vaapi is the
 * better way. Frames stay in system memory, so every op is left to core.
 *
 * ```ts
 * import amf from "./mod.ts";
 *
 * const { name, needs } = amf();
 * console.assert(name === "amf" && needs?.env?.includes("SystemRoot"));
 * ```
 * @module
 */
import type { Backend } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { type AmfFacts, needs, probeAmf } from "./probe.ts";
import { scoreTask } from "./score.ts";

export default function amf(): Backend<AmfFacts> {
  return {
    name: "amf",
    api: 1,
    needs,
    probe: probeAmf,
    score: scoreTask,
    buildArgs({ ops, encode, variant }, { codecs }) {
      const facts = encode && codecs[encode.codec];
      if (encode && !facts) throw new Error(`amf did not bid for ${encode.codec}: no encoder of it opened here`);
      return { filters: ops, ...(encode && facts && { encode: encodeArgs(encode, facts, variant) }) };
    },
  };
}
