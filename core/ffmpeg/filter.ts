import { VendueError } from "../errors.ts";
import type { Filter } from "../types.ts";
import { filterValue } from "./escape.ts";

/** `scale=w=1280:h=720`: every option by name, values escaped. */
export function renderFilter({ name, args = {} }: Filter): string {
  let text = name;
  for (const key in args) text += `${text === name ? "=" : ":"}${key}=${renderValue(args[key] ?? "", key, name)}`;
  return text;
}

/** Filters one after the other. */
export function renderChain(filters: readonly Filter[]): string {
  return filters.map(renderFilter).join(",");
}

function renderValue(value: string | number, key: string, filter: string): string {
  if (typeof value === "string") return filterValue(value);
  if (!Number.isFinite(value)) {
    throw new VendueError("BACKEND_BROKEN", `The option ${key} of the filter ${filter} is ${value}`, {
      hint: "filter options are finite numbers or text",
    });
  }
  return formatNumber(value);
}

/** Never with an exponent, which some of ffmpeg's parsers stop at. */
function formatNumber(value: number): string {
  const text = String(value);
  if (!text.includes("e")) return text;
  return Math.abs(value) < 1 ? value.toFixed(20).replace(/\.?0+$/, "") : BigInt(value).toString();
}
