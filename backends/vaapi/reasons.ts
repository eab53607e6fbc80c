import type { Probe, ProbeContext } from "vendue/backend";

/** A trial that failed, and on which node. */
export interface Refusal {
  readonly id: string;
  readonly code: string;
  readonly line: string;
}

type Absent = Extract<Probe, { state: "absent" }>;

/** There is nothing to open. */
export async function nodeless(ctx: ProbeContext, forced: string | undefined): Promise<Absent> {
  const isFolder = await ctx.exists("/dev/dri");
  const nodes =
    forced === undefined ? "no render node (/dev/dri/renderD128 to renderD135)" : `no node /dev/dri/${forced}`;
  return {
    state: "absent",
    reason: isFolder ? nodes : "no /dev/dri",
    hint: "no GPU driver shows a device here; in a container, pass /dev/dri into it",
    code: "DEVICE_MISSING",
  };
}

/** ffmpeg has the same words for a node that is missing and for one that it may not open; these nodes are there. */
const isLocked = ({ line }: Refusal) => /No VA display found/.test(line);

/** A refusal in one line. */
export function tell(refusal: Refusal): string {
  return isLocked(refusal) ? `no permission to open it (${refusal.line})` : refusal.line;
}

/** There are nodes, and ffmpeg says why each is of no use. A locked one comes first, since that is soon mended. */
export function absentFor(refusals: readonly Refusal[], ctx: ProbeContext): Absent {
  const told = refusals.toSorted((a, b) => Number(isLocked(b)) - Number(isLocked(a)));
  const [hint] = told.flatMap((one) => hintFor(one, ctx) ?? []);
  return {
    state: "absent",
    reason: told.map((one) => `${one.id}: ${tell(one)}`).join("; "),
    ...(hint !== undefined && { hint }),
    code: told[0]?.code ?? "DEVICE_MISSING",
  };
}

function hintFor(refusal: Refusal, ctx: ProbeContext): string | undefined {
  const { id, code, line } = refusal;
  if (isLocked(refusal))
    return `join the group that owns /dev/dri/${id} (render or video); in a container, add that group's number`;
  if (/Failed to initialise VAAPI connection/.test(line)) {
    const named = ctx.env("LIBVA_DRIVER_NAME");
    return named === undefined
      ? "no driver took the device: install intel-media-driver (Intel) or mesa-va-drivers (AMD)"
      : `LIBVA_DRIVER_NAME=${named} forces one driver on every device; unset it`;
  }
  if (/NVIDIA's VAAPI driver/.test(line)) return "on this card nvenc is the encoder";
  if (/No usable encoding/.test(line))
    return "the driver decodes but cannot encode: so does NVIDIA's, and so do distributions that leave codecs out of Mesa";
  return code === "STALLED" ? "a driver hangs; look into the kernel's log" : undefined;
}
