import type { Codec } from "vendue/backend";

export const codecs = ["h264", "hevc", "av1", "vp9"] as const satisfies readonly Codec[];

export type RateMode = "CQP" | "ICQ" | "VBR" | "CBR";

export interface CodecFacts {
  readonly depths: readonly number[];
  readonly bframes: boolean;
  /** Some Intel chips have only the low-power entrypoint, older ones only the other. */
  readonly lowPower: boolean;
  readonly modes: readonly RateMode[];
}

/** Bit depths that a trial decoded, scaled and encoded on the device, by codec of the source. */
export type Decodes = { readonly [codec in Codec]?: readonly number[] };

export interface Device {
  /** The node's name, such as renderD128. */
  readonly id: string;
  /** Set where this driver was named to open the node. */
  readonly driver?: string;
  readonly codecs: { readonly [codec in Codec]?: CodecFacts };
  readonly decodes: Decodes;
  /** Filters that ran on this device. */
  readonly filters: readonly string[];
}

export interface Facts {
  readonly cores: number;
  /** By encoder: the options this build has, without the dash. */
  readonly options: { readonly [encoder: string]: readonly string[] };
  /** Most capable first; never empty. */
  readonly devices: readonly Device[];
  /** Nodes that are not used, and why. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** Always by node: left alone, ffmpeg takes the first that opens, which changes between boots. */
export function openDevice({ id, driver }: Pick<Device, "id" | "driver">): readonly string[] {
  const spec = `vaapi=va:/dev/dri/${id}${driver === undefined ? "" : `,driver=${driver}`}`;
  return ["-init_hw_device", spec, "-filter_hw_device", "va"];
}

/** The device a task runs on: the most capable, unless a variant names another. */
export function deviceFor(variant: string | undefined, { devices }: Pick<Facts, "devices">): Device | undefined {
  return devices.find(({ id }) => variant === id) ?? devices[0];
}
