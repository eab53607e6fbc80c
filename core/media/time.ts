import type { Rational } from "../types.ts";

/** Seconds as ffmpeg takes them: it refuses ".1" and exponents, and counts in microseconds. */
export function formatSec(sec: number): string {
  if (Number.isSafeInteger(sec)) return String(sec);
  const text = sec.toFixed(6).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

/** Seconds for people: "0:03.500", "1:02:03.250". */
export function formatClock(sec: number): string {
  const ms = Math.round(Math.abs(sec) * 1000);
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  const head = hours > 0 ? `${hours}:${pad(minutes % 60)}` : String(minutes);
  return `${sec < 0 && ms > 0 ? "-" : ""}${head}:${pad(Math.floor(ms / 1000) % 60)}.${pad(ms % 1000, 3)}`;
}

/** The number of the frame that starts nearest to this moment, so that rounded times still name their frame. */
export function frameAt(sec: number, rate: Rational): number {
  return Math.round((sec * rate.num) / rate.den);
}

/** Cut to the microseconds that ffmpeg counts in. */
export function roundUs(sec: number): number {
  return Math.round(sec * 1e6) / 1e6 || 0;
}
