import type { Bid, Codec, Encode, Pass, Task } from "vendue/backend";
import { kbpsOf, gopSec, profiles } from "./args.ts";
import type { MediaCodecFacts } from "./probe.ts";

/** Pixels a second that a phone of the middle class manages; av1 and vp9 may be software in disguise. */
const claims: Readonly<Record<Codec, number>> = { h264: 110e6, hevc: 90e6, av1: 30e6, vp9: 30e6 };

/** Against the best software at the same size: visibly lower. */
const qualities: Readonly<Record<Codec, number>> = { h264: 0.35, hevc: 0.45, av1: 0.45, vp9: 0.4 };

const least = { width: 256, height: 128 };

export function scoreTask(task: Task, facts: MediaCodecFacts): Bid | Pass {
  const { encode } = task;
  if (encode === undefined) return { kind: "pass", reason: "it only encodes; its frames stay in system memory" };
  const refusal = refuse(encode, facts);
  if (refusal !== undefined) return { kind: "pass", reason: refusal };
  const codec = facts.codecs[encode.codec];
  const note = noteOn(encode);
  return {
    kind: "bid",
    speed: speedOf(task, encode, facts.cores),
    quality: qualities[encode.codec],
    ...(codec && { encoder: codec.encoder }),
    device: "android",
    // Codec instances are few, and shared with the camera and calls.
    slots: 1,
    ...(note !== "" && { note }),
    variants: [{ name: codec?.pixelFormat === "nv12" ? "yuv420p" : "nv12", when: ["FEATURE_REFUSED"] }],
  };
}

function refuse(encode: Encode, { codecs }: MediaCodecFacts): string | undefined {
  const { codec, bitDepth, width, height, pixelFormat, profile } = encode;
  const facts = codecs[codec];
  if (facts === undefined) return `this device has no ${codec} encoder that works`;
  if (bitDepth !== 8) return `${facts.encoder} has no ${bitDepth}-bit mode in any ffmpeg`;
  if (!/^(yuvj?420p|nv12)$/.test(pixelFormat)) return `${facts.encoder} takes 4:2:0 only, not ${pixelFormat}`;
  if (width < least.width || height < least.height)
    return `${width}x${height} is below the ${least.width}x${least.height} that every device takes`;
  const { most } = facts;
  if (Math.max(width, height) > most.width || Math.min(width, height) > most.height)
    return `${width}x${height} is above ${most.width}x${most.height}, the most that was seen to work here`;
  if (gopSec(encode) < 1)
    return `keyframes less than a second apart (every ${encode.gopFrames} frames) cannot be had from MediaCodec`;
  if (profile !== undefined && !profiles[codec].includes(profile)) return `${facts.encoder} has no profile ${profile}`;
  if (profile !== undefined && !facts.profiles)
    return "this ffmpeg cannot ask the device for a profile; 6.1 and later can";
  return undefined;
}

function noteOn(encode: Encode): string {
  const { rate, gopFrames, fps } = encode;
  const asked =
    rate.kind === "quality" ? `quality ${rate.quality}` : rate.kind === "crf" ? `crf ${rate.crf}` : undefined;
  const exactSec = (gopFrames * fps.den) / fps.num;
  return [
    ...(asked ? [`MediaCodec has no usable quality mode: ${asked} became ${kbpsOf(encode)} kb/s`] : []),
    ...(rate.kind === "bitrate" && rate.maxKbps !== undefined
      ? [`no cap of its own: ${rate.kbps} kb/s is held constant`]
      : []),
    ...(rate.kind === "bitrate" && rate.twoPass ? ["one pass instead of two"] : []),
    ...(Math.abs(exactSec - gopSec(encode)) > 0.05 ? [`keyframes every ${gopSec(encode)} s: whole seconds only`] : []),
  ].join("; ");
}

/** Decoding and ops run on the processor beside the encoder: the slower side sets the pace. */
function speedOf({ decodes, inputs, ops }: Task, { codec, width, height, fps }: Encode, cores: number): number {
  const rate = fps.num / fps.den;
  const decoded = decodes ? Math.max(0, ...inputs.map((video) => video.width * video.height)) * rate : 0;
  const softwareSec = decoded / (cores * 25e6) + (ops.length * width * height * rate) / (cores * 60e6);
  return 1 / Math.max((width * height * rate) / claims[codec], softwareSec);
}
