import type { Color } from "../../core/types.ts";
import { CLASSES, type ClipClass, graphOf } from "./classes.ts";
import manifest from "./manifest.json" with { type: "json" };

/** A clip that can be made anywhere from nothing, to the same pixels. */
export interface Recipe {
  readonly kind: ClipClass;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
}

export const corpusVersion = manifest.version;

/** The size and length that the hashes in manifest.json are of. */
export const published = { width: 640, height: 360, fps: manifest.fps, frames: manifest.frames } as const;

export function recipe(kind: ClipClass, part: Partial<Omit<Recipe, "kind">> = {}): Recipe {
  return { kind, ...published, ...part };
}

export function isClass(name: string): name is ClipClass {
  return CLASSES.some((one) => one === name);
}

/** What the pixels are; a y4m file cannot say it. */
export function colorOf({ kind }: Pick<Recipe, "kind">): Color {
  return kind === "hdr" ? { primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc", range: "tv" } : {};
}

/** The hash that this clip has on every machine, where it was published. */
export function publishedHash({ kind, width, height, fps, frames }: Recipe): string | undefined {
  const same = width === 640 && height === 360 && fps === published.fps && frames === published.frames;
  return same ? manifest.classes[kind] : undefined;
}

/** Writes the clip to a file, and the hash of each frame to stdout. */
export function recipeArgs({ kind, fps, frames, ...size }: Recipe, file: string): readonly string[] {
  const plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"];
  const each = ["-frames:v", String(frames), "-r", String(fps), ...plain];
  return [
    ...["-hide_banner", "-nostdin", "-v", "error", "-y"],
    // With more than one, some filters give other pixels.
    ...["-filter_complex_threads", "1"],
    ...["-filter_complex", `${graphOf(kind, { ...size, fps })};[out]split[picture][sums]`],
    ...["-map", "[picture]", ...each, "-c:v", "wrapped_avframe", "-strict", "-1", "-f", "yuv4mpegpipe", file],
    ...["-map", "[sums]", ...each, "-f", "framemd5", "-"],
  ];
}

/** The lines of framemd5 that say something of frames; what identifies a clip is made of them. */
export function frameSums(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  return `${lines.join("\n")}\n`;
}
