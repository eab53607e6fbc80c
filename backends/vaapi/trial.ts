import type { Codec, Encode, Filter, ProbeContext, Trial, TrialShape } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { type CodecFacts, type Device, type Facts, openDevice } from "./facts.ts";

/** A device, and what the trials on it are made with. */
export interface Seat extends Pick<Device, "id" | "driver"> {
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

/** The spare frames are those that B-frames and asynchronous encoding hold back. */
export function decodeOnDevice(spareFrames = 8) {
  const hardware = "-hwaccel vaapi -hwaccel_device va -hwaccel_output_format vaapi".split(" ");
  return { on: "vaapi", args: ["-extra_hw_frames", String(spareFrames), ...hardware] } as const;
}

const sample = {
  effort: "balanced",
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
  const { ctx, known, options, driver } = seat;
  const pixelFormat = bitDepth === 10 ? "yuv420p10le" : "yuv420p";
  const args = encodeArgs(
    { ...sample, codec, bitDepth, rate, pixelFormat },
    { ...known, options, ...(driver !== undefined && { driver }) },
  );
  return ctx.tryEncode(
    {
      device: openDevice(seat),
      ...(source && { decode: decodeOnDevice() }),
      ...(filter && { filters: [filter] }),
      encode: { on: "vaapi", args, pixelFormat: bitDepth === 10 ? "p010le" : "nv12" },
    },
    source && { source },
  );
}
