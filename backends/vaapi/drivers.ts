import type { Codec, ProbeContext } from "vendue/backend";
import { type CodecFacts, type Device } from "./facts.ts";
import type { Refusal } from "./reasons.ts";
import { tryCodec } from "./trial.ts";

export type Vendor = "intel" | "amd" | "nvidia";

/** After the driver's own choice: Intel's new and old one, then AMD's. */
const orders: Readonly<Record<Vendor | "unknown", readonly (string | undefined)[]>> = {
  intel: [undefined, "iHD", "i965"],
  amd: [undefined, "radeonsi"],
  nvidia: [undefined],
  unknown: [undefined, "iHD", "i965", "radeonsi"],
};

/** What any chip can do that encodes at all. */
export const least: CodecFacts = { depths: [8], bframes: false, lowPower: false, modes: ["CQP"] };

/**
 * One trial where the node cannot be opened at all; another driver is only tried where the first one failed. It is
 * named for this device alone: the variable LIBVA_DRIVER_NAME would force it on every node.
 */
export async function openNode(
  id: string,
  { ctx, codec }: { readonly ctx: ProbeContext; readonly codec: Codec },
): Promise<Pick<Device, "id" | "driver"> | Refusal> {
  const open = (driver?: string) =>
    tryCodec(codec, { id, ctx, options: {}, known: least, ...(driver !== undefined && { driver }) });
  const first = await open();
  const isOpen = first.ok || first.code === "FEATURE_REFUSED";
  if (!isOpen && !isDriverless(first)) return { id, ...first };

  const said = await ctx.ask("vainfo", ["--display", "drm", "--device", `/dev/dri/${id}`]);
  const vendor = said.ok ? vendorOf(said.text) : undefined;
  if (isOpen) {
    if (!first.ok && vendor === "nvidia")
      return { id, ...first, line: `NVIDIA's VAAPI driver decodes only (${first.line})` };
    const isNew = vendor === undefined ? isUsable(await open("iHD")) : /\biHD\b/.test(said.text) && vendor === "intel";
    // Intel's new driver opens nothing but Intel, so naming it is safe, and tells whose chip it is.
    return isNew ? { id, driver: "iHD" } : { id };
  }
  for (const driver of orders[vendor ?? "unknown"])
    if (driver !== undefined && isUsable(await open(driver))) return { id, driver };
  return { id, ...first };
}

/** The driver that answers vainfo says whose it is. */
export function vendorOf(text: string): Vendor | undefined {
  const [, driver = ""] = /Driver version: *(.+)/.exec(text) ?? [];
  if (/NVDEC|NVIDIA/i.test(driver)) return "nvidia";
  if (/\bIntel\b/i.test(driver)) return "intel";
  return /\bAMD\b|Radeon/i.test(driver) ? "amd" : undefined;
}

type Trial = Awaited<ReturnType<typeof tryCodec>>;

function isUsable(trial: Trial): boolean {
  return trial.ok || trial.code === "FEATURE_REFUSED";
}

function isDriverless(trial: Trial): boolean {
  return !trial.ok && /Failed to initialise VAAPI connection/.test(trial.line);
}
