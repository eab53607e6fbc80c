import type { Codec } from "vendue/backend";

/** The codecs NVENC ever had; VP9 it only decodes. */
export const codecs = ["h264", "hevc", "av1"] as const satisfies readonly Codec[];

/** What a trial encode proved: B-frames with references and look-ahead, B-frames alone, or neither. */
export type Features = "full" | "bframes" | "plain";

export interface CodecFacts {
  readonly features: Features;
  readonly depths: readonly number[];
}

export interface Device {
  /** CUDA's number of the card. */
  readonly id: string;
  readonly codecs: { readonly [codec in Codec]?: CodecFacts };
  /** Filters that ran on this card. */
  readonly filters: readonly string[];
}

export interface Facts {
  readonly release: readonly [number, number];
  readonly cores: number;
  /** Whether this ffmpeg can decode on the card at all. */
  readonly decodes: boolean;
  /** By encoder: the options this build has, without the dash. */
  readonly options: { readonly [encoder: string]: readonly string[] };
  /** Most capable first; never empty. */
  readonly devices: readonly Device[];
  /** Cards without an encoder, in the driver's words. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** Every command names its card, since ffmpeg 8 lends a decoder's device to nobody. */
export function openDevice(id: string): readonly string[] {
  return ["-init_hw_device", `cuda=cu:${id}`, "-filter_hw_device", "cu"];
}

/** The card a task runs on: the most capable, unless a variant names another. */
export function deviceFor(variant: string | undefined, { devices }: Facts): Device | undefined {
  return devices.find(({ id }) => variant === `gpu ${id}`) ?? devices[0];
}
