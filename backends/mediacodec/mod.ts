/**
 * The encoder of a phone or tablet, through Android's MediaCodec. It has no quality mode worth the name and no
 * B-frames, sets keyframes on whole seconds, and takes one job at a time.
 *
 * ```ts
 * import mediacodec from "./mod.ts";
 *
 * const { name, needs } = mediacodec();
 * console.assert(name === "mediacodec" && needs === undefined);
 * ```
 * @module
 */
import type { Backend } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { type MediaCodecFacts, probeMediaCodec } from "./probe.ts";
import { scoreTask } from "./score.ts";

export default function mediacodec(): Backend<MediaCodecFacts> {
  return {
    name: "mediacodec",
    api: 1,
    probe: probeMediaCodec,
    score: scoreTask,
    buildArgs({ ops, encode, variant }, { codecs }) {
      const facts = encode && codecs[encode.codec];
      if (encode && !facts) throw new Error(`mediacodec did not bid for ${encode.codec}: no encoder of it opened here`);
      return { filters: ops, ...(encode && facts && { encode: encodeArgs(encode, facts, variant) }) };
    },
  };
}
