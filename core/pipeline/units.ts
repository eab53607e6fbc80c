import { type FpsWish, type Rational, ROLES, type Size, type TrackWish } from "../types.ts";
import { type Form, forms } from "./forms.ts";
import { match, refuse, type Written } from "./written.ts";

/** Reads `1280x720`. */
export function parseSize(value: Written): Size {
  const [width = 0, height = 0] = numbers(match(value, forms.size, "picture size"));
  if (Math.min(width, height) < 16 || Math.max(width, height) > 16_384)
    throw refuse(value, "is outside 16x16 to 16384x16384", forms.size);
  return { width, height };
}

/** Reads `5M`, `128k` or `800 kb/s`. A number without a unit is refused: it could be bits or thousands of them. */
export function parseBitrateKbps(value: Written): number {
  const text = match(value, forms.bitrate, "bitrate");
  const kbps = Number.parseFloat(text) * (text.includes("M") ? 1000 : 1);
  return positive(roundTo(kbps, 3), value, forms.bitrate);
}

/** Reads `25MB` (10^6) or `25MiB` (2^20). */
export function parseBytes(value: Written): number {
  const text = match(value, forms.bytes, "number of bytes");
  const prefix = /[kKMGT]/.exec(text)?.[0].toUpperCase() ?? "";
  const power = ["", "K", "M", "G", "T"].indexOf(prefix);
  const bytes = Number.parseFloat(text) * (text.includes("i") ? 1024 : 1000) ** power;
  return positive(Math.round(bytes), value, forms.bytes);
}

/** Reads `source`, `30`, `29.97`, `30000/1001` or `max 30`. */
export function parseFps(value: Written): FpsWish {
  const text = match(value, forms.fps, "frame rate");
  if (text === "source") return { kind: "source" };
  return text.startsWith("max ")
    ? { kind: "max", rate: parseRate(text.slice(4)) }
    : { kind: "exact", rate: parseRate(value) };
}

/** Reads `30`, `30000/1001`, or a rounded broadcast rate: 29.97 is 30000/1001. */
export function parseRate(value: Written): Rational {
  const text = match(value, forms.rate, "frame rate").replace(/ ?fps$/, "");
  const [num = 0, den = 1] = text.includes("/") ? numbers(text) : [Number(text)];
  const fps = num / den;
  if (!(fps > 0 && fps <= 1000)) throw refuse(value, "is outside 0 to 1000 frames a second", forms.rate);
  if (text.includes("/")) return reduce(num, den);
  if (Number.isInteger(num)) return { num, den: 1 };
  const digits = text.length - text.indexOf(".") - 1;
  const near = [12, 15, 24, 30, 48, 60, 120, 240].find((whole) => Math.abs(fps / broadcast(whole) - 1) < 0.004);
  if (near === undefined) return reduce(Math.round(num * 1000), 1000);
  if (digits < 2 || roundTo(broadcast(near), Math.min(digits, 6)) !== roundTo(fps, 6))
    throw refuse(value, `is near ${near * 1000}/1001, but not it`, {
      says: `${near * 1000}/1001, or the exact fraction`,
    });
  return reduce(near * 1000, 1001);
}

/** Reads `-16 LUFS` or -16. */
export function parseLufs(value: Written): number {
  return within(value, match(value, forms.lufs, "loudness"), { least: -70, most: -5, ...forms.lufs });
}

/** Reads `-1.5 dBTP` or -1.5. */
export function parsePeak(value: Written): number {
  return within(value, match(value, forms.peak, "true peak"), { least: -9, most: 0, ...forms.peak });
}

/** Reads `-40 dB` or -40. */
export function parseDecibels(value: Written): number {
  return within(value, match(value, forms.decibels, "level"), { least: -100, most: 0, ...forms.decibels });
}

/** Reads 48000 or `44.1 kHz`. */
export function parseSampleRate(value: Written): number {
  const text = match(value, forms.sampleRate, "sample rate");
  const hertz = String(Math.round(Number.parseFloat(text) * (text.includes("k") ? 1000 : 1)));
  return within(value, hertz, { least: 8000, most: 192_000, ...forms.sampleRate });
}

/** Reads `mono`, `stereo`, `5.1`, `7.1` or a number. */
export function parseChannels(value: Written): number {
  const text = match(value, forms.channels, "channel layout");
  return ({ mono: 1, stereo: 2, "5.1": 6, "7.1": 8 } as Readonly<Record<string, number>>)[text] ?? Number(text);
}

/** Reads `eng`, `commentary` or `eng commentary`. */
export function parseTrack(value: Written): TrackWish {
  const words = match(value, forms.track, "audio track").split(" ");
  const role = ROLES.find((one) => words.includes(one));
  const language = words.find((one) => one !== role);
  return { ...(language !== undefined && { language }), ...(role && { role }) };
}

/** Reads a number that may have come out of a variable, and so be text. */
export function parseNumber(
  value: Written,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const says = `a number from ${least} to ${most}`;
  return within(value, match(value, { ...forms.number, says }, "number"), { least, most, says });
}

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly says: string;
}

function within(value: Written, text: string, { least, most, says }: Limits): number {
  const amount = Number.parseFloat(text);
  if (amount < least || amount > most) throw refuse(value, `is outside ${least} to ${most}`, { says });
  return amount;
}

function positive(amount: number, value: Written, form: Form): number {
  if (amount <= 0) throw refuse(value, "is nothing", form);
  return amount;
}

function numbers(text: string): readonly number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

function broadcast(whole: number): number {
  return (whole * 1000) / 1001;
}

function roundTo(amount: number, digits: number): number {
  return Math.round(amount * 10 ** digits) / 10 ** digits;
}

function reduce(num: number, den: number): Rational {
  let [a, b] = [num, den];
  while (b > 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
