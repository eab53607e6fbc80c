import type { Codec, Encode, Filter, ProbeContext, Trial, TrialShape } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { type CodecFacts, type Facts, openDevice } from "./facts.ts";

/** A device, and what the trials on it are made with. */
export interface Seat {
  readonly id: string;
  readonly ctx: ProbeContext;
  readonly options: Facts["options"];
}

export interface Wish {
  readonly bitDepth?: 8 | 10;
  readonly rate?: Encode["rate"];
  readonly filter?: Filter;
  /** Decodes a clip of this kind on the device. */
  readonly source?: NonNullable<TrialShape["source"]>;
}

/** ffmpeg takes the decoder of the same name by itself; the spare frames are those the encoder holds back. */
export function decodeOnDevice(spareFrames = 16) {
  const hardware = "-hwaccel qsv -hwaccel_device qs -hwaccel_output_format qsv".split(" ");
  return { on: "qsv", args: ["-extra_hw_frames", String(spareFrames), ...hardware] } as const;
}

const sample = {
  effort: "best",
  width: 640,
  height: 480,
  fps: { num: 30, den: 1 },
  color: {},
  gopFrames: 30,
  container: "mkv",
} as const;

/** Encodes a generated second with just these features, built the way a job's arguments are. */
export function tryCodec(codec: Codec, seat: Seat & { readonly known: CodecFacts }, wish: Wish = {}): Promise<Trial> {
  const { bitDepth = 8, rate = { kind: "quality", quality: 70, x264Crf: 23, kbps: 1200 }, filter, source } = wish;
  const { id, ctx, known, options } = seat;
  const pixelFormat = bitDepth === 10 ? "yuv420p10le" : "yuv420p";
  const args = encodeArgs({ ...sample, codec, bitDepth, rate, pixelFormat }, { ...known, options });
  return ctx.tryEncode(
    {
      device: openDevice(id),
      ...(source && { decode: decodeOnDevice() }),
      ...(filter && { filters: [filter] }),
      encode: { on: "qsv", args, pixelFormat: bitDepth === 10 ? "p010le" : "nv12" },
    },
    source && { source },
  );
}
