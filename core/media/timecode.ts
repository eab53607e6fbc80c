import type { Rational } from "../types.ts";
import { toNumber } from "./rational.ts";

/**
 * The timecode of the frame that is shown `sec` after the one named, counted at another rate where the picture is.
 * Undefined where it is none, or where it names more frames than a second has.
 */
export function shiftTimecode(
  timecode: string,
  sec: number,
  rates: { readonly from: Rational; readonly to: Rational },
): string | undefined {
  const [, hours, minutes, seconds, mark, frames] = /^(\d{1,2}):(\d\d):(\d\d)([:;.])(\d{2,3})$/.exec(timecode) ?? [];
  if (hours === undefined) return undefined;
  const perSec = Math.round(toNumber(rates.from));
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  if (Number(frames) >= perSec) return undefined;
  const labelled = whole * perSec + Number(frames);
  const minute = Math.floor(whole / 60);
  const dropped = mark === ":" ? 0 : dropsAt(rates.from) * (minute - Math.floor(minute / 10));
  const frame = Math.round(
    (labelled - dropped) * (toNumber(rates.to) / toNumber(rates.from)) + sec * toNumber(rates.to),
  );
  return label(frame, rates.to, mark !== ":" && dropsAt(rates.to) > 0);
}

/** 29.97 and 59.94 leave out two and four labels a minute, so that a label is the time of day. */
function dropsAt(rate: Rational): number {
  const perSec = Math.round(toNumber(rate));
  return rate.den === 1001 && perSec % 30 === 0 ? perSec / 15 : 0;
}

function label(frame: number, rate: Rational, drops: boolean): string {
  const perSec = Math.round(toNumber(rate));
  const skip = drops ? dropsAt(rate) : 0;
  const tenMinutes = perSec * 600 - skip * 9;
  const oneMinute = perSec * 60 - skip;
  const tens = Math.floor(frame / tenMinutes);
  const rest = frame % tenMinutes;
  // The first of ten minutes leaves nothing out.
  const minutes = rest < perSec * 60 ? 0 : 1 + Math.floor((rest - perSec * 60) / oneMinute);
  const named = (frame + skip * (tens * 9 + minutes)) % (perSec * 86_400);
  const pad = (value: number) => String(value).padStart(2, "0");
  const sec = Math.floor(named / perSec);
  const clock = [Math.floor(sec / 3600), Math.floor(sec / 60) % 60, sec % 60].map(pad).join(":");
  return `${clock}${drops ? ";" : ":"}${pad(named % perSec)}`;
}
