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

/** There is a node, and ffmpeg says why it is of no use. */
export function absentFor({ id, code, line }: Refusal, ctx: ProbeContext): Absent {
  const hint = hintFor({ id, code, line }, ctx);
  return { state: "absent", reason: `${id}: ${line}`, ...(hint !== undefined && { hint }), code };
}

function hintFor({ id, code, line }: Refusal, ctx: ProbeContext): string | undefined {
  // ffmpeg has the same words for a missing node, but this one is there.
  if (/No VA display found/.test(line))
    return `/dev/dri/${id} is there, so this user may not open it: join the group that owns it (render or video)`;
  if (/Failed to initialise VAAPI connection/.test(line)) {
    const named = ctx.env("LIBVA_DRIVER_NAME");
    return named === undefined
      ? "no driver took the device: install intel-media-driver (Intel) or mesa-va-drivers (AMD)"
      : `LIBVA_DRIVER_NAME=${named} forces one driver on every device; unset it`;
  }
  if (/No usable encoding/.test(line))
    return "the driver decodes but cannot encode: so does NVIDIA's, and so do distributions that leave codecs out of Mesa";
  return code === "STALLED" ? "a driver hangs; look into the kernel's log" : undefined;
}
