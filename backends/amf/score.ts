import type { Bid, Codec, Effort, Encode, Pass, Task } from "vendue/backend";
import { profiles, variantsFor } from "./args.ts";
import type { AmfFacts } from "./probe.ts";

/** Pixels a second that even a small card of some years ago manages: speed, balanced, quality. */
const claims: Readonly<Partial<Record<Codec, readonly [number, number, number]>>> = {
  h264: [450e6, 300e6, 180e6],
  hevc: [400e6, 280e6, 150e6],
  av1: [450e6, 320e6, 200e6],
};

/** Against the best software at the same size; h264 is clearly the weakest. */
const qualities: Readonly<Partial<Record<Codec, number>>> = { h264: 0.55, hevc: 0.7, av1: 0.75 };

const least = { width: 256, height: 128 };
const most: Readonly<Partial<Record<Codec, { readonly width: number; readonly height: number }>>> = {
  h264: { width: 4096, height: 2304 },
  hevc: { width: 8192, height: 4320 },
  av1: { width: 8192, height: 4320 },
};

export function scoreTask(task: Task, facts: AmfFacts): Bid | Pass {
  const { encode } = task;
  if (encode === undefined) return { kind: "pass", reason: "it only encodes; its frames stay in system memory" };
  const refusal = refuse(encode, facts);
  if (refusal !== undefined) return { kind: "pass", reason: refusal };
  const codec = facts.codecs[encode.codec];
  const care = careOf(encode.effort);
  const rank = (qualities[encode.codec] ?? 0.5) + (care - 1) * 0.05 + (codec?.bFrames ? 0.05 : 0);
  return {
    kind: "bid",
    speed: speedOf(task, encode, (claims[encode.codec] ?? [])[care] ?? 100e6, facts.cores),
    // On Linux the open driver's encoder looks better than this one.
    quality: facts.os === "linux" ? rank - 0.05 : rank,
    ...(codec && { encoder: codec.encoder }),
    device: "amd",
    ...(encode.rate.kind === "bitrate" && encode.rate.twoPass && { note: "one pass: AMF has no second" }),
    variants: codec
      ? variantsFor(encode, codec).map((name) => ({
          name,
          // Without B-frames it holds fewer frames back, too.
          when: ["FEATURE_REFUSED", ...(name === "no-b-frames" ? ["DEVICE_MEMORY"] : [])],
        }))
      : [],
  };
}

function refuse(
  { codec, bitDepth, width, height, pixelFormat, profile }: Encode,
  { codecs }: AmfFacts,
): string | undefined {
  const facts = codecs[codec];
  const limit = most[codec];
  if (facts === undefined || limit === undefined) return `no ${codec} encoder of AMD's works here`;
  if (!facts.depths.includes(bitDepth)) return `${facts.encoder} has no ${bitDepth}-bit mode here`;
  if (!/^(yuvj?420p(10(le)?)?|nv12|p010(le)?)$/.test(pixelFormat))
    return `${facts.encoder} takes 4:2:0 only, not ${pixelFormat}`;
  if (width < least.width || height < least.height)
    return `${width}x${height} is below AMD's least size of ${least.width}x${least.height}`;
  if (width > limit.width || height > limit.height)
    return `${width}x${height} is above ${limit.width}x${limit.height}, the most ${facts.encoder} is sure to take`;
  if (profile !== undefined && profiles[codec]?.[profile] === undefined)
    return `${facts.encoder} has no profile ${profile}`;
  if (codec === "hevc" && profile !== undefined && (profile === "main10") !== (bitDepth === 10))
    return `hevc's profile ${profile} is not for ${bitDepth} bit`;
  return undefined;
}

function careOf(effort: Effort): 0 | 1 | 2 {
  if (effort === "balanced") return 1;
  return effort === "slow" || effort === "slower" || effort === "best" ? 2 : 0;
}

/** Decoding and ops run on the processor beside the encoder: the slower side sets the pace. */
function speedOf(
  { decodes, inputs, ops }: Task,
  { width, height, fps }: Encode,
  pixelsPerSec: number,
  cores: number,
): number {
  const rate = fps.num / fps.den;
  const decoded = decodes ? Math.max(0, ...inputs.map((video) => video.width * video.height)) * rate : 0;
  const softwareSec = decoded / (cores * 80e6) + (ops.length * width * height * rate) / (cores * 200e6);
  return 1 / Math.max((width * height * rate) / pixelsPerSec, softwareSec);
}
