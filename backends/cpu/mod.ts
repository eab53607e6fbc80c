/**
 * Software: every encoder that this ffmpeg brings and that really encodes here. It decodes and filters as core
 * does anyway, so all it adds is the encoder's arguments; it is the floor under every ladder.
 *
 * ```ts
 * import cpu from "./mod.ts";
 *
 * console.assert(cpu().accel === false);
 * ```
 * @module
 */
import type { Backend, Codec, Encode, ProbeContext, Task } from "vendue/backend";
import { encodeArgs } from "./arguments.ts";
import { refusalOf, type SoftwareEncoder, softwareEncoders } from "./encoders.ts";
import { careOf, speedOf } from "./speed.ts";

/** What was proven on this machine, best first within each codec. */
export interface Facts {
  readonly cores: number;
  readonly encoders: readonly { readonly name: string; readonly codec: Codec; readonly depths: readonly (8 | 10)[] }[];
}

export default function cpu(): Backend<Facts> {
  return {
    name: "cpu",
    api: 1,
    accel: false,
    async probe(ctx) {
      const listed = softwareEncoders.filter(({ name }) => ctx.ffmpeg.encoders.includes(name));
      if (listed.length === 0)
        return {
          state: "absent",
          reason: "this ffmpeg was built without a software encoder",
          hint: "install a full build, with libx264 or libopenh264",
        };
      const tried = await Promise.all(listed.map((encoder) => prove(encoder, ctx)));
      const encoders = tried.flatMap(({ name, codec, depths }) => (depths.length > 0 ? [{ name, codec, depths }] : []));
      if (encoders.length === 0)
        return { state: "absent", reason: `no software encoder opened: ${tried.map(({ line }) => line).join("; ")}` };
      return { state: "ready", facts: { cores: ctx.platform.cores, encoders } };
    },
    score(task, facts) {
      const { encode } = task;
      if (encode === undefined) return { kind: "bid", speed: speedOf(task, facts), quality: 1, basis: "claimed" };
      const { encoder, reason } = choose(encode, facts);
      if (encoder === undefined) return { kind: "pass", reason };
      const quality = Number((careOf[encode.effort] * encoder.skill).toFixed(3));
      const speed = speedOf(task, { cores: facts.cores, encoder });
      return {
        kind: "bid",
        speed,
        quality,
        encoder: encoder.name,
        basis: "claimed",
        ...(reason !== "" && { note: reason }),
      };
    },
    buildArgs({ ops, encode }: Task, facts) {
      const encoder = encode && choose(encode, facts).encoder;
      if (encode === undefined || encoder === undefined) return { filters: ops };
      return {
        filters: ops,
        encode: { on: "system", args: encodeArgs(encoder, encode), pixelFormat: encode.pixelFormat },
      };
    },
  };
}

/** The first encoder that can, with what spoke against those before it. */
function choose(encode: Encode, { encoders }: Facts): { readonly encoder?: SoftwareEncoder; readonly reason: string } {
  const reasons: string[] = [];
  for (const { name, codec, depths } of encoders) {
    const known = softwareEncoders.find((one) => one.name === name);
    if (known === undefined || codec !== encode.codec) continue;
    const refusal = refusalOf({ ...known, depths }, encode);
    if (refusal === undefined) return { encoder: known, reason: reasons.join("; ") };
    reasons.push(refusal);
  }
  return { reason: reasons.join("; ") || `no software encoder for ${encode.codec} works here` };
}

/** Listed is not working: each depth is tried, since libraries are often built with one of them only. */
async function prove(encoder: SoftwareEncoder, { tryEncode }: ProbeContext) {
  const depths: (8 | 10)[] = [];
  let line = "works";
  for (const bitDepth of encoder.depths) {
    const encode = trialOf(encoder.codec, bitDepth);
    const parts = {
      encode: { on: "system", args: encodeArgs(encoder, encode), pixelFormat: encode.pixelFormat },
    } as const;
    const trial = await tryEncode(parts, { frames: 3 });
    if (trial.ok) depths.push(bitDepth);
    else line = trial.line;
  }
  return { name: encoder.name, codec: encoder.codec, depths, line: `${encoder.name}: ${line}` };
}

function trialOf(codec: Codec, bitDepth: 8 | 10): Encode {
  return {
    codec,
    bitDepth,
    effort: "fastest",
    rate: { kind: "quality", quality: 70, x264Crf: 23, kbps: 1200 },
    width: 640,
    height: 480,
    fps: { num: 30, den: 1 },
    pixelFormat: bitDepth === 10 ? "yuv420p10le" : "yuv420p",
    color: {},
    gopFrames: 60,
    container: "mkv",
  };
}
