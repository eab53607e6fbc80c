import type { Price, Prices } from "../types.ts";

const keys = ["hour", "kwh", "fixed", "watts"] as const;

/** Reads the table of prices as it stands in a configuration; a mistake comes back as words. */
export function readPrices(raw: unknown): Prices | { readonly wrong: string } {
  if (!isMap(raw)) return { wrong: "it is not a map such as { currency: EUR, cpu: { hour: 0.04 } }" };
  const { currency, ...classes } = raw;
  if (typeof currency !== "string" || !/^[A-Z]{3}$/.test(currency))
    return { wrong: "it needs a currency of three capital letters, such as EUR" };
  for (const [name, price] of Object.entries(classes)) {
    if (!isMap(price)) return { wrong: `${name} is not a map such as { hour: 0.04, kwh: 0.3 }` };
    for (const [key, value] of Object.entries(price)) {
      if (!keys.some((one) => one === key)) return { wrong: `${name} has no ${key}; there are ${keys.join(", ")}` };
      if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
        return { wrong: `${name}.${key} is ${JSON.stringify(value)}, not a number from 0 on` };
    }
  }
  return { currency, classes: classes as Readonly<Record<string, Price>> };
}

/** The price of a backend: its own, or that of its kind. Core's own work is the CPU's. */
export function priceOf(
  { classes }: Prices,
  { backend, accel }: { readonly backend: string; readonly accel: boolean },
): Price | undefined {
  return classes[backend] ?? classes[accel ? "gpu" : "cpu"];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
