import { createHash } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { VendueError } from "../../core/errors.ts";
import { identify, prepareFolder, readJson, writeJson } from "../../core/host/mod.ts";
import {
  colorOf,
  type Cut,
  frameSums,
  type OwnClip,
  ownClipArgs,
  type Recipe,
  recipeArgs,
  type SourceClip,
  sourceClip,
  warningsOf,
} from "../clips/mod.ts";
import type { Rig } from "./rig.ts";

/** A generated clip: made on demand, then remembered. */
export async function makeClip(recipe: Recipe, rig: Rig): Promise<SourceClip> {
  const { kind, width, height, fps, frames } = recipe;
  const name = `${kind}-${width}x${height}-${fps}-${frames}`;
  const path = join(rig.cache, "clips", `${name}.y4m`);
  const note = `${path}.json`;
  const known = (await readJson(note)) as { readonly hash: string } | undefined;
  const hash =
    known !== undefined && (await identify(path))
      ? known.hash
      : await render(path, (part) => recipeArgs(recipe, part), { rig, what: `the clip ${name}` });
  if (hash !== known?.hash) await writeJson(note, { hash });
  const info = await rig.host.readMedia(path, rig.signal);
  const video = info.video && {
    ...info.video,
    color: colorOf(recipe),
    hdr: kind === "hdr" ? ("pq" as const) : ("sdr" as const),
  };
  return sourceClip({
    ...{ id: kind, kind, path, frames, hash },
    info: { ...info, ...(video && { video }) },
  });
}

interface RenderDesk {
  readonly rig: Rig;
  readonly what: string;
}

/** Runs a command that writes a clip and tells the hash of each frame. Two that make the same one do no harm. */
async function render(path: string, argsFor: (part: string) => readonly string[], { rig, what }: RenderDesk) {
  const { host, signal } = rig;
  await prepareFolder(path);
  const part = `${path}.${process.pid}-${Date.now()}`;
  const args = argsFor(part);
  const ended = await host.spawn({ program: host.tools.ffmpeg, args, signal, keepStdout: true, limitSec: 1800 });
  if (ended.why !== "exited" || ended.exitCode !== 0) {
    await rm(part, { force: true });
    if (ended.why === "cancelled") throw new VendueError("CANCELLED", `Making ${what} was cancelled`);
    throw new VendueError(
      "UNKNOWN",
      `ffmpeg could not make ${what}: ${ended.stderr.trim().split("\n").at(-1) ?? ended.why}`,
      {
        hint: "see whether this ffmpeg was built with the lavfi filters: vendue bench doctor",
        data: { args },
      },
    );
  }
  await rename(part, path);
  return createHash("sha256").update(frameSums(ended.stdout)).digest("hex").slice(0, 16);
}

export interface AddedClip {
  readonly clip: OwnClip;
  readonly warnings: readonly string[];
}

/** Registers a range of a user's file: a lossless copy is kept, so the file itself may go. */
export async function addClip(
  file: string,
  wish: Cut & { readonly id: string; readonly kind: string; readonly license?: string },
  rig: Rig,
): Promise<AddedClip> {
  const info = await rig.host.readMedia(file, rig.signal);
  if (info.video === undefined) throw new VendueError("USAGE", `${file} has no picture`, { hint: "name a video file" });
  if (wish.startSec + wish.durationSec > info.durationSec + 0.5)
    throw new VendueError(
      "USAGE",
      `${file} is ${info.durationSec.toFixed(1)} s long, and ${wish.startSec + wish.durationSec} s were asked for`,
      { hint: "choose another --start or --dur" },
    );
  const path = join(ownFolder(rig), `${wish.id}.mkv`);
  const hash = await render(path, (part) => ownClipArgs(info, wish, part), { rig, what: `the clip ${wish.id}` });
  const frames = await countPackets(path, rig);
  const { id, kind, license } = wish;
  const clip: OwnClip = { id, kind, path, frames, hash, ...(license !== undefined && { license }) };
  const others = (await ownClips(rig)).filter((one) => one.id !== id);
  await writeJson(registry(rig), [...others, clip]);
  return { clip, warnings: [...warningsOf(info, wish), ...(await darkStart(path, rig))] };
}

/** What was registered on this machine. */
export async function ownClips(rig: Rig): Promise<readonly OwnClip[]> {
  return ((await readJson(registry(rig))) as readonly OwnClip[] | undefined) ?? [];
}

export async function openOwnClip({ id, kind, path, frames, hash }: OwnClip, rig: Rig): Promise<SourceClip> {
  return sourceClip({ id, kind, path, frames, hash, info: await rig.host.readMedia(path, rig.signal) });
}

/** Pictures in a file, by its packets: nothing is decoded. */
export async function countPackets(path: string, { host, signal }: Rig): Promise<number> {
  const args = [
    "-hide_banner",
    "-nostdin",
    "-v",
    "error",
    "-i",
    `file:${path}`,
    "-map",
    "0:v:0",
    "-c",
    "copy",
    "-f",
    "framecrc",
    "-",
  ];
  const { stdout } = await host.spawn({ program: host.tools.ffmpeg, args, signal, keepStdout: true, limitSec: 600 });
  return frameSums(stdout)
    .split("\n")
    .filter((line) => line !== "").length;
}

async function darkStart(path: string, { host, signal }: Rig): Promise<readonly string[]> {
  const args = ["-hide_banner", "-nostdin", "-v", "info", "-nostats", "-t", "1", "-i", `file:${path}`];
  const { stderr } = await host.spawn({
    ...{ program: host.tools.ffmpeg, signal, limitSec: 60 },
    args: [...args, "-vf", "blackdetect=d=0.9:pix_th=0.1", "-f", "null", "-"],
  });
  return /black_start:0 /.test(stderr) ? ["its first second is black; choose a later --start"] : [];
}

function ownFolder({ host }: Rig): string {
  return join(host.settings.state_dir, "bench", "clips");
}

function registry(rig: Rig): string {
  return join(ownFolder(rig), "clips.json");
}
