import type { Probe, ProbeContext } from "vendue/backend";

/** A trial that failed, and on which device. */
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
    hint: "no GPU driver shows a device here; Intel processors whose name ends in F have none; in a container, pass /dev/dri into it",
    code: "DEVICE_MISSING",
  };
}

/** There is a device, and ffmpeg says why it is of no use. */
export function absentFor(refusal: Refusal): Absent {
  const { id, code, line } = refusal;
  const hint = hintFor(refusal);
  return { state: "absent", reason: `${id}: ${line}`, ...(hint !== undefined && { hint }), code };
}

function hintFor({ id, code, line }: Refusal): string | undefined {
  // ffmpeg has the same words for a missing node, but this one is there.
  if (/No VA display found/.test(line))
    return `/dev/dri/${id} is there, so this user may not open it: join the group that owns it (render or video)`;
  if (/Failed to initialise VAAPI connection/.test(line))
    return "no Intel device answers there, or its driver iHD is missing: install intel-media-driver";
  // -9 and -3 are the same finding of the newer and the older dispatcher; ffmpeg's own error code hides it.
  if (/\(-3\)|-9\.?$|-542398533/.test(line))
    return id.startsWith("renderD")
      ? "the device opens, but its Quick Sync runtime is missing: install libmfx-gen (Gen 12 and newer) or libmfx (older)"
      : "no Quick Sync runtime was found: install Intel's graphics driver; a service may need a logged-in user";
  if (/-17/.test(line))
    return "the Quick Sync runtime is not the one for this GPU: libmfx-gen is for Gen 12 and newer, libmfx for older";
  return code === "STALLED" ? "a driver hangs; look into the kernel's log" : undefined;
}
