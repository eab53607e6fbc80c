import { VendueError } from "../errors.ts";
import type { Filter } from "../types.ts";
import { filterValue } from "./escape.ts";

/** `scale=w=1280:h=720`: every option by name, values escaped. */
export function renderFilter({ name, args = {} }: Filter): string {
  const options = Object.entries(args).map(
    ([key, value]) => `${key}=${renderValue(value, `${key} of the filter ${name}`)}`,
  );
  return options.length === 0 ? name : `${name}=${options.join(":")}`;
}

/** Filters one after the other. */
export function renderChain(filters: readonly Filter[]): string {
  return filters.map(renderFilter).join(",");
}

function renderValue(value: string | number, what: string): string {
  if (typeof value === "string") return filterValue(value);
  if (!Number.isFinite(value)) {
    throw new VendueError("BACKEND_BROKEN", `The option ${what} is ${value}`, {
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
