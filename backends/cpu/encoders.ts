import type { Codec, Effort, Encode } from "vendue/backend";

/** What is known of one software encoder without looking at the machine. */
export interface SoftwareEncoder {
  readonly name: string;
  readonly codec: Codec;
  readonly depths: readonly (8 | 10)[];
  /** Chroma layouts, as pixel formats spell them. */
  readonly chroma: readonly string[];
  /** Profiles a pipeline may ask for, and the bit depths they hold. */
  readonly profiles: Readonly<Record<string, readonly (8 | 10)[]>>;
  /** Whether the profile is an option; where it is not, it follows from the pixels. */
  readonly saysProfile: boolean;
  /** The numbers its crf takes; absent where it has none. */
  readonly crf?: readonly [number, number];
  readonly twoPass: boolean;
  /** Whether a peak bitrate is held. */
  readonly caps: boolean;
  readonly preset: (effort: Effort) => readonly string[];
  /** Pixels per second of two cores at `balanced`. */
  readonly pixelsPerSec: number;
  /** How much faster than `balanced` each effort is. */
  readonly pace: Readonly<Record<Effort, number>>;
  /** Against the best encoder of its codec. */
  readonly skill: number;
}

type Ladder<Value> = Readonly<Record<Effort, Value>>;

const xPreset: Ladder<string> = {
  fastest: "ultrafast",
  faster: "veryfast",
  fast: "fast",
  balanced: "medium",
  slow: "slow",
  slower: "slower",
  best: "veryslow",
};
const svtPreset: Ladder<number> = { fastest: 13, faster: 11, fast: 10, balanced: 8, slow: 7, slower: 6, best: 5 };
const aomSpeed: Ladder<number> = { fastest: 8, faster: 7, fast: 6, balanced: 5, slow: 4, slower: 3, best: 2 };
const vpxSpeed: Ladder<number> = { fastest: 5, faster: 5, fast: 4, balanced: 3, slow: 2, slower: 1, best: 0 };

const h264Profiles = {
  baseline: [8],
  main: [8],
  high: [8],
  high10: [8, 10],
  high422: [8, 10],
  high444: [8, 10],
} as const;

/** In order of preference within each codec. */
export const softwareEncoders: readonly SoftwareEncoder[] = [
  {
    name: "libx264",
    codec: "h264",
    depths: [8, 10],
    chroma: ["420", "422", "444"],
    profiles: h264Profiles,
    saysProfile: true,
    crf: [0, 51],
    twoPass: true,
    caps: true,
    skill: 1,
    preset: (effort) => ["-preset", xPreset[effort]],
    pixelsPerSec: 73e6,
    pace: { fastest: 7, faster: 3.4, fast: 1.4, balanced: 1, slow: 0.6, slower: 0.3, best: 0.17 },
  },
  {
    // Its only knob is a bitrate: what Fedora ships in place of libx264.
    name: "libopenh264",
    codec: "h264",
    depths: [8],
    chroma: ["420"],
    profiles: { constrained_baseline: [8], main: [8], high: [8] },
    saysProfile: true,
    twoPass: false,
    caps: true,
    skill: 0.7,
    preset: () => ["-rc_mode", "bitrate"],
    pixelsPerSec: 180e6,
    pace: { fastest: 1, faster: 1, fast: 1, balanced: 1, slow: 1, slower: 1, best: 1 },
  },
  {
    name: "libx265",
    codec: "hevc",
    depths: [8, 10],
    chroma: ["420", "422", "444"],
    profiles: { main: [8], main10: [8, 10] },
    saysProfile: true,
    crf: [0, 51],
    twoPass: true,
    caps: true,
    skill: 1,
    preset: (effort) => ["-preset", xPreset[effort]],
    pixelsPerSec: 22e6,
    pace: { fastest: 6, faster: 3, fast: 1.7, balanced: 1, slow: 0.4, slower: 0.15, best: 0.08 },
  },
  {
    // ffmpeg hands it no second pass, and newer versions refuse a peak beside a bitrate: libaom takes those.
    name: "libsvtav1",
    codec: "av1",
    depths: [8, 10],
    chroma: ["420"],
    profiles: { main: [8, 10] },
    saysProfile: false,
    crf: [1, 63],
    twoPass: false,
    caps: false,
    skill: 1,
    preset: (effort) => ["-preset", String(svtPreset[effort])],
    pixelsPerSec: 45e6,
    pace: { fastest: 7, faster: 3.5, fast: 2.5, balanced: 1, slow: 0.7, slower: 0.45, best: 0.28 },
  },
  {
    name: "libaom-av1",
    codec: "av1",
    depths: [8, 10],
    chroma: ["420", "444"],
    profiles: { main: [8, 10] },
    saysProfile: false,
    crf: [0, 63],
    twoPass: true,
    caps: true,
    skill: 1,
    preset: (effort) => ["-cpu-used", String(aomSpeed[effort]), "-row-mt", "1"],
    pixelsPerSec: 5e6,
    pace: { fastest: 2, faster: 1.8, fast: 1.5, balanced: 1, slow: 0.6, slower: 0.3, best: 0.15 },
  },
  {
    name: "libvpx-vp9",
    codec: "vp9",
    depths: [8, 10],
    chroma: ["420", "422", "444", "a420"],
    profiles: { "0": [8], "1": [8], "2": [10], "3": [10] },
    saysProfile: false,
    crf: [0, 63],
    twoPass: true,
    caps: true,
    skill: 1,
    preset: (effort) => ["-deadline", "good", "-cpu-used", String(vpxSpeed[effort]), "-row-mt", "1"],
    pixelsPerSec: 19e6,
    pace: { fastest: 2.2, faster: 2.2, fast: 1.4, balanced: 1, slow: 0.6, slower: 0.35, best: 0.1 },
  },
];

/** Why an encoder cannot do this, or nothing. */
export function refusalOf(
  { name, depths, chroma, profiles, crf, twoPass, caps }: SoftwareEncoder,
  encode: Encode,
): string | undefined {
  const { rate, profile, pixelFormat, bitDepth } = encode;
  if (!depths.includes(bitDepth)) return `${name} has no ${bitDepth} bit`;
  if (!chroma.includes(chromaOf(pixelFormat))) return `${name} takes no ${pixelFormat}`;
  if (profile !== undefined && !profiles[profile]?.includes(bitDepth))
    return `${name} has no profile ${profile} for ${bitDepth} bit, only ${Object.keys(profiles)
      .filter((one) => profiles[one]?.includes(bitDepth))
      .join(", ")}`;
  if (rate.kind === "crf") {
    if (crf === undefined) return `${name} has no crf`;
    const [least, most] = crf;
    if (rate.crf < least || rate.crf > most) return `crf ${rate.crf} is outside ${least} to ${most} of ${name}`;
  }
  if (rate.kind !== "bitrate") return undefined;
  if (rate.twoPass && !twoPass) return `${name} has no second pass`;
  return (rate.maxKbps ?? rate.bufKbit) !== undefined && !caps ? `${name} holds no peak bitrate` : undefined;
}

function chromaOf(pixelFormat: string): string {
  if (/^(nv12|p010)/.test(pixelFormat)) return "420";
  return /^yuvj?(a?4\d\d)p/.exec(pixelFormat)?.[1] ?? pixelFormat;
}
