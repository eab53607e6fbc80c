import type { Codec } from "vendue/backend";

export const codecs = ["h264", "hevc", "av1", "vp9"] as const satisfies readonly Codec[];

export interface CodecFacts {
  readonly depths: readonly number[];
  readonly bframes: boolean;
  /** Newer chips encode some codecs only in low-power mode, older ones only without it. */
  readonly lowPower: boolean;
  /** Constant quality that follows the picture, or a fixed QP where the chip has only that. */
  readonly quality: "ICQ" | "CQP";
  /** Whether it encodes to a bitrate. */
  readonly vbr: boolean;
  /** Whether it looks ahead when it does. */
  readonly lookahead: boolean;
}

/** What a chip of any age has. */
export const least: CodecFacts = {
  depths: [8],
  bframes: false,
  lowPower: false,
  quality: "CQP",
  vbr: false,
  lookahead: false,
};

/** Bit depths that a trial decoded, scaled and encoded on the device, by codec of the source. */
export type Decodes = { readonly [codec in Codec]?: readonly number[] };

export interface Device {
  /** The render node's name on Linux, the adapter's number on Windows, or `any`. */
  readonly id: string;
  readonly codecs: { readonly [codec in Codec]?: CodecFacts };
  readonly decodes: Decodes;
  /** What vpp_qsv did in a trial: scale, crop, deinterlace, transpose. */
  readonly chores: readonly string[];
}

export interface Facts {
  readonly cores: number;
  /** By encoder: the options this build has, without the dash. */
  readonly options: { readonly [encoder: string]: readonly string[] };
  /** Most capable first; never empty. */
  readonly devices: readonly Device[];
  /** Devices that are not used, and why. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** On Linux the device comes out of VAAPI's, so that the runtime cannot choose another GPU than the one named. */
export function openDevice(id: string): readonly string[] {
  const qsv = ["-filter_hw_device", "qs"];
  if (id.startsWith("renderD"))
    return ["-init_hw_device", `vaapi=va:/dev/dri/${id},driver=iHD`, "-init_hw_device", "qsv=qs@va", ...qsv];
  const child = id === "any" ? "" : `,child_device=${id},child_device_type=d3d11va`;
  return ["-init_hw_device", `qsv=qs:hw_any${child}`, ...qsv];
}

/** The device a task runs on: the most capable, unless a variant names another. */
export function deviceFor(variant: string | undefined, { devices }: Pick<Facts, "devices">): Device | undefined {
  return devices.find(({ id }) => variant === `gpu ${id}`) ?? devices[0];
}
