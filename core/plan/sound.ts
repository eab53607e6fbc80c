import type { AudioCodec, AudioInfo, AudioWish, Filter, Media } from "../types.ts";
import type { Clip, Sound } from "./timeline.ts";
import { type Pick, picksOf, tracksFor } from "./tracks.ts";

/** What the sound of one output is brought to. */
export interface SoundFormat {
  readonly sampleRate: number;
  readonly channels: number;
  /** One for each track. */
  readonly picks: readonly Pick[];
}

const encoders: Readonly<
  Record<AudioCodec, { readonly name: string; readonly rates?: readonly number[]; readonly kbpsPerPair?: number }>
> = {
  aac: { name: "aac", rates: [48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000], kbpsPerPair: 128 },
  opus: { name: "libopus", rates: [48000], kbpsPerPair: 96 },
  mp3: { name: "libmp3lame", rates: [48000, 44100, 32000, 24000, 22050, 16000], kbpsPerPair: 160 },
  ac3: { name: "ac3", rates: [48000, 44100, 32000], kbpsPerPair: 192 },
  flac: { name: "flac" },
  pcm: { name: "pcm_s16le" },
};

const layouts: Readonly<Record<number, string>> = {
  1: "mono",
  2: "stereo",
  3: "2.1",
  4: "4.0",
  5: "5.0",
  6: "5.1",
  7: "6.1",
  8: "7.1",
};

/** The common sound of one output; nothing where no clip has any. */
export function soundFormat(clips: readonly Clip[], wish: AudioWish, media: Media): SoundFormat | undefined {
  const picks = picksOf(wish, clips, media);
  const first = clips.flatMap(({ source }) => {
    const info = media.files[source];
    return picks.flatMap((pick) => tracksFor(pick, info).flatMap((nth) => info?.audio[nth] ?? []));
  });
  if (first.length === 0) return undefined;
  const asked = clips.map(({ sound }) => sound);
  const ownRates = new Set(first.map(({ sampleRate }) => sampleRate));
  const [ownRate = 48000] = ownRates;
  const wanted =
    wish.sampleRate ?? asked.find((one) => one.sampleRate)?.sampleRate ?? (ownRates.size === 1 ? ownRate : 48000);
  const rates = wish.codec === "copy" ? undefined : encoders[wish.codec].rates;
  const most = Math.max(...first.map(({ channels }) => channels));
  const channels = wish.channels ?? asked.find((one) => one.channels)?.channels ?? most;
  return {
    // Never upward without being asked: the nearest rate the codec has that loses nothing a listener hears.
    sampleRate:
      rates && !rates.includes(wanted) ? (rates.findLast((rate) => rate >= wanted) ?? rates[0] ?? 48000) : wanted,
    channels: wish.codec === "mp3" ? Math.min(channels, 2) : channels,
    picks,
  };
}

export function layoutName(channels: number): string {
  return layouts[channels] ?? "stereo";
}

export function audioEncoder(codec: AudioCodec): string {
  return encoders[codec].name;
}

export function audioKbps({ codec, kbps }: AudioWish, { channels, sampleRate }: SoundFormat): number {
  if (codec === "copy") return kbps ?? 192;
  const per = encoders[codec].kbpsPerPair;
  return (
    kbps ??
    (per === undefined
      ? (sampleRate * channels * 16) / 1000
      : per * Math.max(1, channels / 2) * (channels === 1 ? 0.625 : 1))
  );
}

export function audioArgs(wish: AudioWish, format: SoundFormat): readonly string[] {
  if (wish.codec === "copy") return ["-c:a", "copy"];
  const lossless = encoders[wish.codec].kbpsPerPair === undefined;
  return [
    ...["-c:a", audioEncoder(wish.codec)],
    ...(lossless ? [] : ["-b:a", `${Math.round(audioKbps(wish, format))}k`]),
    ...["-ar", String(format.sampleRate), "-ac", String(format.channels)],
  ];
}

/**
 * One track from its decoder to the common format: holes become silence, overlaps go, and time zero is exactly the
 * clip's in-point, of which the seek left `shiftSec` to take off.
 */
export function clipSound(
  { sampleRate, channels }: SoundFormat,
  { shiftSec, from }: { readonly shiftSec: number; readonly from: AudioInfo },
): readonly Filter[] {
  const timed = { async: 1, min_hard_comp: 0.01, first_pts: 0 };
  return [
    ...(shiftSec !== 0 ? [{ name: "asetpts", args: { expr: `round(PTS-${shiftSec}/TB)` }, on: "any" }] : []),
    // Down-mixes by the coefficients of ITU-R BS.775, without the LFE, and turned down so that no sum can clip.
    { name: "aresample", args: { sample_rate: sampleRate, ...timed, rematrix_maxval: 1 }, on: "any" },
    // From both speakers as loud as it is: ffmpeg's own rule takes 3 dB off.
    ...(from.channels === 1 && channels === 2
      ? [{ name: "pan", args: { args: "stereo|c0=c0|c1=c0" }, on: "any" }]
      : []),
    {
      name: "aformat",
      args: { sample_fmts: "fltp", sample_rates: sampleRate, channel_layouts: layoutName(channels) },
      on: "any",
    },
  ];
}

/** The gains that were measured for a clip, in order, with a limiter behind those that may need one. */
export function gainSound({ gains, limited = [] }: Sound): readonly Filter[] {
  return gains.flatMap((gain) => [amplify(gain), ...(limited.includes(gain) ? [limit(gain)] : [])]);
}

/** A linear gain that is known when the command is run. */
export function amplify(gain: string): Filter {
  return { name: "volume", args: { volume: `{{${gain}}}dB`, precision: "float" }, on: "any" };
}

/** Looks 5 ms ahead and is late by as much, which it makes up for itself. It never resamples. */
export function limit(gain: string): Filter {
  const args = { limit: `{{${gain}.ceiling}}`, attack: 5, release: 50, level: "disabled", latency: 1 };
  return { name: "alimiter", args, on: "any" };
}

/** Long enough that a jump does not click, too short to be heard as a fade. */
const fadeSec = 0.004;

/** Takes the click out of a jump, within the sound's own length. */
export function fades(
  { fadeIn, fadeOut }: { readonly fadeIn: boolean; readonly fadeOut: boolean },
  samples: number,
  { sampleRate }: SoundFormat,
): readonly Filter[] {
  const long = Math.min(Math.round(fadeSec * sampleRate), samples >> 1);
  const fade = (type: "in" | "out", start_sample: number): Filter => ({
    name: "afade",
    args: { type, start_sample, nb_samples: long },
    on: "any",
  });
  if (long === 0) return [];
  return [...(fadeIn ? [fade("in", 0)] : []), ...(fadeOut ? [fade("out", samples - long)] : [])];
}

export function silence(format: SoundFormat, samples: number): readonly Filter[] {
  return [
    {
      name: "anullsrc",
      args: { sample_rate: format.sampleRate, channel_layout: layoutName(format.channels) },
      on: "any",
    },
    { name: "aformat", args: { sample_fmts: "fltp" }, on: "any" },
    { name: "atrim", args: { end_sample: samples }, on: "any" },
  ];
}

/** Sound follows the picture: padded with silence or cut to the very sample. */
export function exactly(samples: number): readonly Filter[] {
  return [
    { name: "apad", args: { whole_len: samples }, on: "any" },
    { name: "atrim", args: { end_sample: samples }, on: "any" },
  ];
}
