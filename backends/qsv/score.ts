import type { Bid, Codec, Effort, Encode, Pass, Task, VideoInfo } from "vendue/backend";
import { type CodecFacts, type Device, deviceFor, type Facts } from "./facts.ts";
import { depthOf, route } from "./filters.ts";
import { numberFor } from "./quality.ts";

/** Pixels a second, as a small chip of the slowest generation manages; bench knows better. */
const encodes: Readonly<Record<Codec, number>> = { h264: 4.5e8, hevc: 3.5e8, av1: 4e8, vp9: 2.5e8 };
const [decodesOnDevice, filtersOnDevice, uploads] = [7e8, 1.5e9, 1.5e9];
const [decodesPerCore, filtersPerCore] = [1.5e8, 2.5e8];

const qualities: Readonly<Record<Codec, number>> = { h264: 0.78, hevc: 0.83, av1: 0.86, vp9: 0.77 };
/** The presets change little. */
const efforts: Readonly<Record<Effort, { readonly pace: number; readonly care: number }>> = {
  fastest: { pace: 1.4, care: -0.04 },
  faster: { pace: 1.4, care: -0.04 },
  fast: { pace: 1.2, care: -0.02 },
  balanced: { pace: 1, care: 0 },
  slow: { pace: 0.85, care: 0.01 },
  slower: { pace: 0.75, care: 0.02 },
  best: { pace: 0.65, care: 0.02 },
};

export function score(task: Task, facts: Facts): Bid | Pass {
  const { encode } = task;
  const device = deviceFor(undefined, facts);
  if (device === undefined) return { kind: "pass", reason: "no device was found" };
  const way = route(task, device);
  const reason = encode ? refuse(encode, device) : way.refusal;
  if (reason !== undefined) return { kind: "pass", reason };

  const onDevice = way.refusal === undefined;
  const worked = task.ops.some(({ kind }) => kind !== "frames");
  const cores = Math.min(8, facts.cores);
  const pixels = Math.max(0, ...task.inputs.map(pixelsPerSec));
  const out = encode ? pixelsPerSec(encode) : 0;
  const secPerSec =
    (task.decodes ? pixels / (way.decodes ? decodesOnDevice : decodesPerCore * cores) : 0) +
    (worked ? pixels / (onDevice ? filtersOnDevice : filtersPerCore * Math.min(4, cores)) : 0) +
    (way.decodes && onDevice ? 0 : (out || pixels) / uploads) +
    (encode ? out / (encodes[encode.codec] * efforts[encode.effort].pace) : 0);
  const bid = { kind: "bid", speed: Math.min(1000, 1 / Math.max(secPerSec, 1e-3)), basis: "claimed" } as const;
  const known = encode && device.codecs[encode.codec];
  if (!encode || !known) return { ...bid, quality: 1, device: device.id };
  const note = noteFor(encode, known);
  return {
    ...bid,
    quality:
      qualities[encode.codec] + efforts[encode.effort].care - (known.bframes || encode.codec === "vp9" ? 0 : 0.03),
    encoder: `${encode.codec}_qsv`,
    device: device.id,
    ...(note !== undefined && { note }),
    variants: variantsFor(encode, device, facts),
  };
}

function refuse(
  { codec, bitDepth, width, height, pixelFormat, profile, rate }: Encode,
  device: Device,
): string | undefined {
  const known = device.codecs[codec];
  const most = codec === "h264" ? 4096 : 8192;
  if (known === undefined) return `${device.id} has no ${codec} encoder`;
  if (depthOf(pixelFormat) !== bitDepth)
    return `${pixelFormat} was not proven on the device; yuv420p and yuv420p10le are`;
  if (!known.depths.includes(bitDepth)) return `${device.id} does not encode ${codec} in ${bitDepth} bits`;
  if (width < 256 || height < 128) return `${width}x${height} is smaller than some hardware encodes (256x128)`;
  if (width > most || height > most)
    return `${width}x${height} is larger than the ${codec} encoder takes (${most}x${most})`;
  if (profile !== undefined && !profiles(codec, bitDepth).includes(profile))
    return `it has no ${codec} profile ${profile}`;
  if (rate.kind === "bitrate" && !known.vbr) return `${device.id} encodes ${codec} by quality only, not to a bitrate`;
  return undefined;
}

function profiles(codec: Codec, bitDepth: number): readonly string[] {
  if (codec === "h264") return ["baseline", "main", "high"];
  return codec === "hevc" && bitDepth === 10 ? ["main10"] : codec === "vp9" ? [] : ["main"];
}

function noteFor({ rate, codec }: Encode, { quality }: CodecFacts): string | undefined {
  if (rate.kind === "crf")
    return `crf ${rate.crf} of the software encoder becomes ${numberFor(rate.x264Crf, codec, quality)} on this ${quality} scale`;
  return rate.kind === "bitrate" && rate.twoPass ? "two_pass: ignored, this encoder has one" : undefined;
}

function variantsFor({ codec, bitDepth }: Encode, device: Device, { devices }: Facts): NonNullable<Bid["variants"]> {
  const others = devices.filter((one) => one !== device && one.codecs[codec]?.depths.includes(bitDepth));
  const elsewhere = ["DEVICE_BUSY", "DEVICE_MEMORY", "DEVICE_LOST", "DEVICE_MISSING", "STALLED", "CRASHED"];
  return [
    { name: device.codecs[codec]?.lowPower ? "normal power" : "low power", when: ["FEATURE_REFUSED"] },
    { name: "plain", when: ["FEATURE_REFUSED"] },
    // One frame at a time, no look-ahead, no B-frames, few to spare.
    { name: "less memory", when: ["DEVICE_MEMORY"] },
    ...softer(device),
    ...others.map(({ id }) => ({ name: `gpu ${id}`, device: id, when: elsewhere })),
  ];
}

/** An earlier stage of the same command may decode, so this goes by the device and not by the task. */
function softer({ decodes, chores }: Device): NonNullable<Bid["variants"]> {
  const reads = Object.values(decodes).some((depths) => depths.length > 0);
  if (!reads && chores.length === 0) return [];
  return [{ name: "software decode", when: [...(reads ? ["DECODE_REFUSED"] : []), "VERIFY_FAILED", "UNKNOWN"] }];
}

function pixelsPerSec({ width, height, fps }: VideoInfo | Encode): number {
  return (width * height * fps.num) / fps.den;
}
