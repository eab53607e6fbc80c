import type { Probe, ProbeContext } from "vendue/backend";
import type { Card } from "./cards.ts";

/** Why a card is not used. */
export interface Refusal {
  readonly id: string;
  readonly code: string;
  readonly line: string;
  readonly card?: Card;
}

/** Why no card can be used, in ffmpeg's words, with the next step for whoever runs this machine. */
export async function absentFor(
  refusal: Refusal | undefined,
  ctx: ProbeContext,
): Promise<Extract<Probe, { state: "absent" }>> {
  if (refusal === undefined)
    return { state: "absent", reason: "a card opened, but none of its encoders did", code: "FEATURE_REFUSED" };
  const { code, line } = refusal;
  const hint = await hintFor(refusal, ctx);
  return {
    state: "absent",
    reason: isChipless(refusal) ? chiplessReason(refusal) : line,
    ...(hint !== undefined && { hint }),
    code,
  };
}

/** The card computes, and perhaps decodes, but has no encoder. */
export function isChipless({ line }: { readonly line: string }): boolean {
  return /OpenEncodeSessionEx failed: (?:unsupported device|no encode device)/.test(line);
}

export function chiplessReason({ card, line }: Refusal): string {
  return `${card?.name ?? "the card"} has no encoder (${line})`;
}

async function hintFor(refusal: Refusal, ctx: ProbeContext): Promise<string | undefined> {
  const { code, line } = refusal;
  if (isChipless(refusal))
    return "cards such as A100, H100 and H200 decode video but cannot encode it; use another card or another backend";
  if (/MiB of memory free/.test(line)) return "other programs hold its memory; it is looked at again next time";
  if (/OpenEncodeSessionEx failed/.test(line))
    return "other programs hold every encode session that this card's driver allows; try again when they are done";
  if (/nvenc API version|minimum required Nvidia driver|invalid version|MISMATCH|mismatch/.test(line))
    return "update the NVIDIA driver, and restart the machine after an update";
  if (/Cannot load|dynamically load/.test(line)) return libraryHint(line, ctx);
  if (/NO_DEVICE|INVALID_DEVICE/.test(line)) {
    const visible = ctx.env("CUDA_VISIBLE_DEVICES");
    return visible === undefined
      ? "the driver is here, but it shows no such card"
      : `CUDA_VISIBLE_DEVICES=${visible} decides which cards are shown, and counts them anew from 0`;
  }
  return code === "STALLED" ? "a driver hangs; look into the kernel's log" : undefined;
}

async function libraryHint(line: string, ctx: ProbeContext): Promise<string> {
  if (ctx.platform.os === "win32") return "install the NVIDIA driver";
  const isHere = (await ctx.exists("/dev/nvidiactl")) || (await ctx.exists("/dev/dxg"));
  if (!isHere)
    return "no NVIDIA card is visible here; on a machine with one, install its driver, or pass it into the container";
  const granted = ctx.env("NVIDIA_DRIVER_CAPABILITIES");
  return /libcuda/.test(line) || granted?.includes("video") || granted === "all"
    ? "the card is here, but the driver's libraries are not; install them, or run the container with the NVIDIA runtime"
    : `the container may not encode: grant it the driver capability video (NVIDIA_DRIVER_CAPABILITIES=${granted ?? "unset"})`;
}
