import type { Bid, Codec, Effort, Encode, Pass, Task, VideoInfo } from "vendue/backend";
import { mostCq } from "./args.ts";
import { type Device, deviceFor, type Facts, labelOf } from "./facts.ts";
import { depthOf, route } from "./filters.ts";
import { cqFor } from "./quality.ts";

/** Pixels a second, as the slowest generation that has the codec manages; bench knows better. */
const encodes: Readonly<Record<string, number>> = { h264: 7e8, hevc: 6.5e8, av1: 8e8 };
const pace: Readonly<Record<Effort, number>> = {
  fastest: 1.4,
  faster: 1.3,
  fast: 1.2,
  balanced: 1,
  slow: 0.75,
  slower: 0.55,
  best: 0.4,
};
const [decodesOnCard, filtersOnCard, uploads] = [9e8, 4e9, 1.5e9];
const [decodesPerCore, filtersPerCore] = [1.5e8, 2.5e8];

const qualities: Readonly<Record<string, number>> = { h264: 0.8, hevc: 0.82, av1: 0.86 };
const care: Readonly<Record<Effort, number>> = {
  fastest: -0.08,
  faster: -0.06,
  fast: -0.03,
  balanced: 0,
  slow: 0.02,
  slower: 0.03,
  best: 0.04,
};

export function score(task: Task, facts: Facts): Bid | Pass {
  const { encode } = task;
  const device = deviceFor(undefined, facts);
  if (device === undefined) return { kind: "pass", reason: "no card was found" };
  const way = route(task, device, facts);
  const reason = encode ? refuse(encode, device) : way.refusal;
  if (reason !== undefined) return { kind: "pass", reason };

  const onCard = way.refusal === undefined;
  const worked = task.ops.some(({ kind }) => kind !== "frames");
  const cores = Math.min(8, facts.cores);
  const pixels = Math.max(0, ...task.inputs.map(pixelsPerSec));
  const out = encode ? pixelsPerSec(encode) : 0;
  const speed = encode ? (encodes[encode.codec] ?? 5e8) * pace[encode.effort] : 1;
  const secPerSec =
    (task.decodes ? pixels / (way.decodes ? decodesOnCard : decodesPerCore * cores) : 0) +
    (worked ? pixels / (onCard ? filtersOnCard : filtersPerCore * Math.min(4, cores)) : 0) +
    (way.decodes && onCard ? 0 : (out || pixels) / uploads) +
    out / speed;
  const bid = { kind: "bid", speed: Math.min(1000, 1 / Math.max(secPerSec, 1e-3)), basis: "claimed" } as const;
  if (!encode) return { ...bid, quality: 1, device: labelOf(device) };
  const note = noteFor(encode, facts);
  const features = device.codecs[encode.codec]?.features ?? "plain";
  const lacking = { full: 0, bframes: 0.02, plain: 0.06 }[features];
  return {
    ...bid,
    quality: (qualities[encode.codec] ?? 0.75) + care[encode.effort] - lacking,
    encoder: `${encode.codec}_nvenc`,
    device: labelOf(device),
    ...(device.slots !== undefined && { slots: device.slots }),
    ...(note !== undefined && { note }),
    variants: variantsFor(encode, device, facts),
  };
}

function refuse({ codec, bitDepth, width, height, pixelFormat, profile }: Encode, device: Device): string | undefined {
  const known = device.codecs[codec];
  const most = codec === "h264" ? 4096 : 8192;
  if (known === undefined) return device.chipless ?? `gpu ${device.id} has no ${codec} encoder`;
  if (depthOf(pixelFormat) !== bitDepth)
    return `${pixelFormat} was not proven on the card; yuv420p and yuv420p10le are`;
  if (!known.depths.includes(bitDepth)) return `gpu ${device.id} does not encode ${codec} in ${bitDepth} bits`;
  if (width < 256 || height < 128) return `${width}x${height} is smaller than some hardware encodes (256x128)`;
  if (width > most || height > most)
    return `${width}x${height} is larger than the ${codec} encoder takes (${most}x${most})`;
  if (profile !== undefined && !profiles(codec, bitDepth).includes(profile))
    return `it has no ${codec} profile ${profile}`;
  return undefined;
}

function profiles(codec: Codec, bitDepth: number): readonly string[] {
  if (codec === "h264") return ["baseline", "main", "high"];
  return codec === "hevc" && bitDepth === 10 ? ["main10"] : ["main"];
}

function noteFor({ rate, codec }: Encode, facts: Facts): string | undefined {
  if (rate.kind === "crf") {
    const number = cqFor(rate.x264Crf, codec, mostCq(codec, facts));
    return `crf ${rate.crf} of the software encoder becomes ${number} on NVENC's scale`;
  }
  const twoPass = rate.kind === "bitrate" && rate.twoPass;
  return twoPass ? "two_pass: one run, with the encoder's own two passes over each frame" : undefined;
}

function variantsFor({ codec, bitDepth }: Encode, device: Device, { devices }: Facts): NonNullable<Bid["variants"]> {
  const others = devices.filter((one) => one !== device && one.codecs[codec]?.depths.includes(bitDepth));
  const elsewhere = ["DEVICE_BUSY", "DEVICE_MEMORY", "DEVICE_LOST", "DEVICE_MISSING", "STALLED", "CRASHED"];
  return [
    { name: "plain", when: ["FEATURE_REFUSED"] },
    // No look-ahead, no B-frames, no frames to spare.
    { name: "less memory", when: ["DEVICE_MEMORY"] },
    ...softer(device),
    ...others.map((one) => ({ name: `gpu ${one.id}`, device: labelOf(one), when: elsewhere })),
  ];
}

/** An earlier stage of the same command may decode, so this goes by the card and not by the task. */
function softer({ decodes, filters }: Device): NonNullable<Bid["variants"]> {
  const reads = Object.values(decodes).some((depths) => depths.length > 0);
  if (!reads && filters.length === 0) return [];
  return [{ name: "software decode", when: [...(reads ? ["DECODE_REFUSED"] : []), "VERIFY_FAILED", "UNKNOWN"] }];
}

function pixelsPerSec({ width, height, fps }: VideoInfo | Encode): number {
  return (width * height * fps.num) / fps.den;
}
