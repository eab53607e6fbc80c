import { join } from "node:path";
import { VendueError } from "../../core/errors.ts";
import { identify } from "../../core/host/mod.ts";
import type { Size } from "../../core/types.ts";
import { planEncode, timed } from "../cases/mod.ts";
import { CLASSES, isClass, published, recipe, type SourceClip, sourceClip } from "../clips/mod.ts";
import { makeClip, openOwnClip, ownClips, runFfmpeg } from "../measure/mod.ts";
import type { BenchDesk } from "./desk.ts";

export interface ClipWish {
  /** Classes and names of own clips; every class where left out. */
  readonly names?: readonly string[];
  readonly size?: Size;
  readonly frames?: number;
}

/** Opens the clips by their names, making what is not there yet. */
export async function openClips(
  { names = CLASSES, size, frames }: ClipWish,
  desk: BenchDesk,
): Promise<readonly SourceClip[]> {
  const own = await ownClips(desk.rig);
  const clips: SourceClip[] = [];
  for (const [nth, name] of names.entries()) {
    desk.tell({ done: nth, total: names.length, leftSec: (names.length - nth) * 2, doing: `making the clip ${name}` });
    const registered = own.find(({ id }) => id === name);
    if (registered) clips.push(await openOwnClip(registered, desk.rig));
    else if (isClass(name))
      clips.push(
        await makeClip(recipe(name, { ...(size ?? published), ...(frames !== undefined && { frames }) }), desk.rig),
      );
    else
      throw new VendueError("USAGE", `There is no clip ${name}`, {
        hint: `the classes are ${CLASSES.join(", ")}; your own are listed by: vendue bench clip list`,
      });
  }
  return clips;
}

/** A clip as it would come in: compressed, so that a device's decoder has something to do. Absent without h264. */
export async function compressedClip(clip: SourceClip, desk: BenchDesk): Promise<SourceClip | undefined> {
  const { rig } = desk;
  const id = `${clip.id}-h264`;
  const planned = planEncode(
    {
      ...{ backend: "cpu", codec: "h264", effort: "faster", rate: { kind: "quality", quality: 90 } },
      ...{ clip, folder: join(rig.cache, "clips"), name: `${id}-${clip.hash}` },
    },
    desk,
  );
  if (!planned.ok) return undefined;
  const [command] = planned.plan.commands;
  const path = planned.plan.output;
  if (command && !(await identify(path))) await runFfmpeg({ ...timed(command, "full"), accel: false }, rig);
  const info = await rig.host.readMedia(path, rig.signal);
  return sourceClip({ id, kind: clip.kind, path, info, frames: clip.frames, hash: clip.hash });
}
