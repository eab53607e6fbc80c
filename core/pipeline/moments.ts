import type { Moment, Range } from "../types.ts";
import { forms } from "./forms.ts";
import { match, refuse, type Written } from "./written.ts";

/** Reads `90`, `1:30`, `00:01:30.250`, `1500ms`, `1m30s` or `45f`. */
export function parseMoment(value: Written): Moment {
  const text = match(value, forms.moment, "moment");
  if (text.endsWith("f")) return { frame: Number(text.slice(0, -1)) };
  return { sec: roundUs(text.endsWith("ms") ? Number.parseFloat(text) / 1000 : seconds(text)) };
}

/** A moment that must not be counted in frames, because no clip lends its rate. */
export function parseSeconds(value: Written): number {
  const moment = parseMoment(value);
  if ("frame" in moment)
    throw refuse(value, "counts frames, and there is no clip here to give the rate", forms.seconds);
  return moment.sec;
}

/** Reads `0:10-1:20`, `2:00-` (to the end) or `-0:10` (from the start). */
export function parseRange(value: Written): Omit<Range, "at"> {
  const [start = "", end = ""] = match(value, forms.range, "range")
    .split("-")
    .map((part) => part.trim());
  const to = end === "" ? undefined : parseMoment(end);
  const from = start !== "" ? parseMoment(start) : to !== undefined && "frame" in to ? { frame: 0 } : { sec: 0 };
  if (to !== undefined && isBackwards(from, to)) throw refuse(value, "ends where it starts, or before", forms.range);
  return { from, ...(to !== undefined && { to }) };
}

/** Only moments of one kind can be compared; the planner knows the rate that compares the rest. */
function isBackwards(from: Moment, to: Moment): boolean {
  if ("frame" in from) return "frame" in to && from.frame >= to.frame;
  return "sec" in to && from.sec >= to.sec;
}

function seconds(text: string): number {
  if (text.includes(":")) return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const [, hours = 0, minutes = 0, rest = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+) ?s?)?$/.exec(text) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

function roundUs(sec: number): number {
  return Math.round(sec * 1e6) / 1e6;
}
