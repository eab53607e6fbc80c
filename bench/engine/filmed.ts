import { readFile, rm } from "node:fs/promises";
import { recipe, recipeArgs } from "../clips/mod.ts";
import type { Studio } from "./studio.ts";

/** Generated pictures with the statistics of real ones, as a camera would hand them over. */
export async function filmed(
  studio: Studio,
  name: string,
  { kind, fps, frames, gainDb }: { kind: "talk" | "sport" | "water"; fps: number; frames: number; gainDb: number },
): Promise<void> {
  const rawName = `${name}-${frames}.y4m`;
  const raw = studio.path(rawName);
  // Raw pictures are not kept, so they are only made for a clip that needs them.
  const known = await readFile(studio.path(`${name}.mp4.recipe`), "utf8").catch(() => "");
  if (known.includes(raw)) return;
  const clip = recipe(kind, { width: 1280, height: 720, fps, frames });
  await studio.source(rawName, (path) => recipeArgs(clip, path).slice(5));
  const voice = `aevalsrc='0.3*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*4*t))':s=48000,volume=${gainDb}dB`;
  await studio.source(`${name}.mp4`, (path) => [
    ...["-i", raw, "-f", "lavfi", "-i", voice, "-t", String(frames / fps), "-vf", "setsar=1", "-pix_fmt", "yuv420p"],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "17", "-c:a", "aac", "-b:a", "128k", "-ac", "2"],
    ...["-f", "mp4", path],
  ]);
  await Promise.all([raw, `${raw}.recipe`].map((path) => rm(path, { force: true })));
}
