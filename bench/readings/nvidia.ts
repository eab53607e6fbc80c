/** One reading of one card. What the driver does not tell is left out, since it is unknown and not zero. */
export interface NvidiaReading {
  readonly uuid: string;
  readonly encoderPercent?: number;
  readonly decoderPercent?: number;
  readonly powerW?: number;
  readonly videoMhz?: number;
  /** Why the clocks are lower than they could be; idle and user settings are no reason to worry. */
  readonly throttled?: boolean;
}

const fields = [
  "uuid",
  "utilization.encoder",
  "utilization.decoder",
  "power.draw",
  "clocks.current.video",
  "clocks_throttle_reasons.active",
] as const;

/** Five readings a second until it is ended. */
export const nvidiaArgs: readonly string[] = [
  `--query-gpu=${fields.join(",")}`,
  "--format=csv,noheader,nounits",
  "-lms",
  "200",
];

/** Bits of the mask that are a choice or an idle card: GPU idle, applications clocks setting, display clock setting. */
const harmless = 0x1n | 0x2n | 0x100n;

export function readNvidia(text: string): readonly NvidiaReading[] {
  return text.split("\n").flatMap((row) => {
    const [uuid = "", encoder, decoder, power, clock, mask = ""] = row.split(",").map((cell) => cell.trim());
    if (!uuid.startsWith("GPU-")) return [];
    const [encoderPercent, decoderPercent, powerW, videoMhz] = [encoder, decoder, power, clock].map(toNumber);
    return {
      uuid,
      ...(encoderPercent !== undefined && { encoderPercent }),
      ...(decoderPercent !== undefined && { decoderPercent }),
      ...(powerW !== undefined && { powerW }),
      ...(videoMhz !== undefined && { videoMhz }),
      ...(/^0x[\da-f]+$/i.test(mask) && { throttled: (BigInt(mask) & ~harmless) !== 0n }),
    };
  });
}

function toNumber(cell = ""): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : undefined;
}
