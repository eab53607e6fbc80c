import type { Codec } from "vendue/backend";
import type { Card } from "./cards.ts";

/** The codecs NVENC ever had; VP9 it only decodes. */
export const codecs = ["h264", "hevc", "av1"] as const satisfies readonly Codec[];

/** What a trial encode proved: B-frames with references and look-ahead, B-frames alone, or neither. */
export type Features = "full" | "bframes" | "plain";

export interface CodecFacts {
  readonly features: Features;
  readonly depths: readonly number[];
}

/** Bit depths that a trial decoded, scaled and encoded on the card, by codec of the source. */
export type Decodes = { readonly [codec in Codec]?: readonly number[] };

export interface Device {
  /** CUDA's number of the card. */
  readonly id: string;
  /** Left out where nvidia-smi is missing, or where its rows cannot be told apart. */
  readonly card?: Card;
  /** How many encodes at once; absent where there is no limit. */
  readonly slots?: number;
  readonly codecs: { readonly [codec in Codec]?: CodecFacts };
  readonly decodes: Decodes;
  /** Filters that ran on this card. */
  readonly filters: readonly string[];
  /** Why it encodes nothing, where it does not. */
  readonly chipless?: string;
}

export interface Facts {
  readonly release: readonly [number, number];
  readonly cores: number;
  /** By encoder: the options this build has, without the dash. */
  readonly options: { readonly [encoder: string]: readonly string[] };
  /** Best first; never empty. */
  readonly devices: readonly Device[];
  /** Cards that are not used, and why. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** Every command names its card, since ffmpeg 8 lends a decoder's device to nobody. */
export function openDevice(id: string): readonly string[] {
  return ["-init_hw_device", `cuda=cu:${id}`, "-filter_hw_device", "cu"];
}

/** Number, UUID and name, so that an operator can ask for the card by any of them. */
export function labelOf({ id, card }: Pick<Device, "id" | "card">): string {
  return card ? `${id} ${card.uuid} ${card.name}` : id;
}

/** The card a task runs on: the best, unless a variant names another. */
export function deviceFor(variant: string | undefined, { devices }: Pick<Facts, "devices">): Device | undefined {
  return devices.find(({ id }) => variant === `gpu ${id}`) ?? devices[0];
}
