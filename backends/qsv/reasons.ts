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

/** ffmpeg has the same words for a node that is missing and for one that it may not open; these nodes are there. */
const isLocked = ({ line }: Refusal) => /No VA display found/.test(line);
const isForeign = ({ line }: Refusal) => /Failed to initialise VAAPI connection/.test(line);

/** A refusal in one line. */
export function tell(refusal: Refusal): string {
  return isLocked(refusal) ? `no permission to open it (${refusal.line})` : refusal.line;
}

/** There are devices, and ffmpeg says why each is of no use. Those that may be Intel's tell more than the others. */
export function absentFor(refusals: readonly Refusal[]): Absent {
  const told = refusals.toSorted((a, b) => Number(isForeign(a)) - Number(isForeign(b)));
  const [hint] = told.flatMap((one) => hintFor(one) ?? []);
  return {
    state: "absent",
    reason: told.map((one) => `${one.id}: ${tell(one)}`).join("; "),
    ...(hint !== undefined && { hint }),
    code: told[0]?.code ?? "DEVICE_MISSING",
  };
}

function hintFor(refusal: Refusal): string | undefined {
  const { id, code, line } = refusal;
  if (isLocked(refusal))
    return `join the group that owns /dev/dri/${id} (render or video); in a container, add that group's number`;
  if (isForeign(refusal))
    return "no Intel device answers there, or its driver iHD is missing: install intel-media-driver";
  if (/-17/.test(line))
    return "the Quick Sync runtime is not the one for this GPU: libmfx-gen is for Gen 12 and newer, libmfx for older";
  // ffmpeg's own error code hides which of the two it was.
  const isNew = /MFX session: -9/.test(line);
  if (!isNew && !/\(-3\)|-542398533/.test(line))
    return code === "STALLED" ? "a driver hangs; look into the kernel's log" : undefined;
  if (!id.startsWith("renderD"))
    return "no Quick Sync runtime was found: install Intel's graphics driver; a service may need a logged-in user";
  const where = "into the container too, where there is one";
  return isNew
    ? `libvpl found no Quick Sync runtime: install libmfx-gen (Gen 12 and newer) or libmfx (older), ${where}; set ONEVPL_SEARCH_PATH if it is in an unusual folder`
    : `no Quick Sync runtime: install libmfx, the Media SDK (up to Gen 12), ${where}; newer chips need libmfx-gen and an ffmpeg built with libvpl`;
}
