import { basename, extname, resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { formatGrid } from "../plan/mod.ts";
import { withRig } from "./bench_rig.ts";
import type { Desk } from "./main.ts";

export interface ClipFlags {
  readonly id?: string;
  readonly kind: string;
  readonly start: number;
  readonly dur: number;
  readonly license?: string;
  readonly json?: boolean;
}

export async function clip(action: string, file: string | undefined, flags: ClipFlags, desk: Desk): Promise<void> {
  if (action === "list" && file === undefined) return listClips(flags, desk);
  if (action !== "add" || file === undefined)
    throw new VendueError("USAGE", `vendue bench clip ${[action, file].join(" ").trim()} is not a command`, {
      hint: "vendue bench clip list, or vendue bench clip add FILE --start 12 --dur 8 --kind sport",
    });
  return addOne(resolve(file), flags, desk);
}

async function addOne(file: string, { id, kind, start, dur, license, json }: ClipFlags, desk: Desk): Promise<void> {
  const { addClip } = await import("../../bench/measure/mod.ts");
  const name =
    id ??
    basename(file, extname(file))
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-");
  const wish = { id: name, kind, startSec: start, durationSec: dur, ...(license !== undefined && { license }) };
  await withRig(desk, async ({ rig }) => {
    const added = await addClip(file, wish, rig);
    if (json) return desk.output.result(JSON.stringify(added));
    for (const warning of added.warnings) desk.output.note(`warning  ${name}  ${warning}`);
    desk.output.result(`${name}  ${kind}  ${added.clip.frames} frames  ${added.clip.hash}`);
  });
}

async function listClips({ json = false }: ClipFlags, desk: Desk): Promise<void> {
  const { ownClips } = await import("../../bench/measure/mod.ts");
  const { CLASSES, published, publishedHash, recipe } = await import("../../bench/clips/mod.ts");
  await withRig(desk, async ({ rig }) => {
    const own = await ownClips(rig);
    const made = CLASSES.map((kind) => ({
      ...{ id: kind, kind, frames: published.frames, hash: publishedHash(recipe(kind)) ?? "" },
      from: "generated when needed",
    }));
    const rows = [...made, ...own.map(({ path: _, ...one }) => ({ ...one, from: "your own" }))];
    if (json) return desk.output.result(JSON.stringify(rows));
    desk.output.result(
      formatGrid([
        ["clip", "kind", "frames", "hash of its frames", "from"],
        ...rows.map(({ id, kind, frames, hash, from }) => [id, kind, String(frames), hash, from]),
      ]),
    );
  });
}
