import type { Bid, Codec, Effort, Encode, Pass, Task } from "vendue/backend";
import { kbpsOf, profiles } from "./args.ts";
import type { NvmpiFacts } from "./probe.ts";

/** Pixels a second that a small board manages, frames copied in by its processor. */
const claims: Readonly<Record<Effort, number>> = {
  fastest: 180e6,
  faster: 150e6,
  fast: 150e6,
  balanced: 120e6,
  slow: 80e6,
  slower: 80e6,
  best: 80e6,
};

/** Against the best software at the same size. */
const qualities: Readonly<Partial<Record<Codec, number>>> = { h264: 0.5, hevc: 0.55 };

const least = { width: 256, height: 128 };
/** Larger than this, an AGX Orin was reported to fail. */
const most = { width: 3840, height: 2160 };

export function scoreTask(task: Task, facts: NvmpiFacts): Bid | Pass {
  const { encode } = task;
  if (encode === undefined) return { kind: "pass", reason: "it only encodes; its frames stay in system memory" };
  const refusal = refuse(encode, facts);
  if (refusal !== undefined) return { kind: "pass", reason: refusal };
  const encoder = facts.codecs[encode.codec]?.encoder;
  const note = noteOn(encode);
  return {
    kind: "bid",
    speed: speedOf(task, encode, facts.cores),
    quality: qualities[encode.codec] ?? 0.5,
    ...(encoder !== undefined && { encoder }),
    device: "jetson",
    slots: 1,
    ...(note !== "" && { note }),
  };
}

function refuse(
  { codec, bitDepth, width, height, pixelFormat, profile }: Encode,
  { codecs }: NvmpiFacts,
): string | undefined {
  const facts = codecs[codec];
  if (facts === undefined) return `this board has no ${codec} encoder that works`;
  if (bitDepth !== 8) return `${facts.encoder} has no ${bitDepth}-bit mode: it reads yuv420p only`;
  if (!/^(yuvj?420p|nv12)$/.test(pixelFormat)) return `${facts.encoder} takes 4:2:0 only, not ${pixelFormat}`;
  if (width < least.width || height < least.height)
    return `${width}x${height} is below ${least.width}x${least.height}, the least it is trusted with`;
  if (Math.max(width, height) > most.width || Math.min(width, height) > most.height)
    return `${width}x${height} is above ${most.width}x${most.height}, the most it is trusted with`;
  if (profile !== undefined && !profiles[codec]?.includes(profile)) return `${facts.encoder} has no profile ${profile}`;
  return undefined;
}

function noteOn(encode: Encode): string {
  const { rate } = encode;
  const asked =
    rate.kind === "quality" ? `quality ${rate.quality}` : rate.kind === "crf" ? `crf ${rate.crf}` : undefined;
  return [
    ...(asked ? [`nvmpi has no quality mode: ${asked} became ${kbpsOf(encode)} kb/s`] : []),
    ...(rate.kind === "bitrate" && rate.maxKbps !== undefined
      ? [`no cap of its own: ${rate.kbps} kb/s is held constant`]
      : []),
    ...(rate.kind === "bitrate" && rate.twoPass ? ["one pass instead of two"] : []),
  ].join("; ");
}

/** Decoding and ops run on the processor beside the encoder: the slower side sets the pace. */
function speedOf({ decodes, inputs, ops }: Task, { effort, width, height, fps }: Encode, cores: number): number {
  const rate = fps.num / fps.den;
  const decoded = decodes ? Math.max(0, ...inputs.map((video) => video.width * video.height)) * rate : 0;
  const softwareSec = decoded / (cores * 25e6) + (ops.length * width * height * rate) / (cores * 60e6);
  return 1 / Math.max((width * height * rate) / claims[effort], softwareSec);
}
