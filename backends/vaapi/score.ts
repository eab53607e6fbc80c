import type { Bid, Codec, Effort, Encode, Pass, Task, VideoInfo } from "vendue/backend";
import { rateMode } from "./args.ts";
import { type CodecFacts, type Device, deviceFor, type Facts } from "./facts.ts";
import { depthOf, route } from "./filters.ts";
import { numberFor } from "./quality.ts";

/** Pixels a second, as a small chip of the slowest generation manages; bench knows better. */
const encodes: Readonly<Record<Codec, number>> = { h264: 4e8, hevc: 3e8, av1: 3.5e8, vp9: 2.5e8 };
const [decodesOnDevice, filtersOnDevice, uploads] = [7e8, 1.5e9, 1.5e9];
const [decodesPerCore, filtersPerCore] = [1.5e8, 2.5e8];

/** AMD's h264 is the weakest; which chip this is shows only where Intel's driver answers. */
const qualities: Readonly<Record<Codec, number>> = { h264: 0.68, hevc: 0.76, av1: 0.8, vp9: 0.76 };
const intelGain = 0.06;
/** Only Intel's driver has levels of effort. */
const efforts: Readonly<Record<Effort, { readonly pace: number; readonly care: number }>> = {
  fastest: { pace: 1.4, care: -0.05 },
  faster: { pace: 1.3, care: -0.03 },
  fast: { pace: 1.15, care: -0.02 },
  balanced: { pace: 1, care: 0 },
  slow: { pace: 0.85, care: 0.01 },
  slower: { pace: 0.7, care: 0.02 },
  best: { pace: 0.6, care: 0.03 },
};

export function score(task: Task, facts: Facts): Bid | Pass {
  const { encode } = task;
  const device = deviceFor(undefined, facts);
  if (device === undefined) return { kind: "pass", reason: "no device was found" };
  const way = route(task, device);
  const reason = encode ? refuse(encode, device) : way.refusal;
  if (reason !== undefined) return { kind: "pass", reason };

  const isIntel = device.driver === "iHD";
  const onDevice = way.refusal === undefined;
  const worked = task.ops.some(({ kind }) => kind !== "frames");
  const cores = Math.min(8, facts.cores);
  const pixels = Math.max(0, ...task.inputs.map(pixelsPerSec));
  const out = encode ? pixelsPerSec(encode) : 0;
  const { pace, care } = encode && isIntel ? efforts[encode.effort] : efforts.balanced;
  const secPerSec =
    (task.decodes ? pixels / (way.decodes ? decodesOnDevice : decodesPerCore * cores) : 0) +
    (worked ? pixels / (onDevice ? filtersOnDevice : filtersPerCore * Math.min(4, cores)) : 0) +
    (way.decodes && onDevice ? 0 : (out || pixels) / uploads) +
    (encode ? out / (encodes[encode.codec] * pace) : 0);
  const bid = { kind: "bid", speed: Math.min(1000, 1 / Math.max(secPerSec, 1e-3)), basis: "claimed" } as const;
  const known = encode && device.codecs[encode.codec];
  if (!encode || !known) return { ...bid, quality: 1, device: device.id };
  const note = noteFor(encode, known);
  return {
    ...bid,
    quality: qualities[encode.codec] + (isIntel ? intelGain + care : 0) - (known.bframes ? 0 : 0.03),
    encoder: `${encode.codec}_vaapi`,
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
  if (rate.kind === "bitrate" && !known.modes.some((mode) => mode === "VBR" || mode === "CBR"))
    return `the driver of ${device.id} encodes ${codec} by quality only, not to a bitrate`;
  return undefined;
}

function profiles(codec: Codec, bitDepth: number): readonly string[] {
  if (codec === "h264") return ["baseline", "constrained_baseline", "main", "high"];
  return codec === "hevc" && bitDepth === 10 ? ["main10"] : codec === "vp9" ? [] : ["main"];
}

function noteFor(encode: Encode, { modes }: CodecFacts): string | undefined {
  const { rate, codec } = encode;
  if (rate.kind === "crf")
    return `crf ${rate.crf} of the software encoder becomes ${numberFor(rate.x264Crf, codec)} on this ${rateMode(encode, modes)} scale`;
  return rate.kind === "bitrate" && rate.twoPass ? "two_pass: ignored, this encoder has one" : undefined;
}

function variantsFor({ codec, bitDepth }: Encode, device: Device, { devices }: Facts): NonNullable<Bid["variants"]> {
  const others = devices.filter((one) => one !== device && one.codecs[codec]?.depths.includes(bitDepth));
  const elsewhere = ["DEVICE_BUSY", "DEVICE_MEMORY", "DEVICE_LOST", "DEVICE_MISSING", "STALLED", "CRASHED"];
  return [
    { name: device.codecs[codec]?.lowPower ? "normal power" : "low power", when: ["FEATURE_REFUSED"] },
    { name: "plain", when: ["FEATURE_REFUSED"] },
    // One frame at a time, no B-frames, few to spare.
    { name: "less memory", when: ["DEVICE_MEMORY"] },
    ...softer(device),
    ...others.map(({ id }) => ({ name: id, device: id, when: elsewhere })),
  ];
}

/** An earlier stage of the same command may decode, so this goes by the device and not by the task. */
function softer({ decodes, filters }: Device): NonNullable<Bid["variants"]> {
  const reads = Object.values(decodes).some((depths) => depths.length > 0);
  if (!reads && filters.length === 0) return [];
  return [{ name: "software decode", when: [...(reads ? ["DECODE_REFUSED"] : []), "VERIFY_FAILED", "UNKNOWN"] }];
}

function pixelsPerSec({ width, height, fps }: VideoInfo | Encode): number {
  return (width * height * fps.num) / fps.den;
}
